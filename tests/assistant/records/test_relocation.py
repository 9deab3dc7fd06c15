"""A library that moves into another database is the same there, or the other is left as it was."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from assistant.quotes import Quote
from assistant.records import relocation
from assistant.records.moved_quotes import prove_quotes
from assistant.records.saved_answers import AnswerRow, ConversationAnswerRow, ConversationRow, FeedbackRow
from knowledge.library.store import Library
from knowledge.model.errors import LibraryUnavailable
from tests.invented import BEES, TIDES, labelled_source
from tests.postgres import running_postgres

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def a_library(path: Path) -> Library:
    """A library with two editions of one source, an answer and a vote."""
    library = Library(f"sqlite:///{path}")
    bees = labelled_source(BEES, "bees")
    library.add(labelled_source(TIDES, "tides"), TIDES.encode(), origin="tides.txt")
    library.add(bees, BEES.encode(), origin="bees.txt")
    turn = next(turn for turn in bees.turns if turn.quotable())
    quote = Quote(source=bees, start=turn.start, end=turn.end)
    with Session(library.engine) as session, session.begin():
        session.add(
            AnswerRow(
                id="a1", question="Why?", language="en", reason=None, selector="extractive",
                coverage={"sources": 2}, quote_ids=[quote.id, "q_gone"], given_at=NOW,
            )
        )  # fmt: skip
        session.add(ConversationRow(id="c1", owner="ada", title="Why?", begun_at=NOW, changed_at=NOW))
        session.flush()
        session.add(ConversationAnswerRow(conversation_id="c1", answer_id="a1"))
        session.add(FeedbackRow(quote_id=quote.id, answer_id="a1", verdict="good", owner="ada", given_at=NOW))
    return library


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """An empty library elsewhere."""
    if request.param == "sqlite":
        yield Library(f"sqlite:///{tmp_path / 'other.db'}")
        return
    with running_postgres() as server:
        library = Library(server.url())
        yield library
        library.engine.dispose()


def test_every_row_is_there_every_citation_gives_the_same_words_and_counting_goes_on(
    tmp_path: Path, target: Library
) -> None:
    library = a_library(tmp_path / "library.db")
    moved = relocation.relocate(library, target)
    assert moved.editions == 2
    assert moved.rows["answers"] == moved.rows["feedback"] == moved.rows["conversation_answers"] == 1
    for name in ("bees", "tides"):
        assert target.source(name) == library.source(name)
        assert target.raw(target.source(name)) == library.raw(library.source(name))
    assert target.editions() == library.editions()
    proof = prove_quotes(library, target)
    assert (proof.same, proof.lost) == (1, ())
    target.add(labelled_source(BEES, "more"), BEES.encode(), origin="more.txt")
    with Session(target.engine) as session, session.begin():
        session.add(FeedbackRow(quote_id="q", answer_id=None, verdict="good", owner=None, given_at=NOW))


def test_a_database_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    library, other = a_library(tmp_path / "library.db"), a_library(tmp_path / "other.db")
    with pytest.raises(LibraryUnavailable, match="holds something already"):
        relocation.relocate(library, other)
    with pytest.raises(LibraryUnavailable, match="in already"):
        relocation.relocate(library, library)
    assert len(other.editions()) == 2


def test_what_is_not_given_back_as_it_was_is_refused_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, other = a_library(tmp_path / "library.db"), Library(f"sqlite:///{tmp_path / 'other.db'}")
    copied = relocation._copy

    def damaging(source: object, target: object, tables: object) -> int:
        count = copied(source, target, tables)  # type: ignore[arg-type]
        target.execute(text("UPDATE editions SET document = x'00' WHERE source_id = 'bees'"))  # type: ignore[attr-defined]
        return count

    monkeypatch.setattr(relocation, "_copy", damaging)
    with pytest.raises(LibraryUnavailable, match="“bees” is not the same"):
        relocation.relocate(library, other)
    assert other.editions() == []


def test_a_citation_that_gives_other_words_is_named(tmp_path: Path) -> None:
    library, other = a_library(tmp_path / "library.db"), Library(f"sqlite:///{tmp_path / 'other.db'}")
    other.add(labelled_source(TIDES, "tides"), TIDES.encode(), origin="tides.txt")
    proof = prove_quotes(library, other)
    assert proof.same == 0
    assert len(proof.lost) == 1
