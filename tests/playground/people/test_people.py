"""People type, press, fill in and read, and the app hears it as Slack would tell it."""

from __future__ import annotations

import pytest

from playground.telling.client import Refused
from tests.playground.conftest import Stage
from tests.support.sample_app import button, field, modal, options, plain, section

WORKING = "C0WORKING1"


async def test_a_typed_command_reaches_the_app_and_its_answer_is_seen_by_its_author_alone(stage: Stage) -> None:
    """The tiny app verifies the signature with Bolt's own verifier."""
    outcome = await stage.slack.type_("dana", WORKING, "/echo hello there")
    assert (outcome["status"], outcome["messages"]) == (200, ["hello there"])
    assert outcome["new"][0]["ephemeral"]
    assert "hello there" not in [message["text"] for message in await stage.slack.read("marcus", WORKING)]


async def test_a_command_in_a_private_channel_does_not_name_the_channel(stage: Stage) -> None:
    """Slack says privategroup instead."""
    await stage.slack.type_("priya", "privacy-counsel", "/echo hello")
    heard = stage.app.heard[0]
    assert (heard["channel_id"], heard["channel_name"]) == ("C0PRIVATE3", "privategroup")
    assert (heard["user_id"], heard["team_id"], heard["command"]) == ("U0PRIYA003", "T0MIDDLETN", "/echo")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("ask @marcus", "ask <@U0MARCUS02|marcus>"),
        ("ask @Marcus Oyelaran, please", "ask <@U0MARCUS02|marcus>, please"),
        ("ask @marcusx", "ask @marcusx"),
        ("see #general", "see <#C0GENERAL4|general>"),
        ("mail a.b@example.org now", "mail <mailto:a.b@example.org|a.b@example.org> now"),
        ("read https://example.org/a?b=1&c=2", "read <https://example.org/a?b=1&amp;c=2>"),
        ("Smith & Sons <x>", "Smith &amp; Sons &lt;x&gt;"),
    ],
)
async def test_what_is_typed_is_escaped_where_the_manifest_asks_for_it(stage: Stage, typed: str, sent: str) -> None:
    """``/echo`` asks for it."""
    await stage.slack.type_("dana", WORKING, f"/echo {typed}")
    assert stage.app.heard[0]["text"] == sent


async def test_what_is_typed_arrives_as_typed_without_should_escape(stage: Stage) -> None:
    """``/raw`` does not ask for it."""
    await stage.slack.type_("dana", WORKING, "/raw ask @marcus")
    assert stage.app.heard[0]["text"] == "ask @marcus"


@pytest.mark.parametrize(("user", "channel"), [("sam", "county-partners"), ("gail", "county-partners")])
async def test_people_of_another_home_and_post_only_guests_have_no_commands(
    stage: Stage, user: str, channel: str
) -> None:
    """Slack tells them so, and the app hears nothing."""
    outcome = await stage.slack.type_(user, channel, "/echo hello")
    assert (outcome["status"], outcome["messages"]) == (None, ["/echo is not a valid command."])
    assert stage.app.heard == []


async def test_an_unknown_command_and_one_in_a_thread_never_reach_the_app(stage: Stage) -> None:
    """No slash command runs in a thread."""
    await stage.slack.type_("dana", WORKING, "/nothing")
    await stage.slack.type_("dana", WORKING, "/echo hello", thread_ts="1.1")
    assert stage.app.heard == []


async def test_nobody_types_where_they_are_not(stage: Stage) -> None:
    """The refusal lists where they are."""
    with pytest.raises(Refused) as refused:
        await stage.slack.type_("dana", "court-clerks", "/echo hello")
    assert WORKING in refused.value.labels


async def _posted(stage: Stage, *blocks: object) -> str:
    answer = await stage.api.chat_postMessage(channel=WORKING, text="Choose", blocks=list(blocks))  # type: ignore[arg-type]
    return str(answer["ts"])


async def test_pressing_a_button_by_its_label_tells_the_app_who_pressed_what_where(stage: Stage) -> None:
    """The payload carries the message, the value, a trigger and a response_url."""
    ts = await _posted(stage, {"type": "actions", "elements": [button("Support all", "any", value="7")]})
    await stage.slack.press("lena", "support ALL", channel=WORKING)
    heard = stage.app.heard[0]
    assert (heard["user"]["id"], heard["channel"]["id"], heard["message"]["ts"]) == ("U0LENA0005", WORKING, ts)
    assert (heard["actions"][0]["action_id"], heard["actions"][0]["value"]) == ("any", "7")
    assert heard["trigger_id"]
    assert heard["response_url"].startswith("http://127.0.0.1:")


async def test_near_chooses_among_buttons_that_read_the_same(stage: Stage) -> None:
    """The nearest text above a button counts first."""
    rows = [
        part
        for name in ("Ana Lopez", "Bo Chen")
        for part in (section(name), {"type": "actions", "elements": [button("Object", "any", value=name)]})
    ]
    await _posted(stage, *rows)
    await stage.slack.press("lena", "Object", channel=WORKING, near="bo chen")
    assert stage.app.heard[0]["actions"][0]["value"] == "Bo Chen"


async def test_a_label_that_nobody_shows_is_answered_with_those_that_are_shown(stage: Stage) -> None:
    """Like a person who looks for a button in vain."""
    ts = await _posted(stage, section("Hello", accessory=button("Snooze", "any")))
    with pytest.raises(Refused) as refused:
        await stage.slack.press("lena", "Wake", message_ts=ts)
    assert refused.value.labels == ["Snooze"]


