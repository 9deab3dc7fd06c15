"""What Slack has to know about the app, read from the manifest beside: the one place for scopes, events and names."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

PATH = Path(__file__).with_name("manifest.yaml")


class Configuration(BaseModel):
    """How an app is configured at Slack."""

    model_config = ConfigDict(frozen=True)

    scopes: frozenset[str]
    events: frozenset[str]
    commands: frozenset[str]
    shortcuts: frozenset[str]
    interactive: bool
    messages_tab: bool
    socket_mode: bool


def manifest_text() -> str:
    """Return the manifest as it is to be pasted."""
    return PATH.read_text(encoding="utf-8")


@cache
def wanted() -> Configuration:
    """Return how the app has to be configured."""
    return read(yaml.safe_load(manifest_text()))


def read(manifest: Mapping[str, Any]) -> Configuration:
    """Return how an app is configured; what its manifest does not mention is not there."""
    features, settings = manifest.get("features") or {}, manifest.get("settings") or {}
    events = settings.get("event_subscriptions") or {}
    return Configuration(
        scopes=frozenset(((manifest.get("oauth_config") or {}).get("scopes") or {}).get("bot") or ()),
        events=frozenset(events.get("bot_events") or ()),
        commands=frozenset(one["command"] for one in features.get("slash_commands") or ()),
        shortcuts=frozenset(one["callback_id"] for one in features.get("shortcuts") or ()),
        interactive=bool((settings.get("interactivity") or {}).get("is_enabled")),
        messages_tab=bool((features.get("app_home") or {}).get("messages_tab_enabled")),
        socket_mode=bool(settings.get("socket_mode_enabled")),
    )
