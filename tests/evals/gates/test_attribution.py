"""Who, when, where and what was asked: a record that differs from its raw file is seen, and so is a wrong card."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant, Quote
from assistant.answers import Coverage, NumberedQuote
from evals.gates import surfaces
from evals.gates.answer_gates import check_answer
from evals.run.worlds import World
from knowledge.model.source import Source
from knowledge.model.subject import default_subject
from knowledge.search.embedding import BilingualEmbeddings
from knowledge.starter.book import book_files, read_book_file
from ui.rendering.answer_texts import texts

Misses = tuple[str, ...]


@pytest.fixture(scope="module")
def book() -> dict[str, tuple[Path, Source]]:
    return {path.stem: (path, read_book_file(path, default_subject())) for path in book_files()}


@pytest.fixture
def timed(book: dict[str, tuple[Path, Source]]) -> Source:
    """A source whose quotations carry times, and whose address understands them."""
    found = [one for _, one in book.values() if one.turns[0].said_at and "youtube" in (one.url or "")]
    return found[0]


@pytest.fixture
def seen(
    assistant: Assistant, embeddings: BilingualEmbeddings, book: dict[str, tuple[Path, Source]]
) -> Callable[[Source], Misses]:
    """Return what the gate says of a source's first quotation; of the speaker nothing, the subject is invented."""
    files = {source.sha256: path for path, source in book.values()}

    def misses(source: Source) -> Misses:
        quote = Quote(source=source, start=source.turns[0].start, end=source.turns[0].end)
        shown = (NumberedQuote(number=1, quote=quote),)
        answer = Answer(question="Why?", selector="extractive", quotes=shown, coverage=Coverage(sources=1))
        world = World(assistant, embeddings, {source.id: source}, files)
        found = check_answer(answer, answer, world).gates["attribution"].misses
        return tuple(miss for miss in found if "is said to be" not in miss)

    return misses


def test_the_book_s_own_records_are_green(seen: Callable[[Source], Misses], timed: Source) -> None:
    assert seen(timed) == ()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"date": "2001-01"}, "has the date “2001-01”"),
        ({"title": "Another talk"}, "has the title “Another talk”"),
        ({"venue": "Another venue"}, "has the venue “Another venue”"),
        ({"url": "https://elsewhere.invalid/watch"}, "links to https://elsewhere.invalid/watch"),
    ],
)
def test_a_record_of_another_source_is_seen(
    seen: Callable[[Source], Misses], timed: Source, change: dict[str, str], complaint: str
) -> None:
    assert any(complaint in miss for miss in seen(timed.model_copy(update=change)))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"said_at": 1.0}, "is said at 1.0 s"),
        ({"question": "What is honey?"}, "answers “What is honey?”"),
        ({"provenance": "translation"}, "has the provenance “translation”"),
    ],
)
def test_a_turn_with_another_time_question_or_provenance_is_seen(
    seen: Callable[[Source], Misses], timed: Source, change: dict[str, Any], complaint: str
) -> None:
    first = timed.turns[0]
    changed = type(first).model_validate({**first.model_dump(), **change})
    assert any(complaint in miss for miss in seen(timed.model_copy(update={"turns": (changed, *timed.turns[1:])})))


def test_three_seconds_are_seen(seen: Callable[[Source], Misses], timed: Source) -> None:
    later = timed.turns[0].model_copy(update={"said_at": (timed.turns[0].said_at or 0) + 3})
    found = seen(timed.model_copy(update={"turns": (later, *timed.turns[1:])}))
    assert any("the file says between" in miss for miss in found)
    assert any("links to" in miss for miss in found)


def _spoken(timed: Source) -> str:
    names = "January February March April May June July August September October November December".split()
    year, month = (timed.date or "").split("-")[:2]
    return f"{names[int(month) - 1]} {year}"


def test_what_a_surface_says_otherwise_is_seen(
    seen: Callable[[Source], Misses], timed: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(name: str, old: str, new: str) -> Misses:
        render = getattr(surfaces, name)
        with monkeypatch.context() as patch:
            patch.setattr(surfaces, name, lambda shown: render(shown).replace(old, new))
            return seen(timed)

    assert any("terminal [1] does not show" in miss for miss in changed("answer_text", _spoken(timed), "Smarch 2020"))
    assert any("terminal [1] links to" in miss for miss in changed("answer_text", "t=", "t=9"))
    assert any("terminal [1] does not link" in miss for miss in changed("answer_text", "https://", "see "))
    assert timed.how is not None
    known = texts("en").how[timed.how]
    assert any("terminal [1] does not show “" in miss for miss in changed("answer_text", known, "handwriting"))
    word = max(re.findall(r"\w+", known), key=len)
    assert any("html [1] does not show “" in miss for miss in changed("answer_html", word, "handwriting"))
    assert any("markdown [1] links to" in miss for miss in changed("answer_markdown", "t=", "t=9"))
