"""Whether Slack gives the bot all that it needs: tokens, scopes, events; names what is missing and where to add it."""

import json
from collections.abc import Iterator

from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from assistant.diagnosis import Finding
from ui.slack.manifest import Configuration, read, wanted
from ui.slack.slack_client import web_client
from ui.slack.slack_logs import SLACK_FAILED, code_of_any
from ui.slack.slack_settings import SlackSettings

_APPS = "https://api.slack.com/apps"


def diagnose(settings: SlackSettings, *, http: bool = False) -> Iterator[Finding]:
    """Yield a finding per part: the bot's token, its scopes, the connection or the signature, the app's events."""
    client = web_client(settings)
    if settings.many_workspaces:
        found = f"Workspaces install the app by OAuth at /slack/install, as client {settings.client_id}."
        yield Finding(part="token", well=True, found=found)
    else:
        yield from _bot_token(client, settings.bot_token)
    yield _signature(settings.signing_secret) if http else _connection(client, settings.app_token)
    yield _configuration(client, settings, http=http)


def _bot_token(client: WebClient, token: SecretStr | None) -> Iterator[Finding]:
    where = f"{_APPS} → your app → OAuth & Permissions"
    if token is None:
        remedy = f"copy the Bot User OAuth Token (xoxb-…) from {where}"
        yield Finding(part="token", well=False, found="SLACK_BOT_TOKEN is not set.", remedy=remedy)
        return
    if not token.get_secret_value().startswith("xoxb-"):
        remedy = f"set it to the Bot User OAuth Token from {where}"
        found = "SLACK_BOT_TOKEN is not a bot token: those begin with xoxb-."
        yield Finding(part="token", well=False, found=found, remedy=remedy)
        return
    try:
        known = client.auth_test(token=token.get_secret_value())
    except SLACK_FAILED as error:
        yield _refused("token", "SLACK_BOT_TOKEN", error, f"install the app again under {where}")
        return
    yield Finding(part="token", well=True, found=f"{known.get('user')} in {known.get('team')}.")
    yield _scopes(known, where)


def _scopes(known: SlackResponse, where: str) -> Finding:
    listed = known.headers.get("x-oauth-scopes") or ""
    missing = sorted(wanted().scopes - {scope.strip() for scope in listed.split(",")})
    if not missing:
        return Finding(part="scopes", well=True, found=f"All {len(wanted().scopes)} are granted.")
    remedy = f"add them under {where} → Scopes, then install the app again"
    return Finding(part="scopes", well=False, found=f"Missing: {', '.join(missing)}.", remedy=remedy)


def _connection(client: WebClient, token: SecretStr | None) -> Finding:
    where = f"{_APPS} → your app → Basic Information → App-Level Tokens, with the scope connections:write"
    if token is None:
        found = "SLACK_APP_TOKEN is not set."
        return Finding(part="socket", well=False, found=found, remedy=f"make one (xapp-…) under {where}")
    if not token.get_secret_value().startswith("xapp-"):
        found = "SLACK_APP_TOKEN is not an app-level token: those begin with xapp-."
        return Finding(part="socket", well=False, found=found, remedy=f"make one under {where}")
    try:
        client.apps_connections_open(app_token=token.get_secret_value())
    except SLACK_FAILED as error:
        return _refused("socket", "SLACK_APP_TOKEN", error, f"switch Socket Mode on, and make a token under {where}")
    return Finding(part="socket", well=True, found="Socket Mode opens a connection.")


def _signature(secret: SecretStr | None) -> Finding:
    if secret:
        return Finding(part="secret", well=True, found="SLACK_SIGNING_SECRET is set.")
    remedy = f"copy the Signing Secret from {_APPS} → your app → Basic Information"
    return Finding(part="secret", well=False, found="SLACK_SIGNING_SECRET is not set.", remedy=remedy)


def _configuration(client: WebClient, settings: SlackSettings, *, http: bool) -> Finding:
    """Compare the app's manifest with ours; Slack shows it only to a configuration token."""
    app_id = _app_id(settings.app_token)
    if settings.config_token is None or app_id is None:
        found = "Not looked at: Slack tells them only to a configuration token."
        remedy = (
            f"to have them checked, set SLACK_CONFIG_TOKEN (xoxe…, {_APPS} → Your App Configuration Tokens) and "
            "SLACK_APP_TOKEN; else compare the app's manifest with `ilya slack --manifest`"
        )
        return Finding(part="events", well=True, found=found, remedy=remedy)
    try:
        exported = client.api_call(
            "apps.manifest.export", params={"app_id": app_id}, headers=_as(settings.config_token)
        )
    except SLACK_FAILED as error:
        return _refused("events", "SLACK_CONFIG_TOKEN", error, "make a new one; they last twelve hours")
    manifest = exported.get("manifest") or {}
    missing = lacking(read(json.loads(manifest) if isinstance(manifest, str) else manifest), http=http)
    if missing:
        remedy = f"add them at {_APPS}, or paste what `ilya slack --manifest` prints under App Manifest"
        return Finding(part="events", well=False, found=f"Missing: {', '.join(missing)}.", remedy=remedy)
    return Finding(part="events", well=True, found="Events, command, shortcut and App Home are as in the manifest.")


def lacking(found: Configuration, *, http: bool = False) -> list[str]:
    """Name what an app's configuration lacks."""
    ours = wanted()
    missing = [f"event {name}" for name in sorted(ours.events - found.events)]
    missing += [f"scope {name}" for name in sorted(ours.scopes - found.scopes)]
    missing += [f"command {name}" for name in sorted(ours.commands - found.commands)]
    missing += [f"message shortcut {name}" for name in sorted(ours.shortcuts - found.shortcuts)]
    flags = {"interactivity": found.interactive, "messages tab of the App Home": found.messages_tab}
    flags |= {} if http else {"Socket Mode": found.socket_mode}
    return missing + [name for name, there in flags.items() if not there]


def _refused(part: str, name: str, error: Exception, remedy: str) -> Finding:
    if isinstance(error, SlackApiError):
        return Finding(part=part, well=False, found=f"Slack refuses {name}: {code_of_any(error)}.", remedy=remedy)
    return Finding(part=part, well=False, found="Slack cannot be reached.", remedy="check the network and the proxy")


def _app_id(token: SecretStr | None) -> str | None:
    """Return the app's id, which stands in its app-level token: `xapp-1-A012ABC-…`."""
    parts = token.get_secret_value().split("-") if token else []
    return parts[2] if len(parts) > 3 and parts[2].startswith("A") else None


def _as(token: SecretStr) -> dict[str, str]:
    return {"Authorization": f"Bearer {token.get_secret_value()}"}
