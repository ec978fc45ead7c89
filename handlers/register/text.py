"""What ``/stakeholder`` answers, as pure functions from values to answers, and what its buttons carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import slackblocks as kit

from bot.checklist import category_of
from bot.effects import Effects
from bot.entries import reminders
from bot.principles.telling import SPOKEN
from bot.register import Kind, Stakeholder, Status
from handlers.principles.text import OPEN_ADD
from handlers.register.words import called, details, differences
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import TEXT_LIMIT, button, buttons, cut, escape, section, sections
from handlers.slack.values import pack, word_in

ADD_ANYWAY = "stakeholder.add_anyway"
SHOW = "stakeholder.show"
LIST = "stakeholder.list"
ACCEPT = "stakeholder.accept"
REMOVE = "stakeholder.remove"
INVITED = "stakeholder.status.invited"
COMMITTED = "stakeholder.status.committed"
STATUS_BUTTONS = (INVITED, COMMITTED)

VALUE_LIMIT = 2000
MOST_REMINDERS = 2
ASK_CHAIR = "A co-chair can change that entry."

ADD_FORM = "/stakeholder add NAME | ORGANIZATION | CATEGORY"
HELP = f"""Here you keep the register of people, seats and groups for the table.
• `/stakeholder` opens a form to add someone
• `{ADD_FORM}` adds someone in one line, with more behind bars: `| functions=executive authority=yes`
• `/stakeholder list` shows everyone; `list health`, `list principle 3`, `list committed` or any words show some
• `/stakeholder show S3` tells all about one
• `/stakeholder set S3 | status=committed` changes one (co-chairs)
• `/stakeholder accept S3` takes a nomination in; `/stakeholder remove S3` marks one as left (co-chairs)
• `/stakeholder export` gives the register as plain text; `/stakeholder import` says how to type one in
What members add waits as a nomination for a co-chair."""
KEYS_HELP = (
    "You can say more behind a bar: kind, title, sector, status, functions, authority, laws, jurisdiction, why, "
    "exchange, email, slack, heads, oversees, shared-data, vacant; for a group prior-sharing, sides, liaison."
)
IMPORT = f"""Reading a file is not possible yet, so the register is typed in for now, one entry a line:
`{ADD_FORM}`
For example: `/stakeholder add Sheriff Jane Doe | County Sheriff's Office | Jails and prisons | functions=executive`
Or type `/stakeholder` alone for a form."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One entry ``before`` and ``after`` a change, the register it was changed in, what that did to the principles, and
    ``room``, the group's channel."""

    before: Stakeholder
    after: Stakeholder
    register: tuple[Stakeholder, ...]
    effects: Effects
    room: str


def answered(paragraphs: Iterable[str], row: Sequence[kit.Button] = ()) -> Answer:
    """An answer of some paragraphs, with a row of buttons below."""
    kept = [words for words in paragraphs if words]
    blocks = sections(kept) + ([buttons(row)] if row else [])
    return Answer(cut("\n\n".join(kept), TEXT_LIMIT), blocks)


def helped(first: str = "") -> Answer:
    """What can be done here, after a sentence about what was not understood."""
    return answered([escape(first), HELP], [add_button("Add someone"), button("Show the list", LIST)])


def add_button(label: str) -> kit.Button:
    """The button that opens the form to add someone."""
    return button(label, OPEN_ADD)


def show_button(entry: Stakeholder, room: str) -> kit.Button:
    """The button that shows one entry of the register of ``room``, the group's channel."""
    return button(f"Show {entry.ref}", SHOW, pack(room, entry.ref))


def pressed_entry(ask: Ask) -> tuple[Ask, str]:
    """A press in the channel that the button names, since it may stand in a private message, and the entry's ref."""
    return replace(ask, channel_id=word_in(ask.value)), word_in(ask.value, 1)


def bulleted(lines: Iterable[str]) -> str:
    """Lines as a list."""
    return "\n".join(f"• {words}" for words in lines)


def added(entry: Stakeholder, effects: Effects, room: str) -> Answer:
    """A co-chair's new entry."""
    category = category_of(entry.category)
    side = "" if entry.kind is Kind.GROUP else f"speaks for {SPOKEN[entry.sector]}, "
    first = f"Added {called(entry)}: {category.label}, {side}{entry.status}."
    more = f"To say more: `/stakeholder set {entry.ref} | key=value`."
    return answered(
        [first, _consequences(entry, effects), category.caution, more],
        [show_button(entry, room), add_button("Add someone else")],
    )


def nominated(entry: Stakeholder, asked_for: Status, chairs: str, room: str) -> Answer:
    """A member's nomination. ``chairs`` are those who hear of it, in words."""
    first = f"Thank you. {called(entry)} is stored as a nomination, and counts for nothing until a co-chair accepts it."
    ignored = asked_for not in (Status.NOMINATED, Status.IDENTIFIED)
    second = f"The status {asked_for} was left out, since only a co-chair can give it." if ignored else ""
    asked = f"I'm telling {chairs}." if chairs else "No co-chair here can be told by me; please ask one."
    return answered(
        [first, second, f"{asked} They type `/stakeholder accept {entry.ref}` in this channel."],
        [show_button(entry, room)],
    )


