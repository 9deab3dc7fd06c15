"""The app's manifest: the one place for scopes, events and names; and installing it by OAuth in many workspaces."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict
from slack_bolt.authorization.authorize import InstallationStoreAuthorize
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from knowledge.library.store import Library
from knowledge.model.subject import default_subject
from ui.slack.slack_logs import bolt_logger
from ui.slack.slack_settings import SlackSettings

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
    """Return the manifest as it is to be pasted, with the person's name."""
    return PATH.read_text(encoding="utf-8").replace("{subject}", default_subject().name)


@cache
def wanted() -> Configuration:
    """Return how the app has to be configured."""
    return read(yaml.load(manifest_text(), Loader=yaml.CSafeLoader))


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


# Many workspaces: each installs the bot by OAuth, and its token is kept in the library's database.
_STATE_SECONDS = 600


def oauth_settings(library: Library, settings: SlackSettings) -> OAuthSettings | None:
    """Return how workspaces install the bot; None where it serves one workspace by its token."""
    if not settings.client_id or not settings.client_secret:
        return None
    logger = bolt_logger()
    installations = SQLAlchemyInstallationStore(settings.client_id, library.engine, logger=logger)
    states = SQLAlchemyOAuthStateStore(_STATE_SECONDS, library.engine, logger=logger)
    found = OAuthSettings(
        client_id=settings.client_id,
        client_secret=settings.client_secret.get_secret_value(),
        scopes=sorted(wanted().scopes),
        redirect_uri=settings.redirect_url,
        installation_store=installations,
        installation_store_bot_only=True,
        state_store=states,
        logger=logger,
    )
    if isinstance(found.authorize, InstallationStoreAuthorize):
        found.authorize.cache_enabled = True  # else every event waits for a call of auth.test
    return found
