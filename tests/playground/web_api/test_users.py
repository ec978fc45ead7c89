"""``users.*``: people, bots, guests, and those of another home."""

from __future__ import annotations

from playground.web_api.users import group_users, groups_listed
from playground.world.workspace import Workspace
from playground.world.world import UserGroup
from tests.playground.conftest import Stage


async def test_a_user_has_a_home_a_zone_and_no_address_without_the_scope(stage: Stage) -> None:
    """The outsider's home is another."""
    sam = (await stage.api.users_info(user="U0SAM00008"))["user"]
    assert (sam["team_id"], sam["tz"], sam["is_stranger"]) == ("T0RIVERWAY", "America/New_York", True)
    assert "email" not in sam["profile"]
    lena = (await stage.api.users_info(user="U0LENA0005"))["user"]
    assert (lena["tz_label"], lena["tz_offset"] in (-18000, -21600)) == ("Central Time", True)
    assert (await stage.refusal("users.info", user="U0NOBODY00"))["error"] == "user_not_found"


async def test_users_bots_and_guests_are_told_apart(stage: Stage) -> None:
    """In the list of users."""
    users = {one["name"]: one for one in (await stage.api.users_list())["members"]}
    assert users["gail"]["is_ultra_restricted"]
    assert users["standup"]["is_bot"]
    assert users["ruth"]["is_admin"]
    assert not users["dana"]["is_bot"]


async def test_a_profile_is_what_a_user_says_of_themselves(stage: Stage) -> None:
    """The app's own, unless one is named."""
    lena = (await stage.api.users_profile_get(user="U0LENA0005"))["profile"]
    assert (lena["first_name"], lena["title"]) == ("Lena", "Court Administrator")
    assert (await stage.api.users_profile_get())["profile"]["bot_id"] == "B0CONVENER"


async def test_everybody_is_there_and_may_be_disturbed(stage: Stage) -> None:
    """But the app may say that it is away."""
    assert (await stage.api.users_getPresence(user="U0LENA0005"))["presence"] == "active"
    await stage.api.users_setPresence(presence="away")
    assert (await stage.api.users_getPresence(user="U0CONVENER"))["presence"] == "away"
    await stage.api.users_setPresence(presence="auto")
    assert not (await stage.api.dnd_info(user="U0LENA0005"))["dnd_enabled"]
    assert set((await stage.api.dnd_teamInfo(users="U0LENA0005,U0JOEL0006"))["users"]) == {"U0LENA0005", "U0JOEL0006"}


def test_a_group_tells_who_is_in_it_where_that_is_asked_for(workspace: Workspace) -> None:
    """One that is disabled only where it is asked for too."""
    workspace.world.usergroups = {
        "S1": UserGroup("S1", "chairs", "Co-chairs", ["U0DANA0001", "U0MARCUS02"]),
        "S2": UserGroup("S2", "gone", "Gone", [], disabled=True),
    }
    (listed,) = groups_listed(workspace, {})["usergroups"]
    assert (listed["handle"], listed["user_count"], "users" in listed) == ("chairs", 2, False)
    both = groups_listed(workspace, {"include_disabled": True, "include_users": True})["usergroups"]
    assert [one["users"] for one in both] == [["U0DANA0001", "U0MARCUS02"], []]
    assert group_users(workspace, {"usergroup": "S1"})["users"] == ["U0DANA0001", "U0MARCUS02"]


async def test_groups_and_emoji_are_those_of_the_world_file(stage: Stage) -> None:
    """The default one has none of either."""
    assert (await stage.api.usergroups_list(include_users=True))["usergroups"] == []
    assert (await stage.refusal("usergroups.users.list", usergroup="S1"))["error"] == "no_such_subteam"
    assert (await stage.api.emoji_list())["emoji"] == {}
