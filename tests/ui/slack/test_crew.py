"""Who does the work, when everybody asks at once."""

from threading import Event

import pytest

from ui.slack.work import workers
from ui.slack.work.workers import Crew


def test_what_takes_a_moment_goes_before_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 60)
    done: list[str] = []
    release = Event()
    team = Crew.of(1)
    team.at_once(lambda: (release.wait(60), done.append("status"))[1])
    team.answer(lambda: done.append("answer"))
    assert done == []
    release.set()
    team.close()
    assert done == ["status", "answer"]


def test_an_answer_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 0.01)
    begun, release = Event(), Event()
    team = Crew.of(1)
    team.at_once(lambda: (release.wait(60), None)[1])
    team.answer(begun.set)
    assert begun.wait(60)
    release.set()
    team.close()


def test_a_job_that_fails_holds_nobody_up() -> None:
    def fails() -> None:
        raise RuntimeError

    done: list[str] = []
    team = Crew.of(1)
    team.at_once(fails)
    team.answer(fails)
    team.answer(lambda: done.append("answer"))
    team.close()
    assert done == ["answer"]
