"""Files, both ways: what the app uploads in three steps, and what people attach; downloads ask for the app's token."""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class File:
    """One file. ``complete`` is false until an upload is finished; ``upload`` is the name in the upload address."""

    id: str
    name: str
    user: str
    created: int
    length: int
    title: str = ""
    content: bytes = b""
    alt_text: str = ""
    complete: bool = False
    upload: str = ""
    channels: list[str] = field(default_factory=list)

    def shown(self, base_url: str) -> dict[str, Any]:
        """The file object as Slack answers it."""
        kind = self.name.rpartition(".")[2].lower() if "." in self.name else "text"
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": mimetypes.guess_type(self.name)[0] or "application/octet-stream",
            "filetype": kind,
            "pretty_type": kind.upper(),
            "user": self.user,
            "size": self.length,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "alt_txt": self.alt_text,
            "url_private": f"{base_url}files-pri/{self.id}",
            "url_private_download": f"{base_url}files-pri/{self.id}/download",
            "channels": list(self.channels),
        }


class Files:
    """All files of the workspace."""

    def __init__(self) -> None:
        self._known: dict[str, File] = {}

    def begin(self, name: str, length: int, user: str, created: int, alt_text: str = "") -> File:
        """Note that a file of ``length`` bytes will be uploaded."""
        file = File(f"F{secrets.token_hex(5).upper()}", name, user, created, length, alt_text=alt_text)
        file.upload = secrets.token_urlsafe(18)
        self._known[file.id] = file
        return file

    def attach(self, name: str, content: bytes, user: str, created: int) -> File:
        """A whole file that a person attaches."""
        file = self.begin(name, len(content), user, created)
        file.content, file.complete = content, True
        return file

    def get(self, file_id: str) -> File | None:
        """The file of that id."""
        return self._known.get(file_id)

    def by_upload(self, upload: str) -> File | None:
        """The file that waits for its content under that upload address."""
        return next((one for one in self._known.values() if one.upload == upload and not one.complete), None)
