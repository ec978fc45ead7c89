"""Refusals: bad input answered with one clear sentence.

The docstring of each exception class is the sentence the person reads. Fields in braces are filled from the keyword
arguments the exception was raised with.
"""

from __future__ import annotations


class Refusal(Exception):
    """I could not do that."""

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The docstring, on one line, with the fields filled in."""
        words = " ".join((type(self).__doc__ or "").split())
        return words.format(**self.fields)
