import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.formats.draft import Draft
from knowledge.model.errors import SpanError
from knowledge.model.passages import passages, question_before
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source, count_words
from knowledge.model.turns import Certainty, Role, Turn
from tests.invented import BEES, labelled_source


def source_of(draft: Draft, **facts: object) -> Source:
    fields = {
        "id": "s",
        "title": "S",
        "language": "en",
        "provenance": "transcript",
        "sha256": "0" * 64,
        "reader": "t/1",
    }
    built = {"text": draft.text, "turns": tuple(draft.turns), "raw_map": draft.raw_map, "times": draft.times}
    return Source.model_validate({**fields, **built, **facts})


@given(st.lists(st.text(alphabet="ab \n\té。&", min_size=1, max_size=30), min_size=1, max_size=6))
def test_canonical_text_holds_every_word_and_maps_back_to_it(pieces: list[str]) -> None:
    raw = "|".join(pieces)
    draft = Draft(raw, "utf-8", "en", Provenance.TRANSCRIPT)
    position = 0
    for piece in pieces:
        draft.take(position, position + len(piece))
        draft.close_turn(role=Role.UNKNOWN)
        position += len(piece) + 1
    assert draft.text.split() == "".join(" " + piece for piece in pieces).split()
    for segment in draft.raw_map.segments:
        assert draft.text[segment.start : segment.end] == raw[segment.raw_start : segment.raw_end]


def test_a_span_maps_to_the_raw_characters_it_was_read_from() -> None:
    raw = "<b>One   two</b>\nthree"
    draft = Draft(raw, "utf-8", "en", Provenance.TRANSCRIPT)
    draft.take(3, 12)
    draft.take(17, 22)
    draft.close_turn(role=Role.UNKNOWN)
    assert draft.text == "One two three"
    start, end = draft.raw_map.raw_span(4, 13)
    assert raw[start:end] == "two</b>\nthree"
    with pytest.raises(SpanError):
        draft.raw_map.raw_span(3, 4)


def test_times_between_two_marks_are_in_proportion() -> None:
    draft = Draft("aaaa bbbb", "utf-8", "en", Provenance.TRANSCRIPT)
    draft.take(0, 4, seconds=10.0)
    draft.take(5, 9, seconds=20.0)
    draft.mark_end(24.0)
    draft.close_turn(role=Role.UNKNOWN)
    found = source_of(draft)
    assert [found.said_at(offset) for offset in (0, 5, 7)] == [10.0, 20.0, 22.0]


@pytest.mark.parametrize("spans", [[(0, 3), (2, 5)], [(0, 99)]])
def test_turns_overlap_or_leave_the_text_in_no_source(spans: list[tuple[int, int]]) -> None:
    draft = Draft("one two three", "utf-8", "en", Provenance.TRANSCRIPT)
    draft.take(0, 13)
    turns = [Turn(start=a, end=b, role=Role.UNKNOWN, provenance="transcript", language="en") for a, b in spans]
    with pytest.raises((ValidationError, SpanError)):
        source_of(draft, turns=turns)


def test_only_sure_words_of_the_subject_are_quotable() -> None:
    turn = Turn(start=0, end=1, role="subject", certainty="labelled", provenance="transcript", language="en")
    assert turn.quotable()
    assert not turn.model_copy(update={"provenance": Provenance.REPORT}).quotable()
    assert not turn.model_copy(update={"role": Role.OTHER}).quotable()
    inferred = turn.model_copy(update={"certainty": Certainty.INFERRED})
    assert not inferred.quotable()
    assert inferred.quotable(admit_inferred=True)
    with pytest.raises(ValidationError):
        Turn(start=0, end=1, role="subject", provenance="transcript", language="en")


def test_passages_are_whole_sentences_of_one_speaker_with_the_question_before() -> None:
    source = labelled_source(BEES, "bees")
    found = passages(source)
    assert [passage.text for passage in found][1] == (
        "I do not think ants dance. Ants follow a smell on the ground. The smell fades, so the path is always fresh."
    )
    asked = question_before(source, found[1].turn)
    assert asked is not None
    assert (asked.text, asked.by) == ("Do you think ants do something like it?", "Tom Reed")
    assert source.text[asked.start : asked.end] == asked.text


@pytest.mark.parametrize(("date", "good"), [("2015", True), ("2015-01", True), ("2015-13", False), ("15-1", False)])
def test_dates_are_iso_and_may_be_partial(date: str, good: bool) -> None:
    if good:
        assert labelled_source(BEES, "bees", date=date).date == date
    else:
        with pytest.raises(ValidationError):
            labelled_source(BEES, "bees", date=date)


def test_counts_words_in_both_scripts() -> None:
    assert count_words("We have but one internet — 我们只有一个") == 11


def test_a_copy_with_other_turns_does_not_remember_the_old_ones() -> None:
    source = labelled_source(BEES, "bees")
    assert source.turn_index(0) == 0
    fewer = source.model_copy(update={"turns": source.turns[1:]})
    with pytest.raises(SpanError):
        fewer.turn_index(0)