def nomination_notice(entry: Stakeholder, by: str, room: str) -> tuple[str, list[dict[str, object]]]:
    """The private message that tells a co-chair of a nomination; the button carries the channel."""
    text = (
        f"<@{by}> has nominated {called(entry)} in <#{room}>. It counts for nothing until you or your fellow "
        f"co-chair accept it: press the button, or type `/stakeholder accept {entry.ref}` in that channel."
    )
    accept = button("Accept", ACCEPT, pack(room, entry.ref), style="primary", spoken=f"Accept {entry.ref}")
    return text, [*sections([text]), buttons([accept, show_button(entry, room)])]


def changed(done: Changed) -> Answer:
    """A co-chair's change, before and after."""
    entry, show = done.after, [show_button(done.after, done.room)]
    lines = differences(done.before, entry, done.register)
    if not lines:
        return answered([f"{called(entry)} says so already; nothing was changed."], show)
    return answered([f"Changed {called(entry)}:\n{bulleted(lines)}", _consequences(entry, done.effects)], show)


def accepted(done: Changed) -> Answer:
    """A nomination that a co-chair took in, with all that was said of it."""
    entry, lines = done.after, details(done.after, done.register)
    first = f"Accepted. {called(entry)} is now identified. This is what was said:\n{bulleted(lines)}"
    return answered([first, _consequences(entry, done.effects)], [show_button(entry, done.room)])


def removed(done: Changed) -> Answer:
    """An entry that left."""
    entry = done.after
    first = (
        f"{called(entry)} is marked as left and counts no more. Nothing is deleted. "
        f"To undo: `/stakeholder set {entry.ref} | status={done.before.status}`."
    )
    return answered([first, bulleted(map(escape, done.effects.changes))], [show_button(entry, done.room)])


def with_open_votes(answer: Answer, entry: Stakeholder, *, here: bool, elsewhere: bool) -> Answer:
    """The answer with a word on the open votes that the entry is on, now that it is identified no longer."""
    if not here and not elsewhere:
        return answer
    where = "here" if here else "in another group"
    words = (
        f"{entry.ref} is on the vote that is open {where}. It goes on, but when it closes nothing is decided about "
        f"{entry.ref}, unless the status is “identified” again by then: "
        f"`/stakeholder set {entry.ref} | status=identified`."
    )
    return with_words(answer, words)


def with_words(answer: Answer, words: str) -> Answer:
    """The answer with another paragraph."""
    return replace(answer, text=f"{answer.text}\n{words}", blocks=[*(answer.blocks or []), section(words)])


def twin(entry: Stakeholder, draft: str, room: str, *, for_chair: bool) -> Answer:
    """What is said where someone of the same name and organization is there already. ``draft`` is what to store if
    both shall stay; where it is too long for a button the typed form has to do."""
    anyway = [button("Add anyway", ADD_ANYWAY, draft)] if len(draft) <= VALUE_LIMIT else []
    return answered([twin_words(entry, for_chair=for_chair)], [*anyway, show_button(entry, room)])


def twin_words(entry: Stakeholder, *, for_chair: bool) -> str:
    """The sentences about someone who is there already."""
    change = f"To change that entry: `/stakeholder set {entry.ref} | key=value`." if for_chair else ASK_CHAIR
    return (
        f"{called(entry)} is already here, so nothing was added. {change} If this is another one with "
        "the same name, such as a second seat, add it anyway: the same line again with `| anyway=yes` at its end."
    )


def shown(
    entry: Stakeholder, register: Sequence[Stakeholder], room: str, by_whom: Sequence[str] = (), *, for_chair: bool
) -> Answer:
    """Everything about one entry and ``by_whom`` it was recorded, and for a co-chair what they can do with it."""
    first = f"*{called(entry)}*\n{bulleted([*details(entry, register), *by_whom])}"
    return answered(
        [first, bulleted(reminders(entry)), _typed_forms(entry) if for_chair else ""],
        _moves(entry, room) if for_chair else (),
    )


def _typed_forms(entry: Stakeholder) -> str:
    if entry.status is Status.NOMINATED:
        return f"To take it in: `/stakeholder accept {entry.ref}`. To close it: `/stakeholder remove {entry.ref}`."
    if not entry.status.counts:
        return f"To open it again: `/stakeholder set {entry.ref} | status=identified`."
    return (
        f"To change it: `/stakeholder set {entry.ref} | key=value`, such as `status=committed` or `functions=+legal`. "
        f"To mark it as left: `/stakeholder remove {entry.ref}`."
    )


def _moves(entry: Stakeholder, room: str) -> list[kit.Button]:
    ref, it = entry.ref, pack(room, entry.ref)
    if entry.status is Status.NOMINATED:
        return [
            button("Accept", ACCEPT, it, style="primary", spoken=f"Accept {ref}"),
            button("Remove", REMOVE, it, spoken=f"Remove {ref}"),
        ]
    steps = {Status.INVITED: INVITED, Status.COMMITTED: COMMITTED}
    row = [
        button(str(status).capitalize(), action_id, pack(room, ref, status), spoken=f"Mark {ref} as {status}")
        for status, action_id in steps.items()
        if entry.status is not status
    ]
    return [*row, button("Remove", REMOVE, it, spoken=f"Remove {ref}")] if entry.status.counts else row


def _consequences(entry: Stakeholder, effects: Effects) -> str:
    """What the change did to the principles and what the entry still lacks; where neither, what a principle needs."""
    lacking = reminders(entry)[:MOST_REMINDERS]
    open_ones = effects.open_ones if not (effects.changes or lacking) else ()
    lines = (*effects.changes, *lacking, *open_ones)
    return bulleted(map(escape, lines))
