"""`ilya slack` as its operators run it: two processes over one library, a fake Slack at the other end."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from assistant import Assistant
from tests import forked
from tests.homes import copy_home
from tests.ui.slack.conftest import envelope, message
from tests.ui.slack.fake import FakeSlack, Fault, fake_slack
from tests.ui.slack.reading import quotes
from tests.ui.slack.socket import FakeSocket, fake_socket
from ui.cli import main

BEES = "Why do bees dance?"


def environment(home: Path, slack: FakeSlack) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    return kept | {
        "ILYA_HOME": str(home),
        "ILYA_STARTER": "false",
        "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_APP_TOKEN": "xapp-1-A1-2-x",
    }


@contextmanager
def running(home: Path, slack: FakeSlack, log: Path, *options: str, **variables: str) -> Iterator["Running"]:
    """Run `ilya slack` with some options until the block ends; it has said that it is ready."""
    given = environment(home, slack) | variables
    with forked.running(_slack, *options, environment=given, log=log) as (line, process):
        said = line()
        assert "connected to Slack" in said or "http://" in said, f"it did not start: {said}{log.read_text()}"
        yield Running(said, process)
        process.kill()


def _slack(*options: str) -> None:
    sys.argv = ["ilya", "slack", *options]
    main()


class Running:
    """A process of `ilya slack`, and what it said when it was ready."""

    def __init__(self, said: str, process: BaseProcess) -> None:
        self.said = said
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def wait(self, seconds: float = 60) -> int | None:
        """Return the exit code, None where it goes on."""
        self._process.join(seconds)
        return self._process.exitcode


class Company:
    """A workspace served by two processes."""

    def __init__(self, slack: FakeSlack, socket: FakeSocket, processes: list[Running], logs: list[Path]) -> None:
        self.slack = slack
        self.socket = socket
        self.processes = processes
        self.logs = logs


@pytest.fixture(scope="module")
def company(furnished: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """Two processes over one library."""
    folder = tmp_path_factory.mktemp("company")
    home = copy_home(furnished.settings.home, folder / "home")
    logs = [folder / "one.log", folder / "two.log"]
    with (
        fake_slack() as slack,
        fake_socket() as socket,
    ):
        slack.socket_url = socket.url
        with running(home, slack, logs[0]) as one, running(home, slack, logs[1]) as two:
            socket.wait_for_connections(2, 2)
            yield Company(slack, socket, [one, two], logs)


@pytest.fixture(autouse=True)
def _forget(company: Company) -> None:
    company.slack.calls.clear()


def test_a_mention_is_acknowledged_and_answered_in_the_words_of_the_source(
    company: Company, furnished: Assistant
) -> None:
    asked = message(f"<@UBOT> {BEES}", type="app_mention")
    company.socket.wait_for_ack(company.socket.deliver(envelope(asked)))
    (stopped,) = company.slack.wait_for("chat.stopStream")
    answer = furnished.ask(BEES)
    assert quotes(stopped["blocks"]) == {shown.number: shown.quote.text for shown in answer.quotes}


def test_a_command_is_acknowledged_with_a_status_and_answered_by_its_address(company: Company) -> None:
    body = {"command": "/ilya", "text": BEES, "team_id": "T1", "channel_id": "C1", "user_id": "U1", "trigger_id": "t"}
    sent = company.socket.deliver(body | {"response_url": company.slack.response_url("p1")}, "slash_commands")
    assert company.socket.wait_for_ack(sent)["payload"] == {"text": "Searching the sources …"}
    (told,) = company.slack.wait_for("/p1")
    assert quotes(told["blocks"])


def test_events_delivered_to_both_processes_are_each_answered_once(company: Company) -> None:
    asked = [message(f"<@UBOT> {BEES} {number}", type="app_mention") for number in range(15)]
    sent = [
        company.socket.deliver(envelope(event, f"Ev{event['ts']}"), to=connection)
        for event in asked
        for connection in (*company.socket.connections, company.socket.connections[0])
    ]
    for envelope_id in sent:
        company.socket.wait_for_ack(envelope_id)
    company.slack.wait_for("chat.stopStream", len(asked))
    last = message("<@UBOT> what moves the tides?", type="app_mention")
    for connection in company.socket.connections:
        company.socket.deliver(envelope(last), to=connection)
    company.slack.wait_for("chat.stopStream", len(asked) + 1)
    threads = [body["thread_ts"] for body in company.slack.of("chat.startStream")]
    assert sorted(threads) == sorted(event["ts"] for event in (*asked, last))


def test_a_follow_up_may_reach_the_other_process(company: Company) -> None:
    first = message(f"<@UBOT> {BEES}", type="app_mention")
    company.socket.deliver(envelope(first), to=company.socket.connections[0])
    company.slack.wait_for("chat.stopStream")
    after = message("And did anybody teach them that?", thread_ts=first["ts"])
    company.socket.deliver(envelope(after), to=company.socket.connections[1])
    answers = company.slack.wait_for("chat.stopStream", 2)
    assert quotes(answers[1]["blocks"])


@pytest.mark.parametrize("how", ["closed", "refreshed"])
def test_a_connection_that_drops_is_restored(company: Company, how: str) -> None:
    before = company.socket.opened
    dropped = company.socket.connections[0]
    if how == "closed":
        dropped.close()
    else:
        dropped.send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
    company.socket.wait_for_connections(before + 1, 2)
    asked = message(f"<@UBOT> {BEES}", type="app_mention")
    company.socket.deliver(envelope(asked), to=company.socket.connections[-1])
    company.slack.wait_for("chat.stopStream")


def test_nothing_that_was_typed_stands_in_the_logs(company: Company) -> None:
    company.socket.deliver(envelope(message("<@UBOT> xylophone bees?", type="app_mention")))
    company.slack.wait_for("chat.stopStream")
    logged = "".join(log.read_text() for log in company.logs)
    assert "xylophone" not in logged
    assert "bees" not in logged
    assert "Traceback" not in logged


def test_told_to_stop_it_answers_what_it_took_up_and_ends_well(company: Company) -> None:
    asked = [message(f"<@UBOT> {BEES} {number}", type="app_mention") for number in range(6)]
    for event in asked:
        company.socket.wait_for_ack(company.socket.deliver(envelope(event)))
    for process in company.processes:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(60) for process in company.processes] == [0, 0]
    assert len(company.slack.of("chat.stopStream")) == len(asked)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN is not set"),
        ({}, "Slack refuses the bot token"),
    ],
)
def test_what_keeps_it_from_starting_is_one_sentence(
    slack: FakeSlack, furnished: Assistant, changed: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.fail("auth.test", Fault(error="token_revoked"))
    given = {name: value for name, value in (environment(furnished.settings.home, slack) | changed).items() if value}
    for name in {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"} - set(given):
        monkeypatch.delenv(name, raising=False)
    home = Path(given.pop("ILYA_HOME"))
    run = forked.ilya("slack", home=home, **given)
    assert run.returncode == 1
    assert says in run.stderr
    assert run.stderr.count("\n") == 1
