"""What docs/slack.md tells is so."""

import re
from pathlib import Path

from typer.testing import CliRunner

from ui.cli import app
from ui.slack.slack_settings import SlackSettings

ROOT = Path(__file__).parents[3]
DOCS = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")


def test_every_setting_is_listed_and_nothing_else() -> None:
    listed = set(re.findall(r"`((?:SLACK|ILYA)_[A-Z_]+)`", "\n".join(re.findall(r"^\| `[SI].*", DOCS, re.MULTILINE))))
    assert listed == {str(field.validation_alias) for field in SlackSettings.model_fields.values()}


def test_every_option_exists() -> None:
    helped = CliRunner().invoke(app, ["slack", "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).output
    options = set(re.findall(r"(--[a-z]+)", DOCS))
    assert options == {"--check", "--manifest", "--http"}
    assert all(option in helped for option in options)


def test_every_file_it_links_to_exists() -> None:
    links = re.findall(r"\]\((\.\./[^)]+)\)", DOCS)
    assert links
    assert all((ROOT / "docs" / link).exists() for link in links)
