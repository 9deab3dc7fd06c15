"""`ilya slack --check` names what is missing."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from assistant.diagnosis import Finding
from tests.forked import ilya
from tests.ui.slack.fake import SCOPES, FakeSlack, Fault
from ui.slack.doctor import diagnose
from ui.slack.manifest import manifest_text
from ui.slack.slack_settings import SlackSettings

READY = {
    "bot_token": SecretStr("xoxb-test"),
    "app_token": SecretStr("xapp-1-A1B2-3-x"),
    "config_token": SecretStr("xoxe-1"),
    "signing_secret": SecretStr("s"),
}


def findings(settings: SlackSettings, *, http: bool = False, **changed: Any) -> dict[str, Finding]:
    ready = settings.model_copy(update=READY | changed)
    return {finding.part: finding for finding in diagnose(ready, http=http)}


@pytest.fixture
def manifest(slack: FakeSlack) -> dict[str, Any]:
    """The manifest of an app that is configured as it has to be."""
    slack.manifest = yaml.safe_load(manifest_text())
    return slack.manifest


def test_all_is_well(settings: SlackSettings, manifest: dict[str, Any], slack: FakeSlack) -> None:
    found = findings(settings)
    assert [(part, finding.well) for part, finding in found.items()] == [
        ("token", True), ("scopes", True), ("socket", True), ("events", True)
    ]  # fmt: skip
    (exported,) = (call for call in slack.calls if call.method == "apps.manifest.export")
    assert (exported.body["app_id"], exported.token) == ("A1B2", "xoxe-1")


@pytest.mark.parametrize(
    ("changed", "part", "says"),
    [
        ({"bot_token": None}, "token", "SLACK_BOT_TOKEN is not set"),
        ({"bot_token": SecretStr("xapp-1")}, "token", "begin with xoxb-"),
        ({"app_token": None}, "socket", "SLACK_APP_TOKEN is not set"),
        ({"app_token": SecretStr("xoxb-1")}, "socket", "begin with xapp-"),
    ],
)
def test_a_missing_or_mixed_up_token_is_named(
    settings: SlackSettings, changed: dict[str, Any], part: str, says: str
) -> None:
    finding = findings(settings, **changed)[part]
    assert not finding.well
    assert says in finding.found
    assert "api.slack.com/apps" in str(finding.remedy)


@pytest.mark.parametrize(
    ("method", "part", "name"),
    [
        ("auth.test", "token", "SLACK_BOT_TOKEN"),
        ("apps.connections.open", "socket", "SLACK_APP_TOKEN"),
        ("apps.manifest.export", "events", "SLACK_CONFIG_TOKEN"),
    ],
)
def test_a_refused_token_is_named_with_slack_s_reason(
    settings: SlackSettings, slack: FakeSlack, method: str, part: str, name: str
) -> None:
    slack.fail(method, Fault(error="token_revoked"))
    finding = findings(settings)[part]
    assert not finding.well
    assert finding.found == f"Slack refuses {name}: token_revoked."


def test_every_missing_scope_is_named(settings: SlackSettings, slack: FakeSlack) -> None:
    slack.scopes = SCOPES.replace("users:read", "").replace("im:history,", "")
    finding = findings(settings)["scopes"]
    assert not finding.well
    assert finding.found == "Missing: im:history, users:read."


def test_what_the_app_s_configuration_lacks_is_named(settings: SlackSettings, manifest: dict[str, Any]) -> None:
    manifest["settings"]["event_subscriptions"]["bot_events"].remove("app_mention")
    manifest["settings"]["socket_mode_enabled"] = False
    manifest["features"]["shortcuts"] = []
    manifest["features"]["slash_commands"][0]["command"] = "/other"
    del manifest["settings"]["interactivity"]
    finding = findings(settings)["events"]
    assert not finding.well
    assert finding.found == (
        "Missing: event app_mention, command /ilya, message shortcut check_message, interactivity, Socket Mode."
    )
    assert "Socket Mode" not in findings(settings, http=True)["events"].found


def test_what_cannot_be_looked_at_is_said(settings: SlackSettings) -> None:
    finding = findings(settings, config_token=None)["events"]
    assert finding.well
    assert "SLACK_CONFIG_TOKEN" in str(finding.remedy)


def test_over_http_the_signature_counts(settings: SlackSettings) -> None:
    assert findings(settings, http=True)["secret"].well
    assert not findings(settings, http=True, signing_secret=None)["secret"].well


def test_no_network_is_said(settings: SlackSettings) -> None:
    finding = findings(settings, api_url="http://127.0.0.1:9/api/")["token"]
    assert finding.found == "Slack cannot be reached."


@pytest.fixture(autouse=True)
def _no_slack_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SLACK_")]:
        monkeypatch.delenv(name)


def test_the_command_prints_the_findings_and_fails_where_something_is_wrong(
    slack: FakeSlack, manifest: dict[str, Any], tmp_path: Path
) -> None:
    given = {"SLACK_API_URL": slack.url, "SLACK_BOT_TOKEN": "xoxb-test", "SLACK_APP_TOKEN": "xapp-1-A1-2-x"}
    well = ilya("slack", "--check", home=tmp_path, **given)
    assert well.returncode == 0, well.stderr
    assert "well   token     ilya in Field." in well.stdout
    wrong = ilya("slack", "--check", home=tmp_path, SLACK_API_URL=slack.url)
    assert wrong.returncode == 1
    assert "wrong  token     SLACK_BOT_TOKEN is not set." in wrong.stdout
    assert "wrong  socket    SLACK_APP_TOKEN is not set." in wrong.stdout
    assert "xoxb-test" not in well.stdout + well.stderr


def test_the_command_prints_the_manifest(tmp_path: Path) -> None:
    printed = ilya("slack", "--manifest", home=tmp_path)
    assert json.dumps(yaml.safe_load(printed.stdout)) == json.dumps(yaml.safe_load(manifest_text()))
