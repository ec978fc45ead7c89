"""Posts that did not arrive, or may not have: who is told, and posting again, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.posts import PostKind
from storage.database import Database
from storage.groups import get_group
from storage.posts import NewPost, add_posts, claim_sendings
from tests.support.county import DANA, LENA, MARCUS, START, County, Room

BOT = "U0CONVENER"


async def interrupted(room: Room, text: str, channel_id: str = "") -> int:
    """A post that a process was sending when it died, long enough ago; returns its number."""
    long_ago = datetime.fromisoformat(START) - timedelta(hours=1)
    database = Database(room.county.database_url)
    async with database.write() as session:
        stored = await get_group(session, room.channel)
        assert stored is not None
        post = NewPost(
            f"test:{text}", stored.team_id, channel_id or room.channel, PostKind.NUDGE, {"text": text}, stored.id
        )
        (post_id,) = await add_posts(session, [post], long_ago)
        await claim_sendings(session, [post_id], "dead", long_ago)
    await database.close()
    return post_id


async def test_an_interrupted_post_is_not_sent_by_itself_and_one_cochair_is_asked(county: County) -> None:
    room = await county.group()
    await interrupted(room, f"Interrupted in {room.channel}")
    message = await county.slack.wait_for(DANA, f"posting the weekly nudge in <#{room.channel}>", "", 60)
    assert "may or may not have arrived" in message["text"]
    assert not any(f"Interrupted in {room.channel}" in message["text"] for message in await room.reads(LENA))
    assert not any(f"<#{room.channel}>, so it may" in message["text"] for message in await county.slack.read(MARCUS))


async def test_post_again_posts_it_once(county: County) -> None:
    room = await county.group()
    text = f"Again in {room.channel}"
    post_id = await interrupted(room, text)
    message = await county.slack.wait_for(DANA, f"in <#{room.channel}>, so it may", "", 60)
    await county.slack.press(DANA, "Post again", channel=message["channel"], message_ts=message["ts"])
    await room.sees(LENA, text)
    await county.slack.press(DANA, "Post again", channel=message["channel"], message_ts=message["ts"])
    await county.slack.wait_for(DANA, "That is settled already")
    assert "settled already" in (await room.types(MARCUS, f"/workgroup nudge again {post_id}")).text
    assert len([message for message in await room.reads(LENA) if message["text"] == text]) == 1
    assert [row["action"] for row in (await room.dump())["audit"]].count("post.again") == 1


async def test_the_typed_form_is_for_cochairs_of_that_group_only(county: County) -> None:
    room, other = await county.group(), await county.room()
    text = f"Typed in {room.channel}"
    post_id = await interrupted(room, text)
    await county.slack.wait_for(DANA, f"in <#{room.channel}>, so it may", "", 60)
    assert "Only a co-chair" in (await other.types(LENA, f"/workgroup nudge again {post_id}")).text
    assert "posting it again" in (await room.types(MARCUS, f"/workgroup nudge again {post_id}")).text
    await room.sees(LENA, text)


async def test_what_slack_will_never_take_is_told_to_a_cochair_once_in_words(county: County) -> None:
    room = await county.group()
    await county.slack.kick(room.channel, BOT)
    await room.types(DANA, "/workgroup nudge now post")
    words = f"I could not post a message in <#{room.channel}>: I am not in the channel any more."
    message = await county.slack.wait_for(DANA, words, "", 60)
    assert "/invite @Convener" in message["text"]
    assert len([message for message in await county.slack.read(DANA) if words in message["text"]]) == 1


async def test_a_private_message_that_may_not_have_arrived_is_not_told_on(county: County) -> None:
    room = await county.group()
    private_id = await interrupted(room, f"Private {room.channel}", "U0MARCUS02")
    await interrupted(room, f"Public {room.channel}")
    await county.slack.wait_for(DANA, f"in <#{room.channel}>, so it may", "", 60)
    assert not any("<#U0MARCUS02>" in message["text"] for message in await county.slack.read(DANA))
    answer = (await room.types(DANA, f"/workgroup nudge again {private_id}")).text
    assert answer.startswith("I know no such message of mine."), "what went to whom privately is nobody else's"
