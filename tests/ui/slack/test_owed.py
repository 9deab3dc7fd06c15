"""Killed between acknowledging and answering: what was asked is answered once, by the next to start, or told."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from assistant import Assistant
from knowledge.library.store import Library
from tests.homes import copy_home
from tests.ui.slack.conftest import Workspace, envelope, message
from tests.ui.slack.fake import fake_slack
from tests.ui.slack.reading import quotes
from tests.ui.slack.socket import fake_socket
from tests.ui.slack.test_process import running
from ui.slack.state import unanswered
from ui.slack.state.unanswered import Unanswered, UnansweredRow
from ui.slack.work.daily_posts import clients_of
from ui.slack.work.owed_answers import OwedAnswers
from ui.slack.work.workers import Crew

BEES = "Why do bees dance?"


class Killed(BaseException):
    """The process is gone: nothing is caught, nothing runs after it."""


@pytest.fixture
def owed(space: Workspace) -> OwedAnswers:
    """What another process over the same library does."""
    return OwedAnswers(space.bot, clients_of(space.app, space.bot))


def rows(space: Workspace) -> list[UnansweredRow]:
    with Session(space.bot.assistant.library.engine) as session:
        return list(session.scalars(select(UnansweredRow)))


def left_behind(space: Workspace, *, age: float = 0.0, **values: object) -> None:
    """Make what is kept that of a process that is gone, taken up so many seconds ago."""
    given = {"holder": "elsewhere/1/x", "until": 0.0, "at": time.time() - age} | values
    with Session(space.bot.assistant.library.engine) as session, session.begin():
        session.execute(update(UnansweredRow).values(given))


def never_answered(space: Workspace, monkeypatch: pytest.MonkeyPatch, ask: Callable[[], object]) -> None:
    """Let something be asked whose answer never begins."""
    with monkeypatch.context() as patched:
        patched.setattr(Crew, "answer", lambda *_args, **_kwargs: None)
        ask()
    space.slack.calls.clear()


def test_what_is_answered_is_kept_no_longer(space: Workspace, owed: OwedAnswers) -> None:
    space.mention(BEES)
    space.mention("")
    space.command(BEES)
    space.command("check The bees dance on the wall of the hive.")
    assert rows(space) == []
    space.slack.calls.clear()
    assert owed.give() == 0
    assert space.slack.calls == []


def test_a_message_is_kept_before_it_is_acknowledged_and_what_cannot_be_kept_is_not_acknowledged(
    space: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_args: object, **_kwargs: object) -> bool:
        raise OperationalError("INSERT xylophone", {}, Exception("xylophone: database or disk is full"))

    event = envelope(message("<@UBOT> why xylophone?", type="app_mention"))
    with monkeypatch.context() as patched:
        patched.setattr(Unanswered, "take", full)
        assert space.send(event).status == 503
    assert space.slack.of("chat.stopStream") == []
    assert "xylophone" not in caplog.text
    assert space.send(event).status == 200  # Slack sends it again
    assert len(space.slack.of("chat.stopStream", "chat.postMessage")) == 1


@pytest.mark.parametrize("times", [1, 3])
def test_what_is_owed_is_answered_once_whoever_looks_and_however_often(
    space: Workspace, owed: OwedAnswers, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    asked = message(f"<@UBOT> {BEES}", type="app_mention")
    never_answered(space, monkeypatch, lambda: space.event(asked))
    left_behind(space)
    assert [owed.give() for _ in range(times)] == [1, *[0] * (times - 1)]
    space.event(asked, "Ev-again")
    (shown,) = space.slack.of("chat.stopStream")
    assert quotes(shown["blocks"])
    assert [body["thread_ts"] for body in space.slack.of("chat.startStream")] == [asked["ts"]]
    assert rows(space) == []


@pytest.mark.parametrize(
    ("age", "says"),
    [
        (590, "rich_text_quote"),
        (610, "I was interrupted"),
        (12 * 3600 - 10, "I was interrupted"),
        (12 * 3600 + 10, None),
    ],
)
def test_what_is_fresh_is_answered_what_is_older_is_told_and_what_nobody_waits_for_is_dropped(
    space: Workspace, owed: OwedAnswers, monkeypatch: pytest.MonkeyPatch, age: float, says: str | None
) -> None:
    never_answered(space, monkeypatch, lambda: space.mention(BEES))
    left_behind(space, age=age)
    owed.give()
    shown = space.answer_blocks()
    assert says in str(shown) if says else not shown
    assert bool(quotes(shown)) is (age < 600)
    assert rows(space) == []


@pytest.mark.parametrize(("reply_ts", "calls"), [("1700000000.5", ["chat.stopStream"]), (None, [])])
def test_an_answer_on_its_way_is_written_again_only_in_its_own_message(
    space: Workspace, owed: OwedAnswers, monkeypatch: pytest.MonkeyPatch, reply_ts: str | None, calls: list[str]
) -> None:
    never_answered(space, monkeypatch, lambda: space.mention(BEES))
    left_behind(space, reply_ts=reply_ts, sending=True)
    owed.give()
    assert space.slack.methods() == calls
    assert all(body["ts"] == reply_ts for body in space.slack.of(*calls)) or not calls
    assert rows(space) == []


@pytest.mark.parametrize(
    ("ask", "age", "says"),
    [
        (BEES, 0, "rich_text_quote"),
        ("check The bees dance on the wall of the hive.", 0, "hive"),
        (BEES, 700, "I was interrupted"),
        (BEES, 1800, None),
    ],
)
def test_a_command_is_answered_by_its_address_as_long_as_slack_lets_us(
    space: Workspace, owed: OwedAnswers, monkeypatch: pytest.MonkeyPatch, ask: str, age: float, says: str | None
) -> None:
    never_answered(space, monkeypatch, lambda: space.command(ask))
    left_behind(space, age=age)
    owed.give()
    told = space.slack.of("/r1")
    assert len(told) == bool(says)
    assert says is None or says in str(told)
    assert rows(space) == []


def test_a_message_that_could_not_be_worked_at_is_left_to_who_looks_next(
    space: Workspace, owed: OwedAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_args: object) -> None:
        raise OperationalError("", {}, Exception("gone"))

    with monkeypatch.context() as patched:
        patched.setattr(type(space.bot.threads), "enter", down)
        space.mention(BEES)
    assert space.slack.of("chat.stopStream") == []
    assert owed.give() == 1
    assert len(space.slack.of("chat.stopStream")) == 1


def test_of_two_processes_one_takes_over_and_nobody_while_the_lease_is_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'library.db'}"
    first, second, third = (Unanswered(Library(url)) for _ in range(3))
    second._holder, third._holder = "elsewhere/1/b", "elsewhere/1/c"
    first._holder = "elsewhere/1/a"
    now = 1_700_000_000.0
    monkeypatch.setattr(unanswered.time, "time", lambda: now)
    assert first.take("k", "message", {"n": 1}, workspace="T1", user="U1")
    assert not second.take("k", "message", {"n": 1}, workspace="T1", user="U1")
    now += 119
    assert second.owed() == []
    first.renew()
    now += 119
    assert second.owed() == []
    now += 2
    assert [one.asked for one in second.owed()] == [{"n": 1}]
    assert third.owed() == first.owed() == []
    second.done("k")
    assert not first.take("k", "message", {}, workspace="T1", user="U1")


def test_what_a_dead_process_of_this_machine_owes_is_not_waited_for(tmp_path: Path) -> None:
    store = Unanswered(Library(f"sqlite:///{tmp_path / 'library.db'}"))
    host = store._holder.split("/")[0]
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    for number, owner in enumerate((f"{host}/{child}/x", f"{host}/{os.getpid()}/before", f"{host}/1/x", store._holder)):
        other = Unanswered(Library(f"sqlite:///{tmp_path / 'library.db'}"))
        other._holder = owner
        other.take(str(number), "message", {}, workspace="T1", user="U1")
    assert [one.key for one in store.owed()] == ["0", "1"]


def private(slack_url: str) -> dict[str, Any]:
    asked = {"command": "/ilya", "text": BEES, "team_id": "T1", "channel_id": "C1", "user_id": "U1", "trigger_id": "t"}
    return asked | {"response_url": slack_url}


def test_killed_at_any_point_what_was_acknowledged_is_answered_once_after_the_next_start(
    furnished: Assistant, tmp_path: Path
) -> None:
    home = copy_home(furnished.settings.home, tmp_path / "home")
    first, second, third = (message(f"<@UBOT> {BEES}", type="app_mention") for _ in range(3))
    with fake_slack() as slack, fake_socket() as socket:
        slack.socket_url = socket.url
        with running(home, slack, tmp_path / "one.log", ILYA_SLACK_WORKERS="3") as process:
            slack.held["chat.stopStream"] = slack.held["/p1"] = unheld = Event()
            socket.wait_for_connections(1, 1)
            for event in (first, second):
                socket.wait_for_ack(socket.deliver(envelope(event)))
            slack.wait_for("chat.stopStream", 2)  # these two leave
            socket.wait_for_ack(socket.deliver(private(slack.response_url("p1")), "slash_commands"))
            slack.wait_for("/p1")  # and this one
            socket.wait_for_ack(socket.deliver(envelope(third)))  # this one waits
            process.kill()
            process.wait()
        begun = {body["thread_ts"]: body for body in slack.of("chat.startStream")}
        assert set(begun) == {first["ts"], second["ts"]}
        unheld.set()
        slack.held.clear()
        slack.calls.clear()
        with running(home, slack, tmp_path / "two.log") as process:
            slack.wait_for("chat.stopStream", 3)
            socket.wait_for_connections(2, 1)
            socket.wait_for_ack(socket.deliver(envelope(third)))
            last = message("<@UBOT> what moves the tides?", type="app_mention")
            socket.wait_for_ack(socket.deliver(envelope(last)))
            shown = slack.wait_for("chat.stopStream", 4)
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
        assert [body["thread_ts"] for body in slack.of("chat.startStream")] == [third["ts"], last["ts"]]
        assert len({body["ts"] for body in shown}) == 4  # two written again in their own messages, two anew
        assert all(quotes(body["blocks"]) for body in shown)
        assert slack.of("/p1") == slack.of("chat.postMessage") == []
    with Session(Library(f"sqlite:///{home / 'library.db'}").engine) as session:
        assert session.scalars(select(UnansweredRow)).all() == []
