"""Where a delivery goes: to the address that the manifest names for its kind, on this machine and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from playground.world.manifest import Manifest

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def address_for(manifest: Manifest, listening: str, kind: str, label: str) -> str:
    """The address for a delivery of ``kind`` (``label`` names its command or act); empty where there is none.

    ``listening`` is where the app listens on this machine. An address of the manifest that leads elsewhere is sought
    there: under its own path where the manifest tells its addresses apart, else at ``listening`` itself.
    """
    named = _named(manifest, kind, label)
    if not named or urlsplit(named).hostname in LOOPBACK:
        return named or listening
    if not listening or len(manifest.all_urls) == 1 or named == manifest.request_urls.events:
        return listening
    here, there = urlsplit(listening), urlsplit(named)
    return urlunsplit((here.scheme, here.netloc, there.path, there.query, ""))


def _named(manifest: Manifest, kind: str, label: str) -> str:
    urls = manifest.request_urls
    if kind == "slash_commands":
        command = manifest.commands.get(label)
        return command.url if command is not None else ""
    if kind == "events_api":
        return urls.events
    return urls.options if label == "block_suggestion" else urls.interactivity
