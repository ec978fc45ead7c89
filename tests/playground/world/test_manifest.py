"""The manifest: read from JSON or YAML, with the addresses where the app listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.world.manifest import RequestUrls, read_manifest

YAML = """
# as Slack's own page shows it
_metadata:
  major_version: 1
display_information:
  name: Tidy
features:
  bot_user: {display_name: Tidy, always_online: on}
  slash_commands:
    - command: /tidy
      url: https://tidy.example.org/commands
      description: Tidy up
      should_escape: no
  shortcuts:
oauth_config:
  scopes:
    bot: [commands, "chat:write"]
settings:
  event_subscriptions:
    request_url: https://tidy.example.org/events
    bot_events:
      - app_mention
  interactivity:
    is_enabled: true
    request_url: https://tidy.example.org/acts
  socket_mode_enabled: false
"""


def read(tmp_path: Path, text: str) -> object:
    """What is read from a file with that text."""
    file = tmp_path / "manifest"
    file.write_text(text, "utf-8")
    return read_manifest(file)


def test_a_manifest_in_yaml_is_read_as_one_in_json_is(tmp_path: Path) -> None:
    """Whatever the file is called; what is left empty is nothing."""
    file = tmp_path / "manifest.yml"
    file.write_text(YAML, "utf-8")
    manifest = read_manifest(file)
    assert (manifest.name, sorted(manifest.scopes)) == ("Tidy", ["chat:write", "commands"])
    assert (list(manifest.events), manifest.shortcuts, manifest.socket_mode) == (["app_mention"], (), False)
    assert not manifest.commands["/tidy"].should_escape
    assert manifest.commands["/tidy"].url == "https://tidy.example.org/commands"
    acts = "https://tidy.example.org/acts"
    assert manifest.request_urls == RequestUrls("https://tidy.example.org/events", acts, acts)


def test_options_may_have_an_address_of_their_own(tmp_path: Path) -> None:
    """Else they are asked for where acts go."""
    file = tmp_path / "manifest.yml"
    urls = "request_url: https://tidy.example.org/acts\n    message_menu_options_url: https://tidy.example.org/options"
    file.write_text(YAML.replace("request_url: https://tidy.example.org/acts", urls), "utf-8")
    assert read_manifest(file).request_urls.options == "https://tidy.example.org/options"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"display_information": {}', "no JSON in line 1"),
        ("display_information:\n  name: [", "neither JSON nor YAML in line"),
        ("just words", "no display_information"),
        ("", "no display_information"),
        ("display_information: {}\nsettings: [1]", "settings should hold names and values"),
        ("a: !!python/object/apply:os.system [echo]", "neither JSON nor YAML"),
    ],
)
def test_what_makes_no_sense_is_said_in_words(tmp_path: Path, text: str, words: str) -> None:
    """With the line, where there is one."""
    with pytest.raises(ValueError, match=words):
        read(tmp_path, text)
