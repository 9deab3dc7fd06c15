"""When two sources record one occasion, and when two stretches of them are one utterance."""

import pytest

from knowledge.speakers.recordings import Place, counterpart, overlap, same_appearance
from knowledge.text.fingerprints import SHINGLE
from tests.knowledge.speakers.dialogues import GUEST, Said, dialogue, source


def word(number: int) -> str:
    """Return a word of its own for each number; figures in words would not be heard."""
    return "bdfgk"[number // 20] + "aeiou"[number % 5] + "lmnr"[number // 5 % 4] + "ost"


TALK, ANOTHER = dialogue(11), dialogue(12)


def test_three_tenths_of_the_shorter_ones_word_runs_tell_one_occasion_and_fewer_do_not() -> None:
    one, seen = source(TALK, labelled=False, source_id="one"), set()
    for shared in range(0, 400, 10):
        other = source([*TALK[:shared], *ANOTHER[: 400 - shared]], labelled=False, source_id="other")
        share = overlap(one, other)
        assert same_appearance(one, other) is (share >= 0.3)
        seen.add(int(20 * share))
    assert {4, 5, 6, 7, 8, 9} <= seen  # between .2 and .5


@pytest.mark.parametrize(("runs", "told"), [(40, True), (39, False)])
def test_forty_word_runs_tell_an_occasion_and_fewer_do_not(runs: int, told: bool) -> None:
    said = [Said(word(number), GUEST) for number in range(runs + SHINGLE - 1)]
    one, other = (source(said, labelled=False, source_id=name) for name in ("one", "other"))
    assert same_appearance(one, other) is told


@pytest.mark.parametrize(("same", "found"), [(10, True), (9, False)])
def test_half_of_a_quotations_words_at_their_place_find_it_in_the_other_version(same: int, found: bool) -> None:
    words = [word(number) for number in range(60)]
    heard = [*words[: 20 + same], *(f"q{word(number)}" for number in range(20 - same)), *words[40:]]
    one = source([Said(each, GUEST) for each in words], labelled=False, source_id="one")
    other = source([Said(each, GUEST) for each in heard], labelled=False, source_id="other")
    start, end = one.text.index(word(20)), one.text.index(f" {word(40)}")
    assert (counterpart(Place(one, start, end), other) is not None) is found
