"""What a speaker map vouches for: words put in, stretches misheard, parts of an interview, on each side of a limit."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from knowledge.speakers.map_application import apply_map, matching_map
from knowledge.speakers.map_projection import Projection, Transcript
from knowledge.speakers.speaker_maps import make_map
from tests.knowledge.speakers.dialogues import GUEST, Said, dialogue, quotable, source

TALK = dialogue(1)
MAP = make_map(source(TALK, labelled=True))


def inside_guests(said: Sequence[Said], around: int) -> Iterator[int]:
    """Yield places in the middle of the guest's sentences, so many words from a sentence's ends and a change."""
    for at in range(around, len(said) - around):
        near = said[at - around : at + around]
        if all(one.speaker == GUEST and one.word[-1] not in ".?" and one.word[0].islower() for one in near):
            yield at


def projected(said: list[Said]) -> Projection:
    return Projection(Transcript(source(said, labelled=False)), MAP)


def with_put_in(at: int, *words: str) -> list[Said]:
    return [*TALK[:at], *(Said(word, None) for word in words), *TALK[at:]]


PLACES = list(inside_guests(TALK, 5))


def test_there_are_sentences_to_put_words_into() -> None:
    assert len(PLACES) > 20


def credited(*words: str) -> float:
    """Return in which share of the places these words, put in, are counted as the map's speaker's."""
    owners = [projected(with_put_in(at, *words)).owners[at : at + len(words)] for at in PLACES[::2]]
    return sum(any(owner is not None for owner in found) for found in owners) / len(owners)


@pytest.mark.parametrize("word", ["yeah", "right", "exactly", "wow", "okay"])
def test_an_interjection_that_the_map_does_not_have_is_not_credited_to_the_speaker(word: str) -> None:
    assert credited(word) < 0.1  # marks of five bits agree by chance in one of thirty-two places


def test_an_interjection_put_into_his_sentence_is_not_quoted_and_a_made_up_word_costs_nothing() -> None:
    for word, is_quoted in (("yeah", False), ("marrow", True)):
        each = [with_put_in(at, word) for at in PLACES[::4]]
        quoted = [quotable(apply_map(source(said, labelled=False), MAP), said)[None] for said in each]
        assert (sum(quoted) > len(quoted) / 2) is is_quoted
        assert is_quoted or sum(quoted) < len(quoted) / 10


def test_three_words_put_in_may_be_the_recognisers_and_four_are_nobodys() -> None:
    assert credited("marrow", "gasket", "pylon") > 0.7
    assert credited("marrow", "gasket", "pylon", "trivet") < 0.3


def longest_run() -> tuple[int, int]:
    edges = [0, *(n for n in range(1, len(TALK)) if TALK[n].speaker != TALK[n - 1].speaker), len(TALK)]
    runs = [(first, last) for first, last in pairwise(edges) if TALK[first].speaker == GUEST]
    return max(runs, key=lambda run: run[1] - run[0])


def test_words_misheard_over_twenty_four_places_run_in_parallel_and_over_more_they_do_not() -> None:
    first, last = longest_run()
    middle, seen = (first + last) // 2, set()
    for count in range(4, min(44, last - first - 16)):
        start = middle - count // 2
        wrong = [Said(f"zz{chr(97 + number % 26)}{chr(97 + number // 26)}", GUEST) for number in range(count)]
        found = projected([*TALK[:start], *wrong, *TALK[start + count :]])
        known = [at for at, place in enumerate(found._agreed) if place is not None]
        gap = min(at for at in known if at >= start + count) - max(at for at in known if at < start)
        seen.add(gap)
        inside = range(start, start + count)
        assert all((found.places[at] is not None) is (gap <= 24) for at in inside), gap
        assert all((found.owners[at] is not None) is (gap <= 24) for at in inside), gap
    assert any(12 < gap <= 24 for gap in seen)
    assert any(24 < gap <= 48 for gap in seen)


def test_a_map_fits_where_it_has_half_of_the_words_and_a_hundred_and_twenty_of_them() -> None:
    seen = set()
    for own in range(40, 700, 20):
        for others in (0, 150, 500):
            page = source([*dialogue(50)[:others], *TALK[:own]], labelled=False)
            found = Projection(Transcript(page), MAP)
            placed = found.share * len(found.words)
            assert (matching_map(page, [MAP]) is not None) is (found.share >= 0.5 and placed >= 120)
            seen.add((found.share >= 0.5, placed >= 120, 0.3 <= found.share < 0.7, 60 <= placed < 240))
    assert {(True, True, True, True), (False, True, True, True), (True, False, False, True)} <= seen
