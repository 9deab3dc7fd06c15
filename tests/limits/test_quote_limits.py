"""A quote lies inside one turn of hers, to the character."""

import pytest
from pydantic import ValidationError

from assistant.quotes import Quote
from knowledge.model.errors import SpanError
from knowledge.model.source import Source
from knowledge.model.turns import Role
from tests.invented import BEES, labelled_source

SOURCE = labelled_source(BEES, "bees")
HERS = [turn for turn in SOURCE.turns if turn.role is Role.SUBJECT]


def quoted(start: int, end: int, source: Source = SOURCE) -> str:
    return Quote(source=source, start=start, end=end).text


@pytest.mark.parametrize("number", range(len(HERS)))
def test_a_whole_turn_is_a_quote_and_a_character_more_on_either_side_is_none(number: int) -> None:
    start, end = HERS[number].start, HERS[number].end
    assert quoted(start, end) == SOURCE.text[start:end]
    for span in ((start - 1, end), (start, end + 1)):
        with pytest.raises((SpanError, ValidationError)):
            quoted(*span)


def test_one_character_is_a_quote_and_none_is_not() -> None:
    start = HERS[0].start
    assert quoted(start, start + 1) == SOURCE.text[start]
    for span in ((start, start), (start + 1, start), (-1, 5)):
        with pytest.raises((SpanError, ValidationError)):
            quoted(*span)


def test_sentences_beside_a_quote_touch_it_and_never_overlap_it() -> None:
    turn = HERS[0]
    text = SOURCE.text[turn.start : turn.end]
    middle = "The angle of the dance is the angle of the sun."
    start = turn.start + text.index(middle)
    quote = Quote(source=SOURCE, start=start, end=start + len(middle))
    assert (quote.before, quote.after) == ("Bees dance to point at flowers.", "Nobody taught them that.")
    first = Quote(source=SOURCE, start=turn.start, end=start + len(middle))
    assert (first.before, first.after) == (None, "Nobody taught them that.")
    last = Quote(source=SOURCE, start=start, end=turn.end)
    assert (last.before, last.after) == ("Bees dance to point at flowers.", None)


def test_a_quote_and_what_is_said_of_it_cannot_be_changed_afterwards() -> None:
    quote = Quote(source=SOURCE, start=HERS[0].start, end=HERS[0].end)
    with pytest.raises(ValidationError):
        quote.end = HERS[0].end + 5
    with pytest.raises(ValidationError):
        quote.attribution.speaker = "Tom Reed"
    assert quote.text == SOURCE.text[HERS[0].start : HERS[0].end]


def test_words_of_hers_without_a_name_are_attributed_to_nobody() -> None:
    unnamed = HERS[0].model_copy(update={"speaker": None})
    source = SOURCE.model_copy(update={"turns": tuple(unnamed if one is HERS[0] else one for one in SOURCE.turns)})
    with pytest.raises(SpanError, match="has no name"):
        _ = Quote(source=source, start=unnamed.start, end=unnamed.end).attribution
