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


def garbled(count: int) -> list[Said]:
    """Return made-up words of the guest's, all different."""
    return [Said(f"zz{chr(97 + number % 26)}{chr(97 + number // 26)}", GUEST) for number in range(count)]


def guests_runs() -> list[list[tuple[int, int]]]:
    """Return the sentences, as words [first, last), of each of the guest's runs."""
    found: list[list[tuple[int, int]]] = [[]]
    first = 0
    for at, one in enumerate(TALK):
        if one.word[-1] in ".?":
            found[-1] += [(first, at + 1)] if one.speaker == GUEST else []
            first = at + 1
            if first == len(TALK) or TALK[first].speaker != one.speaker:
                found.append([])
    return [run for run in found if run]


def test_a_third_of_a_sentences_words_have_a_place_or_it_is_nobodys() -> None:
    known = {True: 0, False: 0}
    for run in guests_runs():
        for first, last in run[1:-1]:
            for heard in range(last - first):  # of whose words so many are heard, and one more is put in
                wrong = [*TALK[first : first + heard], *garbled(last - first - heard), Said("zyx.", GUEST)]
                found = projected([*TALK[:first], *wrong, *TALK[last:]])
                end = first + len(wrong)
                placed = sum(place is not None for place in found.places[first:end])
                if None in found.owners[first:end] or placed == end - first:
                    continue
                known[placed >= (end - first) / 3] += found.speaker(first, end) is not None
    assert known[False] == 0 < known[True]


def test_a_runs_last_sentence_of_which_only_the_first_word_is_heard_is_nobodys_and_one_in_its_middle_is_hers() -> None:
    counts = {True: [0, 0], False: [0, 0]}
    for run in guests_runs():
        for first, last in run[1:]:
            wrong = garbled(last - first - 1)
            if not 4 < last - first < 20:
                continue
            wrong[-1] = Said("zyx.", GUEST)
            found = projected([*TALK[: first + 1], *wrong, *TALK[last:]])
            counts[last == run[-1][1]][found.speaker(first, last) is not None] += 1
    assert counts[True][True] == 0 < counts[True][False]
    assert counts[False][True] > counts[False][False]


def test_a_sentence_whose_beginning_the_transcript_leaves_out_is_nobodys() -> None:
    known = {True: 0, False: 0}
    for (first, last), *_ in guests_runs():
        if last - first < 12 or not first:
            continue
        for cut in (0, 4):
            said = [*TALK[:first], *TALK[first + cut :]]
            said[first] = Said(said[first].word.capitalize(), GUEST)
            known[bool(cut)] += projected(said).speaker(first, last - cut) is not None
    assert known[True] == 0 < known[False]


def test_a_cut_is_exact_where_a_word_agrees_within_eight_on_both_sides() -> None:
    starts = [first for run in guests_runs() for first, _ in run[1:] if run[0][0] + 24 < first < run[-1][1] - 24]
    seen = set()
    for at in starts:
        for around in range(2, 12):
            wrong = garbled(2 * around)
            found = projected([*TALK[: at - around], *wrong, *TALK[at + around :]])
            if found.places[at - 1] is None or found.places[at] is None:
                continue
            near = [any(found._agreed[n] is not None for n in side) for side in (range(at - 8, at), range(at, at + 8))]
            assert found.cut(at) is all(near), (at, around)
            seen.add(all(near))
    assert seen == {True, False}
