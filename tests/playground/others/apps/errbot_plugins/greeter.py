"""What an Errbot is taught: one command, and an answer to what it hears."""

from __future__ import annotations

from typing import Any

from errbot import BotPlugin, botcmd


class Greeter(BotPlugin):  # type: ignore[misc]  # it runs in an environment of its own
    """Greets."""

    @botcmd  # type: ignore[untyped-decorator]
    def greet(self, message: Any, args: str) -> str:
        """Greet whoever asks."""
        return f"Good day, {args or 'you'}."

    def callback_message(self, message: Any) -> None:
        """Answer to a word that somebody says."""
        if "open sesame" in message.body:
            self.send(message.to, "It opens.")
