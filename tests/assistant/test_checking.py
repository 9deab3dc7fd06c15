"""Did he say this? Verdicts on claims over invented interviews."""

from pathlib import Path

import pytest

from assistant.checking import Checker, ClaimRefused, Verdict
from knowledge.library import Library
from knowledge.shingles import Shingles
from tests.invented import BEES, MIRA, TIDES, labelled_source

BOOKLETS = {"bees": (BEES, "2021-05"), "tides": (TIDES, "2023-11-02")}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with the two invented interviews."""
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    for name, (text, date) in BOOKLETS.items():
        source = labelled_source(text, name, title=f"On {name}", date=date)
        library.add(source, text.encode(), origin=name)
    return library


@pytest.fixture
def checker(library: Library, tmp_path: Path) -> Checker:
    """A checker over that library."""
    return Checker(Shingles(tmp_path / "shingles", library), MIRA)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Bees dance to point at flowers.", Verdict.EXACT),
        ("the angle of the dance is the angle of the sun", Verdict.EXACT),
        ("Bees dance to point at trees.", Verdict.ALTERED),
        ("Bees do not dance to point at flowers.", Verdict.ALTERED),
        ("I do think ants dance.", Verdict.ALTERED),
        ("The smell fades, so the path is fresh.", Verdict.ALTERED),
        ("A tide mill knows its timetable for the next hundred years, which no wind mill does.", Verdict.ALTERED),
        ("Bees dance to point at flowers. But honey is only patient.", Verdict.STITCHED),
        ("Bees dance to point at flowers and the sun helps.", Verdict.STITCHED),
        ("Do you think ants do something like it?", Verdict.OTHER_SPEAKER),
        ("Would you build a tide mill today? Yes. A tide mill knows its timetable", Verdict.STITCHED),
        ("The honest bee is the last philosopher of our gardens.", Verdict.NOT_FOUND),
    ],
)
def test_verdicts(checker: Checker, text: str, verdict: Verdict) -> None:
    assert checker.check(text).verdict is verdict


def test_exact_words_come_with_their_place(checker: Checker) -> None:
    found = checker.check("ants follow a smell on the ground")
    [place] = found.places
    assert place.source.id == "bees"
    assert place.text == "Ants follow a smell on the ground."
    assert place.quote is not None
    assert found.model_dump()["places"][0]["speaker"] == "Mira Vane"


def test_a_changed_word_is_named(checker: Checker) -> None:
    [place] = checker.check("When both pull together we get the neap tide.").places
    [difference] = place.difference
    assert (difference.op, difference.said, difference.claimed) == ("replace", "spring", "neap")
    assert place.source.text[difference.said_start : difference.said_end] == "spring"


def test_a_leading_negation_is_warned_of(checker: Checker) -> None:
    found = checker.check("ants dance … Ants follow a smell")
    assert found.verdict is not Verdict.NOT_FOUND


@pytest.mark.parametrize("text", ["", "   ", "“—!?…”", "scale", "two words", "\u200b\u200d"])
def test_what_is_no_quotation_is_refused_in_one_sentence(checker: Checker, text: str) -> None:
    with pytest.raises(ClaimRefused) as refused:
        checker.check(text)
    assert "\n" not in str(refused.value)