async def test_an_overflow_choice_is_pressed_by_its_label(stage: Stage) -> None:
    """The chosen option arrives."""
    await _posted(
        stage, section("More", accessory={"type": "overflow", "action_id": "any", "options": options("Go", "Stay")})
    )
    await stage.slack.press("lena", "Stay", channel=WORKING)
    assert stage.app.heard[0]["actions"][0]["selected_option"]["value"] == "stay"


async def test_a_guest_who_cannot_use_apps_presses_in_vain(stage: Stage) -> None:
    """They are told; the app hears nothing. A person of another home may press."""
    await stage.api.chat_postMessage(
        channel="C0PARTNER2", text="Vote", blocks=[{"type": "actions", "elements": [button("Aye", "any")]}]
    )
    outcome = await stage.slack.press("gail", "Aye", channel="county-partners")
    assert outcome["messages"] == ["Guests who can only post cannot use apps."]
    assert stage.app.heard == []
    await stage.slack.press("sam", "Aye", channel="county-partners")
    assert stage.app.heard[0]["user"] == {"id": "U0SAM00008", "username": "sam", "name": "sam", "team_id": "T0RIVERWAY"}


async def test_choosing_in_a_message_tells_the_app_the_choice(stage: Stage) -> None:
    """By the placeholder of the select."""
    select = {
        "type": "static_select",
        "action_id": "any",
        "placeholder": plain("Side"),
        "options": options("Justice", "Health"),
    }
    await _posted(stage, {"type": "actions", "elements": [select]})
    await stage.slack.choose("lena", "Side", "Health", channel=WORKING)
    heard = stage.app.heard[0]
    assert heard["actions"][0]["selected_option"]["value"] == "health"
    assert [next(iter(one.values()))["selected_option"]["value"] for one in heard["state"]["values"].values()] == [
        "health"
    ]


async def test_an_external_select_asks_the_app_for_its_options(stage: Stage) -> None:
    """What is typed is what is asked."""
    select = {"type": "external_select", "action_id": "any", "placeholder": plain("Who"), "min_query_length": 1}
    await _posted(stage, {"type": "actions", "elements": [select]})
    await stage.slack.choose("lena", "Who", "Beta", channel=WORKING)
    asked, told = stage.app.heard
    assert (asked["type"], asked["value"]) == ("block_suggestion", "Beta")
    assert told["actions"][0]["selected_option"]["value"] == "beta"


async def test_invalid_suggestions_are_a_violation(stage: Stage) -> None:
    """Option values over 150 characters."""
    stage.app.suggestions = {"options": [{"text": plain("Long"), "value": "x" * 151}]}
    select = {"type": "external_select", "action_id": "any", "placeholder": plain("Who else")}
    await _posted(stage, {"type": "actions", "elements": [select]})
    before = len(await stage.slack.violations())
    with pytest.raises(Refused):
        await stage.slack.choose("lena", "Who else", "Long", channel=WORKING)
    violations = (await stage.slack.violations())[before:]
    assert [one["where"] for one in violations] == ["block_suggestion"]


async def test_a_message_is_told_to_the_app_as_an_event_and_a_mention_as_another(stage: Stage) -> None:
    """The manifest asks for both."""
    await stage.slack.type_("dana", WORKING, "good morning @Convener")
    events = [heard["event"] for heard in stage.app.heard]
    assert sorted(event["type"] for event in events) == ["app_mention", "message"]
    assert {event["text"] for event in events} == {"good morning <@U0CONVENER>"}


async def test_the_home_tab_is_published_when_someone_opens_it(stage: Stage) -> None:
    """And only theirs."""
    stage.app.home = {
        "type": "home",
        "blocks": [section("For you"), {"type": "actions", "elements": [button("Go", "any")]}],
    }
    outcome = await stage.slack.open_home("ruth")
    assert outcome["home"]["words"].startswith("For you")
    await stage.slack.press("ruth", "Go", **{"in": "home"})
    assert stage.app.heard[-1]["view"]["type"] == "home"


async def test_shortcuts_reach_the_app(stage: Stage) -> None:
    """One on nothing, one on a message."""
    ts = await _posted(stage, section("Keep me"))
    await stage.slack.ask("shortcut", user="dana", callback_id="begin")
    await stage.slack.ask("shortcut", user="dana", callback_id="keep", channel=WORKING, message_ts=ts)
    assert [heard["type"] for heard in stage.app.heard] == ["shortcut", "message_action"]
    assert stage.app.heard[1]["message"]["ts"] == ts


async def test_words_are_read_as_people_read_them(stage: Stage) -> None:
    """Mentions by name, entities decoded."""
    await _posted(
        stage, section("<@U0DANA0001> met *Smith &amp; Sons* in <#C0GENERAL4>, see <https://example.org|this>")
    )
    message = (await stage.slack.read("dana", WORKING, last=1))[0]
    assert message["words"] == "@Dana Whitfield met *Smith & Sons* in #general, see this"


async def test_a_modal_that_the_person_has_before_them_comes_first(stage: Stage) -> None:
    """Then messages."""
    await _posted(stage, section("In the channel", accessory=button("Pick", "any", value="message")))
    stage.app.view = modal(
        section("In the modal", accessory=button("Pick", "any", value="modal")),
        field("Name", {"type": "plain_text_input"}),
    )
    await stage.slack.type_("joel", WORKING, "/modal")
    await stage.slack.press("joel", "Pick")
    assert stage.app.heard[-1]["actions"][0]["value"] == "modal"
    await stage.slack.press("joel", "Pick", **{"in": "message"})
    assert stage.app.heard[-1]["actions"][0]["value"] == "message"
    await stage.slack.close_modal("joel")
