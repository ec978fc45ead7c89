"""What people do: type, press, choose, fill in and submit, close, use a shortcut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.deliveries.acks import command_answered, submission_answered, suggested
from playground.deliveries.delivery import Courier, Delivery, Reply
from playground.deliveries.events import Events
from playground.deliveries.payloads import (
    action_in_message,
    action_in_view,
    closed,
    shortcut,
    slash_command,
    submission,
    suggestion,
)
from playground.people.filling import CannotFill, complaint, filled
from playground.people.finding import Place, Widget, buttons_in, choices_in, fields_in, widget_reading
from playground.people.reading import Watch, error_labels
from playground.people.words import escaped, folded
from playground.web_api.objects import message_object
from playground.world.messages import Message
from playground.world.values import field_of
from playground.world.views import View
from playground.world.workspace import Workspace
from playground.world.world import Channel, User

_NO_APPS = "Guests who can only post cannot use apps."


class CannotAct(Exception):
    """The person cannot do that here; ``visible`` lists the labels that they could act on."""

    def __init__(self, words: str, visible: list[str] | None = None) -> None:
        super().__init__(words)
        self.visible = visible


class Persons:
    """Acts on behalf of the people of the workspace, the way their Slack would."""

    def __init__(self, ws: Workspace, courier: Courier, events: Events) -> None:
        self._ws = ws
        self._courier = courier
        self._events = events

    def user(self, named: object) -> User:
        """The person meant by an id, a handle or a name."""
        user = self._ws.world.person(str(named))
        if user is None:
            raise CannotAct(f"there is no user {named!r}", [one.id for one in self._ws.world.users.values()])
        return user

    def channel(self, named: object, user: User) -> Channel:
        """The channel meant by an id or a name, where the person is in it; a user means direct messages with them."""
        channel = self._ws.world.channel(str(named))
        if channel is None and (other := self._ws.world.person(str(named))) is not None:
            channel = self._ws.open_direct(user.id, other.id)[0]
        if channel is None or user.id not in channel.members:
            raise CannotAct(f"{user.real_name} is in no channel {named!r}", self._ws.channels_of(user.id))
        return channel

    async def type(self, user: User, channel: Channel, text: str, thread_ts: str = "") -> dict[str, Any]:
        """Type a message or a slash command into a channel's message box and send it."""
        watch = Watch(self._ws, user.id)
        if channel.archived:
            raise CannotAct("the channel is archived")
        if not text.startswith("/"):
            self._say(user, channel, text, thread_ts)
            await self._events.settle()
            return watch.outcome(None)
        command, _, rest = text.partition(" ")
        known = self._ws.manifest.commands.get(command)
        if known is None or thread_ts or not self._may_run(user):
            self._ws.tell(user.id, channel.id, f"{command} is not a valid command.")
            return watch.outcome(None)
        words = escaped(rest.strip(), self._ws.world, labels=True) if known.should_escape else rest.strip()
        payload = slash_command(self._ws, user, channel, command, words)
        reply = await self._courier.deliver(Delivery("slash_commands", command, payload))
        command_answered(self._ws, user, channel, command, reply)
        return watch.outcome(reply)

    def _may_run(self, user: User) -> bool:
        """Slash commands belong to one workspace: people of another home do not have them."""
        return user.uses_apps and user.team_id == self._ws.world.home_id

    def _say(self, user: User, channel: Channel, text: str, thread_ts: str) -> None:
        words = escaped(text, self._ws.world, labels=False)
        message = self._ws.post(Message(channel.id, self._ws.clock.next_ts(), user.id, words, thread_ts=thread_ts))
        event = message_object(self._ws, message) | {"channel": channel.id, "event_ts": message.ts}
        letter = {"public": "channel", "private": "group"}.get(channel.kind, channel.kind)
        self._ws.happened(event | {"channel_type": letter})
        if f"<@{self._ws.world.bot_user_id}>" in words:
            self._ws.happened(event | {"type": "app_mention"})

    async def press(self, user: User, label: str, places: list[Place], near: str) -> dict[str, Any]:
        """Press the first button or overflow choice that reads ``label``; a confirm dialog is accepted."""
        return await self.press_one(user, self._found(places, lambda place: buttons_in(place, user.id), label, near))

    async def press_one(self, user: User, widget: Widget) -> dict[str, Any]:
        """Press this very button or overflow choice."""
        watch = Watch(self._ws, user.id)
        if not user.uses_apps:
            return self._refused(user, widget.place, watch)
        return watch.outcome(await self._acted(user, widget.place, _pressed(widget, self._ws.clock.next_ts())))

    def _found(self, places: list[Place], widgets_in: Callable[[Place], list[Widget]], label: str, near: str) -> Widget:
        """The control that reads ``label`` in the first place that has one."""
        for place in places:
            widget = widget_reading(widgets_in(place), label, near, self._ws.world)
            if widget is not None:
                return widget
        visible = [widget.label for place in places for widget in widgets_in(place)]
        raise CannotAct(f"there is nothing here that reads {label!r}", list(dict.fromkeys(visible)))

    def _refused(self, user: User, place: Place, watch: Watch) -> dict[str, Any]:
        if isinstance(place, Message):
            self._ws.tell(user.id, place.channel, _NO_APPS)
        return watch.outcome(None)

    async def _acted(self, user: User, place: Place, action: dict[str, Any]) -> Reply:
        if isinstance(place, View):
            payload = action_in_view(self._ws, user, place, action)
        else:
            payload = action_in_message(self._ws, user, place, action)
        reply = await self._courier.deliver(Delivery("interactive", "block_actions", payload))
        if not reply.ok and isinstance(place, Message):
            self._ws.tell(user.id, place.channel, f"That did not work: “{reply.failure}”")
        elif not reply.ok and isinstance(place, View):
            place.notice = "We had some trouble connecting. Try again?"
            self._ws.feed.publish("view", user=user.id)
        return reply

    async def choose(self, user: User, label: str, value: Any, places: list[Place], near: str) -> dict[str, Any]:
        """Choose in a select, radio group, checkbox group or picker; the app is told where the choice acts at once."""
        widget = self._found(places, choices_in, label, near)
        return await self.choose_one(user, widget, await self._held(user, widget, value))

    async def choose_one(self, user: User, widget: Widget, state: dict[str, Any]) -> dict[str, Any]:
        """Choose in this very element; ``state`` is what it then holds."""
        watch = Watch(self._ws, user.id)
        if not user.uses_apps:
            return self._refused(user, widget.place, watch)
        self.keep(user, widget, state)
        if widget.block.get("type") == "input" and not widget.block.get("dispatch_action"):
            return watch.outcome(None)
        action = _chosen(widget, state, self._ws.clock.next_ts())
        return watch.outcome(await self._acted(user, widget.place, action))

    def keep(self, user: User, widget: Widget, state: dict[str, Any]) -> None:
        """Put a state into an element, without telling the app."""
        place = widget.place
        values = place.values if isinstance(place, View) else self._ws.message_state(user.id, place)
        values.setdefault(widget.block["block_id"], {})[widget.element["action_id"]] = state

    async def _held(self, user: User, widget: Widget, value: Any) -> dict[str, Any]:
        offered: list[Any] = []
        if str(widget.element["type"]).endswith("external_select"):
            for one in value if isinstance(value, list) else [value]:
                offered.extend(await self.offered(user, widget, str(one)))
        try:
            return filled(self._ws, user.id, widget.element, value, offered)
        except CannotFill as error:
            raise CannotAct(f"{widget.label}: {error}") from error

    async def offered(self, user: User, widget: Widget, typed: str) -> list[Any]:
        """The options that the app offers in an external select for what was typed."""
        asked = widget.element | {"block_id": widget.block["block_id"]}
        payload = suggestion(self._ws, user, widget.place, asked, typed)
        return suggested(self._ws, await self._courier.deliver(Delivery("interactive", "block_suggestion", payload)))

    async def submit(self, user: User, fields: dict[str, Any]) -> dict[str, Any]:
        """Fill the inputs of the top modal by their labels and submit it."""
        view = self.top(user)
        await self.fill(user, view, fields)
        return await self.submit_one(user, view)

    async def submit_one(self, user: User, view: View) -> dict[str, Any]:
        """Submit a modal as it is filled in."""
        watch = Watch(self._ws, user.id)
        complaints = {
            str(one.block["block_id"]): words
            for one in fields_in(view)
            if (
                words := complaint(one.block, one.element, view.values[one.block["block_id"]][one.element["action_id"]])
            )
        }
        view.errors, view.notice = complaints, ""
        if complaints:
            return watch.outcome(None) | {"errors": error_labels(view)}
        if not view.payload.get("submit"):
            raise CannotAct("the modal has nothing to submit it with")
        payload = submission(self._ws, user, view)
        reply = await self._courier.deliver(Delivery("interactive", "view_submission", payload))
        await submission_answered(self._ws, self._courier, view, reply)
        return watch.outcome(reply) | {"errors": error_labels(view)}

    async def fill(self, user: User, view: View, fields: dict[str, Any]) -> None:
        """Fill inputs of a modal by their labels, without submitting it."""
        widgets = fields_in(view)
        for label, value in fields.items():
            widget = next((one for one in widgets if folded(one.label) == folded(label)), None)
            if widget is None:
                raise CannotAct(f"the modal has no field {label!r}", [one.label for one in widgets])
            self.keep(user, widget, await self._held(user, widget, value))

    def top(self, user: User) -> View:
        """The modal that a person has before them. Raises :class:`CannotAct`."""
        view = self._ws.views.top(user.id)
        if view is None:
            raise CannotAct(f"{user.real_name} has no modal open")
        return view

    async def close(self, user: User) -> dict[str, Any]:
        """Close the top modal; the whole stack goes where it says ``clear_on_close``."""
        watch = Watch(self._ws, user.id)
        view = self.top(user)
        cleared = bool(view.payload.get("clear_on_close"))
        gone = self._ws.views.clear(user.id) if cleared else [view]
        reply = None
        for one in gone:
            self._ws.views.close(one)
            if one.payload.get("notify_on_close"):
                payload = closed(self._ws, user, one, cleared=cleared)
                reply = await self._courier.deliver(Delivery("interactive", "view_closed", payload))
        self._ws.feed.publish("view", user=user.id)
        return watch.outcome(reply)

    async def use_shortcut(
        self, user: User, callback_id: str, message: Message | None, conversation: str = ""
    ) -> dict[str, Any]:
        """Use a shortcut of the app, on a message or on none, with ``conversation`` before them."""
        watch = Watch(self._ws, user.id)
        known = [one.callback_id for one in self._ws.manifest.shortcuts]
        if callback_id not in known:
            raise CannotAct(f"the app has no shortcut {callback_id!r}", known)
        payload = shortcut(self._ws, user, callback_id, message, conversation)
        return watch.outcome(await self._courier.deliver(Delivery("interactive", payload["type"], payload)))

    async def open_home(self, user: User) -> dict[str, Any]:
        """Open the app's home tab."""
        watch = Watch(self._ws, user.id)
        channel, _ = self._ws.open_direct(self._ws.world.bot_user_id, user.id)
        event = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": "home"}
        self._ws.happened(event | {"event_ts": self._ws.clock.next_ts()})
        await self._events.settle()
        return watch.outcome(None)


def _pressed(widget: Widget, action_ts: str) -> dict[str, Any]:
    element = widget.element
    action = {"type": element["type"], "action_id": element["action_id"], "block_id": widget.block["block_id"]}
    action["action_ts"] = action_ts
    if element["type"] == "overflow":
        return action | {"selected_option": widget.option}
    source = widget.option or element
    shown = {name: source[name] for name in ("text", "value", "style", "url") if source.get(name) is not None}
    return action | shown


def _chosen(widget: Widget, state: dict[str, Any], action_ts: str) -> dict[str, Any]:
    element = widget.element
    action = {"action_id": element["action_id"], "block_id": widget.block["block_id"], "action_ts": action_ts}
    return action | {"type": element["type"], field_of(element): state[field_of(element)]}
