"""The bot over the invented library, driven through Bolt's own dispatch, talking to a fake Slack over real HTTP."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from itertools import count
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.http_retry.builtin_interval_calculators import BackoffRetryIntervalCalculator
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant import Assistant
from assistant.records.saved_answers import FeedbackRow
from knowledge.search.embedding import BilingualEmbeddings
from tests.ui.slack.fake import FakeSlack, fake_slack
from tests.ui.web.conftest import furnish
from ui.slack.app import build_app
from ui.slack.bot import Bot
from ui.slack.slack_settings import SlackSettings
from ui.slack.state.conversations import ThreadRow
from ui.slack.state.preferences import ChannelRow, PreferencesRow
from ui.slack.state.seen_events import SeenRow
from ui.slack.state.unanswered import UnansweredRow
from ui.slack.work.workers import Crew

_STAMPS = count(1)
_TABLES = (SeenRow, UnansweredRow, ThreadRow, ChannelRow, PreferencesRow, FeedbackRow)


class Inline(Executor):
    """Runs each job at once, in the thread that asks."""

    def submit(self, job: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(job(*args, **kwargs))
        return done


class Workspace:
    """One workspace with the bot in it: what people do there, and what Slack was asked."""

    def __init__(self, bot: Bot, app: App, slack: FakeSlack) -> None:
        self.bot = bot
        self.app = app
        self.slack = slack

    def send(self, body: dict[str, Any]) -> BoltResponse:
        """Deliver a request as Socket Mode does."""
        return self.app.dispatch(BoltRequest(body=body, mode="socket_mode"))

    def event(self, event: dict[str, Any], event_id: str | None = None) -> BoltResponse:
        """Deliver an event."""
        return self.send(envelope(event, event_id))

    def mention(self, text: str, **fields: Any) -> dict[str, Any]:
        """Somebody mentions the bot; return the event."""
        event = message(f"<@UBOT> {text}", type="app_mention", **fields)
        self.event(event)
        return event

    def say(self, text: str, **fields: Any) -> dict[str, Any]:
        """Somebody writes in a channel; return the event."""
        event = message(text, **fields)
        self.event(event)
        return event

    def write(self, text: str, **fields: Any) -> dict[str, Any]:
        """Somebody writes to the bot alone; return the event."""
        return self.say(text, channel="D1", channel_type="im", **fields)

    def command(self, text: str, reply_to: str = "r1", **fields: Any) -> BoltResponse:
        """Somebody types `/ilya …`; what only they see arrives under `/r1`."""
        body = {
            "command": "/ilya",
            "text": text,
            "team_id": "T1",
            "channel_id": "C1",
            "user_id": "U1",
            "trigger_id": "t1",
        }
        return self.send(body | {"response_url": self.slack.response_url(reply_to)} | fields)

    def press(self, button: dict[str, Any], reply_to: str | None, **fields: Any) -> BoltResponse:
        """Somebody presses a button or chooses something."""
        body = {
            "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "t1",
            "channel": {"id": "C1"}, "container": {"type": "message", "message_ts": "1500000000.000009"},
            "actions": [{"type": "button"} | button],
        }  # fmt: skip
        where = {"response_url": self.slack.response_url(reply_to)} if reply_to else {}
        return self.send(body | where | fields)

    def submit(self, view: dict[str, Any], values: dict[str, Any], user: str = "U1") -> BoltResponse:
        """Somebody sends a dialogue that was filled in."""
        sent = view | {"state": {"values": values}, "id": "V1"}
        return self.send({"type": "view_submission", "team": {"id": "T1"}, "user": {"id": user}, "view": sent})

    def shortcut(self, text: str, reply_to: str = "r1", **fields: Any) -> BoltResponse:
        """Somebody uses “Did Ilya say this?” on a message."""
        body = {
            "type": "message_action", "callback_id": "check_message", "team": {"id": "T1"}, "user": {"id": "U1"},
            "channel": {"id": "C1"}, "trigger_id": "t1", "message": {"type": "message", "text": text, "ts": "1.1"},
            "response_url": self.slack.response_url(reply_to),
        }  # fmt: skip
        return self.send(body | fields)

    def feedback(self) -> list[tuple[str, str | None, str, str | None]]:
        """Return what was said about quotes: quote, answer, verdict, by whom."""
        with Session(self.bot.assistant.library.engine) as session:
            rows = session.scalars(select(FeedbackRow).order_by(FeedbackRow.number)).all()
            return [(row.quote_id, row.answer_id, row.verdict, row.owner) for row in rows]

    def answer_blocks(self) -> list[dict[str, Any]]:
        """Return the blocks of every answer shown in a thread, whichever way."""
        shown = self.slack.of("chat.stopStream", "chat.update", "chat.postMessage")
        return [block for body in shown for block in body.get("blocks", ())]


def message(text: str, **fields: Any) -> dict[str, Any]:
    """Return a message event."""
    ts = f"1600000000.{next(_STAMPS):06}"
    return {
        "type": "message",
        "user": "U1",
        "channel": "C1",
        "channel_type": "channel",
        "ts": ts,
        "text": text,
    } | fields


def envelope(event: dict[str, Any], event_id: str | None = None, team: str = "T1") -> dict[str, Any]:
    """Return an event as Slack delivers it."""
    found = event_id or f"Ev{next(_STAMPS)}"
    authorizations = [{"team_id": team, "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False}]
    return {
        "type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": found, "event_time": 1_600_000_000,
        "event": event, "authorizations": authorizations,
    }  # fmt: skip


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Assistant:
    """An assistant over the library of the page's tests; what a test writes beside it is taken away again."""
    return furnish(tmp_path_factory.mktemp("slack") / "home", embeddings)


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSlack]:
    """A fake Slack; the bot tries again what it refused after hundredths of a second, not after seconds."""
    monkeypatch.setattr(BackoffRetryIntervalCalculator, "calculate_sleep_duration", lambda _self, _attempt: 0.01)
    with fake_slack() as server:
        yield server


@pytest.fixture
def settings(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> SlackSettings:
    """The settings of the bot in one workspace."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return SlackSettings(bot_token="xoxb-test", api_url=slack.url, page_url="https://ilya.example")


@pytest.fixture
def bot(furnished: Assistant, settings: SlackSettings) -> Bot:
    """The bot, its work done at once."""
    bot = Bot.over(furnished, settings, Crew(Inline(), Inline()))
    with Session(furnished.library.engine) as session, session.begin():
        for table in _TABLES:
            session.execute(delete(table))
    return bot


@pytest.fixture
def space(bot: Bot, settings: SlackSettings, slack: FakeSlack) -> Workspace:
    """The workspace."""
    app = build_app(bot, executor=Inline())
    return Workspace(bot, app, slack)
