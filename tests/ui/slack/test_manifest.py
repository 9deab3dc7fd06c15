"""The manifest fits the code: what is listened to is subscribed to, what is called is granted."""

import re
from pathlib import Path

import pytest
import yaml

from tests.ui.slack.conftest import Workspace, envelope, message
from ui.slack.manifest import manifest_text, read, wanted
from ui.slack.work.block_kit import COMMAND
from ui.slack.work.quotation_checks import CHECK_MESSAGE

NEEDS = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "app_home_opened": None,
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_update": "chat:write",
    "chat_stream": "chat:write",
    "chat_stopStream": "chat:write",
    "assistant_threads_setStatus": "assistant:write",
    "assistant_threads_setSuggestedPrompts": "assistant:write",
    "users_info": "users:read",
    "views_open": None,
    "views_publish": None,
    "auth_test": None,
    "apps_connections_open": None,
}
CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path("ui/slack").rglob("*.py"))


def test_it_is_a_manifest_of_2026() -> None:
    manifest = yaml.safe_load(manifest_text())
    assert "assistant_view" not in manifest["features"]
    assert manifest["features"]["agent_view"]["agent_description"]
    found = wanted()
    assert found.interactive
    assert found.messages_tab
    assert found.socket_mode


def test_limits_of_the_form_are_kept() -> None:
    manifest = yaml.safe_load(manifest_text())
    assert len(manifest["display_information"]["name"]) <= 35
    assert len(manifest["display_information"]["description"]) <= 140
    (shortcut,) = manifest["features"]["shortcuts"]
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150


def test_command_and_shortcut_are_those_that_are_listened_to() -> None:
    assert wanted().commands == {COMMAND}
    assert wanted().shortcuts == {CHECK_MESSAGE}


@pytest.mark.parametrize("name", sorted(wanted().events))
def test_every_event_has_a_listener_and_its_scope(space: Workspace, name: str) -> None:
    kind, _, channel = name.partition(".")
    types = {"channels": "channel", "groups": "group", "im": "im", "": "channel"}
    event = message("hello", type=kind, channel_type=types[channel], tab="home")
    assert space.send(envelope(event)).status == 200
    assert NEEDS[name] is None or NEEDS[name] in wanted().scopes


def test_every_call_has_its_scope_and_no_scope_is_asked_for_nothing() -> None:
    called = set(re.findall(r"\.((?:chat|assistant|users|views|auth|apps|conversations|reactions)_\w+)\(", CODE))
    assert called <= NEEDS.keys()
    needed = {NEEDS[name] for name in called | wanted().events} - {None}
    assert wanted().scopes == needed | {"commands"}


def test_an_empty_manifest_has_nothing() -> None:
    assert read({}).model_dump() == dict(
        scopes=frozenset(), events=frozenset(), commands=frozenset(), shortcuts=frozenset(),
        interactive=False, messages_tab=False, socket_mode=False,
    )  # fmt: skip
