"""The example of embedding runs, and is as short as promised."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from slack_bolt import App, BoltRequest

from assistant import Assistant
from tests.ui.slack.conftest import Inline
from tests.ui.slack.fake import FakeSlack
from tests.ui.slack.reading import quotes
from ui.slack.slack_client import web_client
from ui.slack.slack_settings import SlackSettings

EXAMPLE = Path(__file__).parents[3] / "examples" / "slack_bot.py"


def test_somebody_else_s_bot_answers_in_her_words(
    furnished: Assistant, slack: FakeSlack, settings: SlackSettings
) -> None:
    spec = spec_from_file_location("slack_bot", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    example = module_from_spec(spec)
    spec.loader.exec_module(example)
    theirs = App(client=web_client(settings, "xoxb-test"), listener_executor=Inline())
    example.add_to(theirs, furnished)
    body = {"command": "/quote", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "t"}
    for number, text in enumerate(("Why do bees dance?", " ")):
        asked = body | {"text": text, "response_url": slack.response_url(f"x{number}")}
        assert theirs.dispatch(BoltRequest(body=asked, mode="socket_mode")).status == 200
    (told,) = slack.of("/x0")
    answer = furnished.ask("Why do bees dance?")
    assert quotes(told["blocks"]) == {shown.number: shown.quote.text for shown in answer.quotes}
    (declined,) = slack.of("/x1")
    assert "ask a question in words" in declined["text"]


def test_it_is_thirty_lines_long() -> None:
    assert sum(bool(line.strip()) for line in EXAMPLE.read_text(encoding="utf-8").splitlines()) <= 30
