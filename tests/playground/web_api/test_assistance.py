"""``assistant.threads.*`` and answers that are written bit by bit."""

from __future__ import annotations

from tests.playground.conftest import Stage


async def thread_of(stage: Stage, words: str) -> tuple[str, str]:
    """The direct messages of Dana with the app, and a message of hers in it."""
    channel = (await stage.api.conversations_open(users="U0DANA0001"))["channel"]["id"]
    ts = (await stage.slack.type_("dana", channel, words))["new"][0]["ts"]
    return str(channel), str(ts)


async def test_a_thread_has_a_name_a_status_and_prompts(stage: Stage) -> None:
    """The status goes as soon as the app answers."""
    channel, ts = await thread_of(stage, "help me")
    await stage.api.assistant_threads_setTitle(channel_id=channel, thread_ts=ts, title="Helping Dana")
    await stage.api.assistant_threads_setStatus(channel_id=channel, thread_ts=ts, status="is thinking…")
    prompts = [{"title": "Who votes?", "message": "Who may vote here?"}]
    await stage.api.assistant_threads_setSuggestedPrompts(channel_id=channel, thread_ts=ts, prompts=prompts)
    helping = (await stage.slack.read("dana", channel, last=1))[0]["assistant"]
    assert (helping["title"], helping["status"], helping["prompts"]) == ("Helping Dana", "is thinking…", prompts)
    await stage.api.chat_postMessage(channel=channel, thread_ts=ts, text="Here you are.")
    assert (await stage.slack.read("dana", channel, last=2))[0]["assistant"]["status"] == ""


async def test_an_answer_is_written_bit_by_bit_and_ended_once(stage: Stage) -> None:
    """Blocks come below it."""
    channel, ts = await thread_of(stage, "tell me all")
    begun = await stage.api.chat_startStream(channel=channel, thread_ts=ts, markdown_text="One, ")
    await stage.api.chat_appendStream(channel=channel, ts=begun["ts"], markdown_text="two, ")
    await stage.api.chat_stopStream(channel=channel, ts=begun["ts"], markdown_text="three.")
    assert (await stage.slack.read("dana", channel, last=1))[0]["text"] == "One, two, three."
    late = await stage.refusal("chat.appendStream", channel=channel, ts=begun["ts"], markdown_text="four")
    assert late["error"] == "message_not_in_streaming_state"


async def test_more_than_four_prompts_are_too_many(stage: Stage) -> None:
    """And one without a message is none."""
    channel, ts = await thread_of(stage, "help")
    five = [{"title": str(n), "message": "x"} for n in range(5)]
    where = {"channel_id": channel, "thread_ts": ts}
    too_many = await stage.refusal("assistant.threads.setSuggestedPrompts", **where, prompts=five)
    assert too_many["error"] == "too_many_prompts"
    none = await stage.refusal("assistant.threads.setSuggestedPrompts", **where, prompts=[{"title": "x"}])
    assert none["error"] == "invalid_arguments"
