"""Refusals: bad input answered with one clear sentence.

The docstring of each exception class is the sentence the person reads. Fields in braces are filled from the keyword
arguments the exception was raised with.
"""

from __future__ import annotations

import re
from typing import ClassVar

_MENTION = re.compile(r"<@[^<>]*>")


class Refusal(Exception):
    """I could not do that."""

    plainly: ClassVar[str] = ""
    """The sentence for where Slack shows plain text only, as under a field, if the docstring would mention someone."""

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The docstring, on one line, with the fields filled in."""
        words = " ".join((type(self).__doc__ or "").split())
        return words.format(**self.fields)

    @property
    def plain_sentence(self) -> str:
        """The sentence for where Slack shows plain text only: nobody is mentioned."""
        words = _MENTION.sub("that person", self.plainly.format(**self.fields) or self.sentence)
        return f"{words[:1].upper()}{words[1:]}"
