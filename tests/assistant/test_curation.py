"""Adding, taking out and reviewing: the library and what is searched change together."""

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.curation import decision
from knowledge.library.importer import Outcome
from knowledge.model.errors import UnknownSource
from knowledge.model.turns import Role
from tests.invented import BEES, MIRA, TIDES

QUESTION = "Why do bees dance?"


def test_what_is_added_is_searched_and_what_is_removed_is_not(empty_assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "bees.txt"
    file.write_text(BEES, encoding="utf-8")
    (report,) = empty_assistant.add([file])
    assert report.outcome is Outcome.NEW
    assert report.source_id is not None
    assert empty_assistant.ask(QUESTION).quotes
    empty_assistant.remove(report.source_id)
    assert not empty_assistant.ask(QUESTION).quotes


def test_what_is_refused_costs_the_others_nothing(empty_assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "tides.txt").write_text(TIDES, encoding="utf-8")
    reports = empty_assistant.add([tmp_path / "empty.txt", tmp_path / "tides.txt"])
    assert [report.outcome for report in reports] == [Outcome.REFUSED, Outcome.NEW]


def test_both_kinds_of_progress_are_heard(empty_assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "bees.txt").write_text(BEES, encoding="utf-8")
    read: list[tuple[int, int]] = []
    embedded: list[tuple[int, int]] = []
    empty_assistant.add(
        [tmp_path / "bees.txt"],
        reading=lambda done, total: read.append((done, total)),
        embedding=lambda done, total: embedded.append((done, total)),
    )
    assert read[-1] == (1, 1)
    assert embedded


def test_what_is_not_held_cannot_be_removed(empty_assistant: Assistant) -> None:
    with pytest.raises(UnknownSource):
        empty_assistant.remove("nothing")


def test_what_a_person_reviews_is_searched(empty_assistant: Assistant, tmp_path: Path) -> None:
    cue = "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\nBees dance because they tell each other where flowers stand.\n"
    (tmp_path / "talk.vtt").write_text(cue, encoding="utf-8")
    (report,) = empty_assistant.add([tmp_path / "talk.vtt"])
    assert report.source_id is not None
    source = empty_assistant.library.source(report.source_id)
    assert not empty_assistant.ask(QUESTION).quotes
    turn = source.turns[0]
    reviewed = empty_assistant.review(source, [decision(MIRA, turn.start, turn.end, Role.SUBJECT, None)])
    assert reviewed.quotable_words() > 0
    assert empty_assistant.ask(QUESTION).quotes
