"""What goes wrong: Slack refuses, is slow or gone; a stream ends early; a model hangs. And nothing of it is logged."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from assistant import Assistant
from knowledge.model.errors import LibraryUnavailable
from tests.ui.slack.conftest import Inline, Workspace
from tests.ui.slack.fake import Fault, rate_limited
from tests.ui.slack.reading import quotes, seen
from ui.slack.app import build_app
from ui.slack.bot import Bot
from ui.slack.slack_settings import SlackNotReady
from ui.slack.work.workers import Crew

BEES = "Why do bees dance?"
REVOKED = Fault(error="token_revoked")


def words(space: Workspace) -> dict[int, str]:
    return {shown.number: shown.quote.text for shown in space.bot.assistant.ask(BEES).quotes}


def test_a_stream_that_expired_is_finished_by_an_update(space: Workspace) -> None:
    space.slack.fail("chat.stopStream", Fault(error="message_not_in_streaming_state"))
    space.mention(BEES)
    (updated,) = space.slack.of("chat.update")
    assert updated["ts"] == space.slack.of("chat.stopStream")[0]["ts"]
    assert quotes(updated["blocks"]) == words(space)
    assert space.slack.of("chat.postMessage") == []


def test_a_stream_that_expires_in_the_middle_stops_the_task_cards_not_the_answer(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.slack.work.thread_replies._APART", 0.0)
    for method in ("chat.appendStream", "chat.stopStream"):
        space.slack.fail(method, Fault(error="message_not_in_streaming_state"))
    space.mention(BEES)
    assert len(space.slack.of("chat.appendStream")) == 1
    assert quotes(space.slack.of("chat.update")[0]["blocks"]) == words(space)


@pytest.mark.parametrize("fault", [rate_limited(0), Fault(500, "fatal_error")])
def test_a_stream_is_ended_even_when_slack_is_busy(space: Workspace, fault: Fault) -> None:
    space.slack.fail("chat.stopStream", fault)
    space.mention(BEES)
    assert quotes(space.slack.of("chat.stopStream")[1]["blocks"]) == words(space)
    assert space.slack.of("chat.update", "chat.postMessage") == []


def test_one_task_card_that_is_refused_does_not_end_the_stream(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.slack.work.thread_replies._APART", 0.0)
    space.slack.fail("chat.appendStream", rate_limited(30))
    space.mention(BEES)
    (stopped,) = space.slack.of("chat.stopStream")
    assert {chunk["status"] for chunk in stopped["chunks"]} == {"complete"}


@pytest.mark.parametrize("error", ["feature_not_enabled", "missing_scope", "internal_error"])
def test_where_slack_cannot_stream_the_answer_is_posted(space: Workspace, error: str) -> None:
    space.slack.fail("chat.startStream", Fault(error=error), Fault(error=error))
    asked = space.mention(BEES)
    (posted,) = space.slack.of("chat.postMessage")
    assert posted["thread_ts"] == asked["ts"]
    assert quotes(posted["blocks"]) == words(space)


def test_where_the_message_is_gone_the_answer_is_posted(space: Workspace) -> None:
    space.slack.fail("chat.stopStream", Fault(error="message_not_found"))
    space.slack.fail("chat.update", Fault(error="message_not_found"))
    space.mention(BEES)
    assert quotes(space.slack.of("chat.postMessage")[0]["blocks"]) == words(space)


def test_a_refused_status_does_not_keep_the_answer_back(space: Workspace) -> None:
    space.slack.fail("assistant.threads.setStatus", rate_limited(30))
    space.mention(BEES)
    assert quotes(space.answer_blocks()) == words(space)


def test_a_rate_limit_is_waited_out(space: Workspace) -> None:
    space.slack.fail("chat.startStream", Fault(error="feature_not_enabled"))
    space.slack.fail("chat.postMessage", rate_limited(1))
    space.mention(BEES)
    first, second = (call for call in space.slack.calls if call.method == "chat.postMessage")
    assert second.at - first.at >= 1
    assert quotes(second.body["blocks"]) == words(space)


def test_server_errors_are_tried_again(space: Workspace) -> None:
    space.slack.fail("chat.startStream", Fault(error="feature_not_enabled"))
    space.slack.fail("chat.postMessage", Fault(500, "fatal_error"), Fault(503, "service_unavailable"))
    space.mention(BEES)
    assert len(space.slack.of("chat.postMessage")) == 3


def test_the_response_address_is_tried_again_too(space: Workspace) -> None:
    space.slack.fail("/r1", rate_limited(0), Fault(500, "fatal_error"))
    space.command(BEES)
    assert len(space.slack.of("/r1")) == 3


def test_a_response_address_that_has_run_out_is_one_line_in_the_log(
    space: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    space.slack.fail("/r1", Fault(404, "expired_url"))
    with caplog.at_level(logging.INFO):
        assert space.command(BEES).status == 200
    assert "not done: SlackRequestError at slack_client.py" in caplog.text


def test_a_token_revoked_while_running_is_logged_and_the_next_is_answered(
    space: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    for method in ("assistant.threads.setStatus", "chat.startStream", "chat.postMessage"):
        space.slack.fail(method, REVOKED)
    with caplog.at_level(logging.INFO):
        space.mention(BEES)
    assert "not done: SlackApiError token_revoked" in caplog.text
    assert "Traceback" not in caplog.text
    space.slack.calls.clear()
    space.mention(BEES)
    assert quotes(space.answer_blocks()) == words(space)


def test_a_token_revoked_before_the_start_is_one_sentence(bot: Bot, space: Workspace) -> None:
    space.slack.fail("auth.test", REVOKED)
    with pytest.raises(SlackNotReady, match="ilya slack --check"):
        build_app(bot)


class Failing(Assistant):
    """An assistant whose answers fail with what it is given."""

    error: Exception = RuntimeError()

    def stream(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        yield from list(super().stream(*args, **kwargs))[:1]
        raise self.error


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (RuntimeError("secret words of somebody"), "Something went wrong on our side"),
        (LibraryUnavailable("The library cannot be read."), "The library cannot be read."),
    ],
)
@pytest.mark.parametrize("ask", ["mention", "command"])
def test_whatever_fails_is_told_in_our_words(
    space: Workspace, error: Exception, says: str, ask: str, caplog: pytest.LogCaptureFixture
) -> None:
    space.bot.assistant.__class__, kept = Failing, space.bot.assistant.__class__
    Failing.error = error
    try:
        with caplog.at_level(logging.DEBUG):
            getattr(space, ask)(BEES)
    finally:
        space.bot.assistant.__class__ = kept  # type: ignore[assignment]
    told = space.slack.of("/r1", "chat.stopStream")[-1]
    assert says in seen(told["blocks"])
    assert "secret words" not in caplog.text
    if ask == "mention":
        assert {chunk["status"] for chunk in told["chunks"]} == {"error"}


def test_no_text_of_anybody_is_logged(space: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    secret = "xylophone"
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("ui.slack").setLevel(logging.DEBUG)
        asked = space.mention(f"Why do bees dance like a {secret}?")
        space.say(f"What about the {secret}?", thread_ts=asked["ts"])
        space.say(f"{secret} edited", subtype="message_changed", message={"text": secret})
        space.say(f"{secret} unheard")
        space.event({"type": "reaction_added", "user": "U1", "reaction": secret})
        space.write(f"{secret} " * 400)
        space.command(f"is there a {secret}?")
        space.command(f"check “{secret} {secret} {secret} {secret}”")
        space.shortcut(f"{secret} {secret} {secret} {secret}")
        space.press({"action_id": "unknown_action", "value": secret}, "r2")
        space.slack.fail("chat.startStream", *[Fault(500, "fatal_error")] * 4)
        space.slack.fail("chat.postMessage", *[Fault(500, "fatal_error")] * 4)
        space.mention(f"Is the {secret} a bee?")
    assert len(space.slack.of("chat.stopStream")) == 2
    assert caplog.records
    assert [record for record in caplog.records if secret in f"{record.getMessage()}{record.exc_text or ''}"] == []


def test_a_command_is_acknowledged_while_every_answer_hangs(space: Workspace) -> None:
    release = Event()
    hanging = ThreadPoolExecutor(1)
    hanging.submit(release.wait, 60)
    bot = Bot.over(space.bot.assistant, space.bot.settings, Crew(Inline(), hanging))
    busy = Workspace(bot, build_app(bot), space.slack)
    try:
        for number in range(20):
            assert busy.command(f"{BEES} {number}").body == "Searching the sources …"
            busy.mention(f"{BEES} {number}")
        busy.slack.wait_for("assistant.threads.setStatus", 20)
        assert busy.slack.of("/r1", "chat.startStream") == []
    finally:
        release.set()
        busy.app.listener_runner.listener_executor.shutdown()
        hanging.shutdown()
    assert len(busy.slack.of("/r1")) == len(busy.slack.of("chat.stopStream")) == 20
