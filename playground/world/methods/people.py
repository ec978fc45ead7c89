"""Methods about people, bots, their groups, and the workspace that they are in."""

from __future__ import annotations

from playground.world.methods.kinds import Method, Tier

METHODS: dict[str, Method] = {
    "bots.info": Method(("users:read",), Tier.T3, "bot team_id"),
    "team.info": Method(("team:read",), Tier.T3, "domain team"),
    "users.info": Method(("users:read",), Tier.T4, "user! include_locale:boolean"),
    "users.list": Method(("users:read",), Tier.T2, "cursor include_locale:boolean limit:number team_id"),
    "users.lookupByEmail": Method(("users:read.email",), Tier.T3, "email!"),
    "dnd.info": Method(("dnd:read",), Tier.T3, "user"),
    "dnd.teamInfo": Method(("dnd:read",), Tier.T2, "users!"),
    "emoji.list": Method(("emoji:read",), Tier.T2, "include_categories:boolean"),
    "usergroups.list": Method(
        ("usergroups:read",), Tier.T2, "include_count:boolean include_disabled:boolean include_users:boolean"
    ),
    "usergroups.users.list": Method(("usergroups:read",), Tier.T2, "usergroup! include_disabled:boolean"),
    "users.getPresence": Method(("users:read",), Tier.T3, "user"),
    "users.profile.get": Method(("users.profile:read",), Tier.T4, "user include_labels:boolean"),
    "users.setPresence": Method(("users:write",), Tier.T2, "presence!"),
}
