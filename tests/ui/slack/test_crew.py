"""Who does the work, when everybody asks at once."""

from threading import Event

import pytest
from prometheus_client import REGISTRY

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


def test_what_waits_is_counted_until_it_is_done_or_has_failed() -> None:
    def waiting(kind: str) -> float:
        return REGISTRY.get_sample_value("ilya_slack_waiting", {"kind": kind}) or 0.0

    def fails() -> None:
        raise RuntimeError

    release, before = Event(), (waiting("answer"), waiting("moment"))
    team = Crew.of(1)
    team.at_once(lambda: (release.wait(60), None)[1])
    for job in (lambda: None, fails, lambda: None):
        team.answer(job)
    assert (waiting("answer"), waiting("moment")) == (before[0] + 3, before[1] + 1)
    release.set()
    team.close()
    assert (waiting("answer"), waiting("moment")) == before
