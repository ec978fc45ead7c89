"""``users.*``: people, bots, guests, and those of another home."""

from __future__ import annotations

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
