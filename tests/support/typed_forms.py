"""What can be typed, verb by verb: at least one form of each, right ones and wrong ones. Whoever adds a verb adds it
here; a test holds the table whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.principles.principles import criteria
from handlers.ballots.feature import FEATURE as BALLOTS
from handlers.groups.feature import FEATURE as GROUPS
from handlers.nudges.feature import FEATURE as NUDGES
from handlers.principles.feature import FEATURE as PRINCIPLES
from handlers.register.feature import FEATURE as REGISTER
from handlers.slack.features import Feature
from tests.support.county import MARCUS, PRIYA, USER_IDS

Forms = Mapping[str, Sequence[str]]
"""What follows each verb. The first two say most of it: nothing, and what is right."""

ALL = 100

THE_OTHER, A_MEMBER = f"<@{USER_IDS[MARCUS]}>", f"<@{USER_IDS[PRIYA]}>"
ATTESTED = [f"{criterion.id} | looked, none found" for criterion in criteria().values() if criterion.attestable]
DATED = [f"{criterion.id} | two panels | date=2026-11-20" for criterion in criteria().values() if criterion.attestable]

INVITEES: Forms = {
    "": [""],
    "suggest": ["", "5", "many"],
    "propose": ["", "S2", "S2; S3 | rule=two-thirds", "S99", "Nobody at all", "S1; S2; S3; S5 | rule=consensus"],
    "status": [""],
    "vote": ["", "S2 | support", "S2 | object | too early", "S3, S2 | abstain", "all | support", "S99 | support"],
    "record": ["", "Rosa Delgado | S2 | support", f"{THE_OTHER} | all | object | too early", "S4 | S2 | support"],
    "extend": ["", "2026-12-20 17:00 | two are away", "soon | two are away"],
    "close": [""],
    "minutes": ["", "text", "csv", "1"],
    "draft": ["", "S2", "S6", "S99"],
    "invited": ["", "S2", "S6"],
    "accepted": ["", "S2", "S6"],
    "declined": ["", "S2", "S6"],
    "reopen": ["", "| someone was left off"],
    "reminders": ["", "off", "on"],
    "help": [""],
}
PRINCIPLE: Forms = {
    "": [""],
    "all": [""],
    "brief": [""],
    "attest": ["", *DATED, "P1.a | so it is", *ATTESTED],
    "unattest": ["", "P4.a", "P6.a"],
    "trend": [""],
    "take": ["", "P1.a", "P6.a until 2027-01-15", "P9.z"],
    "snooze": ["", "P3.a 2", "P3.a 7"],
    "not-ours": ["", "P5.a | the state does it"],
    "open": ["", "P5.a", "P1.a"],
    "set-aside": ["", "2 | there is no other agency yet", "2 off", "9 | x"],
    "help": [""],
}
STAKEHOLDER: Forms = {
    "": [""],
    "list": ["", "health", "principle 3", "committed", "zebra", "page 2"],
    "show": ["", *(f"S{number}" for number in range(1, 17)), "Nobody at all"],
    "add": [
        "",
        "Clerk | Court | courts | title=Clerk",
        "Jane",
        "Clerk | Court | courts",
        "Counsel | County | legal",
        "Consumer seat 9 | Peers | consumer | functions=consumer",
        "Data council | County | existing_groups | prior-sharing=yes sides=justice,health liaison=S2",
        "Dr. Roe | Clinic | public health | functions=boundary-spanner why=runs the clinic in the jail",
    ],
    "set": [
        "",
        "S2 | status=committed",
        "S2 | title=Chief",
        "S5 | functions=+legal laws=hipaa",
        "S99 | title=x",
        "S2 | x=y",
    ],
    "accept": ["", "S12", "S2"],
    "remove": ["", "S15", "S15", "S99"],
    "import": [""],
    "export": ["", "2", "99", "soon"],
    "help": [""],
}
NUDGE: Forms = {
    "": [""],
    "help": [""],
    "pause": ["", "until 2027-03-01", "until soon"],
    "quiet": ["", "2026-12-24 to 2027-01-02", "off"],
    "snooze": [""],
    "resume": [""],
    "now": [""],
    "again": ["", "1"],
}
WORKGROUP: Forms = {
    "": [""],
    "help": [""],
    "setup": ["", "Jail data group | Middleton County, MA | justice | public-body=yes"],
    "history": [""],
    "export": [""],
    "nudge": ["", "Tuesday 10:00", "Noday 9:00"],
    "scope": ["", "+juvenile", "+tribal +victims", "-substance-use", "-substance-use | another group does it"],
    "meeting": ["", "2027-02-02 14:00 | sponsors=County Board; Sheriff", "2020-01-01 10:00 | sponsors=Sheriff", "off"],
    "exempt": ["", "| a pilot of one agency", "off"],
    "agree": ["", "1"],
    "not-now": ["", "1"],
    "public-body": ["", "yes", "no", "ask"],
    "cochair": ["", f"{A_MEMBER} | health", "Ana Ruiz | County Clinic | health", "remove", f"remove {THE_OTHER}"],
    "co-chair": [f"{A_MEMBER} | justice"],
}
OTHER_WORDS: Mapping[str, Sequence[str]] = {
    "/invitees": ["fly away"],
    "/principle": ["3", "fly away", *"1234567", *criteria()],
    "/stakeholder": ["s2", "fly away", "<!channel>"],
    "/workgroup nudge": ["Monday 9:00", "fly away"],
    "/workgroup": ["fly away"],
}
TABLES: Mapping[str, tuple[Feature, Forms]] = {
    "/invitees": (BALLOTS, INVITEES),
    "/principle": (PRINCIPLES, PRINCIPLE),
    "/stakeholder": (REGISTER, STAKEHOLDER),
    "/workgroup nudge": (NUDGES, NUDGE),
    "/workgroup": (GROUPS, WORKGROUP),
}
"""Each feature's verbs, after what they are typed. The votes come first, and last what changes who chairs."""


def lines(most: int = ALL) -> Iterator[str]:
    """What is typed: of each verb, and of other words, so many forms at most."""
    for command, (_, forms) in TABLES.items():
        for words in OTHER_WORDS[command][:most]:
            yield f"{command} {words}"
        for verb, endings in forms.items():
            for ending in endings[:most]:
                yield " ".join(part for part in (command, verb, ending) if part)
