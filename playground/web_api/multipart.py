"""Multipart forms: their parts, as bytes."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message

FORM_DATA = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form. ``filename`` is empty where it is a plain field."""

    name: str
    filename: str
    content: bytes


def is_multipart(content_type: str) -> bool:
    """Whether a body of that type is a multipart form."""
    return content_type.partition(";")[0].strip().lower() == FORM_DATA


def parts(content_type: str, body: bytes) -> list[Part]:
    """The parts of a form, in order, byte for byte. What is no part of a form is left out."""
    boundary = _parameter("Content-Type", content_type, "boundary")
    chunks = (b"\r\n" + body).split(f"\r\n--{boundary}".encode()) if boundary else []
    return [part for chunk in chunks[1:] if (part := _part(chunk)) is not None]


def _part(chunk: bytes) -> Part | None:
    head, gap, content = chunk.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    disposition = _header(head.decode("utf-8", "replace"), "content-disposition")
    name = _parameter("Content-Disposition", disposition, "name")
    return Part(name, _parameter("Content-Disposition", disposition, "filename"), content) if gap and name else None


def _header(head: str, wanted: str) -> str:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == wanted:
            return value.strip()
    return ""


def _parameter(header: str, value: str, name: str) -> str:
    message = Message()
    message[header] = value
    parameter = message.get_param(name, "", header)
    return parameter if isinstance(parameter, str) else str(parameter[2])
