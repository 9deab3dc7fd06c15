"""When labels are believed, which lines are labels, and where one is lost: on each side of every limit."""

from collections.abc import Sequence

import pytest

from knowledge.formats.blocks import Block, BlockKind, Piece
from knowledge.interviews.labels import Layout, Prefix, accepted_layouts
from knowledge.interviews.lost_words import without_lost_labels
from knowledge.interviews.roles import Said, is_punctuated, labels_broken
from knowledge.interviews.utterances import Utterance
from knowledge.model.turns import Role
from tests.knowledge.interviews.test_labelled import quotable_text, read_text

A, B = "Tom Reed", "Mira Vane"


def changing(broken: int, changes: int) -> list[Said]:
    """Return turns of two people in turn, of whose changes the first so many break a sentence."""
    said = [Said((A, B)[number % 2], "bees dance on the wall.") for number in range(changes + 1)]
    for number in range(broken):
        said[number] = said[number]._replace(text="bees dance on the")
    return said


@pytest.mark.parametrize(
    ("broken", "changes", "believed"),
    [
        (3, 30, True),  # one in ten
        (3, 29, False),
        (10, 100, True),
        (11, 100, False),
        (3, 6, False),  # in half of the places
        (2, 4, True),  # two may be interruptions
        (3, 4, False),
        (0, 40, True),
    ],
)
def test_labels_are_believed_while_one_change_in_ten_breaks_a_sentence(
    broken: int, changes: int, believed: bool
) -> None:
    assert (labels_broken(changing(broken, changes)) is None) is believed


def test_two_hundred_words_need_no_stop_and_one_word_more_does() -> None:
    assert is_punctuated(["wax " * 200])
    assert not is_punctuated(["wax " * 201])


def test_one_stop_in_eighty_words_is_punctuation_and_fewer_are_none() -> None:
    assert is_punctuated(["wax " * 395 + "wax. " * 5])
    assert not is_punctuated(["wax " * 396 + "wax. " * 4])


def test_without_stops_turns_of_twenty_five_words_are_believed_and_shorter_ones_are_not() -> None:
    turns = [Said((A, B)[number % 2], "wax " * 25) for number in range(10)]
    assert labels_broken(turns) is None
    assert labels_broken([*turns[:-1], turns[-1]._replace(text="wax " * 24)]) is not None


def prefixes(names: Sequence[str], layout: Layout = Layout.COLON) -> list[Prefix | None]:
    return [Prefix(name, layout, 5) for name in names]


@pytest.mark.parametrize(
    ("names", "recorded", "accepted"),
    [
        ("ABAB", False, True),
        ("ABA", False, False),  # only one of them twice
        ("AABB", False, False),  # they change once
        ("ABABAB", True, True),
        ("ABAB", True, False),  # in captions it takes three turns each
    ],
)
def test_a_layout_counts_when_two_names_take_turns_often_enough(names: str, recorded: bool, accepted: bool) -> None:
    assert (Layout.COLON in accepted_layouts(prefixes(names), recorded=recorded)) is accepted


@pytest.mark.parametrize(
    ("names", "above", "accepted"),
    [
        ((A, B, A), 0, True),
        ((A, B), 0, False),
        ((A, B, A), 6, True),
        ((A, B, A), 7, False),
        (("Tom", "Mira", "Tom"), 0, False),  # no whole names
        ((A, B, "Ana Sol"), 0, False),  # three people
    ],
)
def test_a_short_interview_has_three_turns_of_two_whole_names_near_its_top(
    names: Sequence[str], above: int, accepted: bool
) -> None:
    assert bool(accepted_layouts([None] * above + prefixes(names))) is accepted


@pytest.mark.parametrize(
    ("seconds", "accepted"), [((0, 9, 20), True), ((0, 9), False), ((0, 20, 9), False), ((0, 9, 9), False)]
)
def test_one_name_over_three_rising_times_is_a_talk(seconds: Sequence[float], accepted: bool) -> None:
    found = accepted_layouts([Prefix(B, Layout.STAMP, 5, second) for second in seconds])
    assert (found == {Layout.STAMP}) is accepted


NARRATION = "The hall was full that evening, the lamps were lit, and a wind from the harbour moved the curtains. "


def article(turns: int, narrated: int) -> str:
    """Return turns of eight words each, and so much narration above them."""
    said = [f"{(A, B)[number % 2]}: I think that you know the bees well." for number in range(turns)]
    return NARRATION * narrated + "\n\n" + "\n\n".join(said) + "\n"


def test_with_four_turns_of_hers_among_narration_it_is_an_interview_and_with_three_it_is_none() -> None:
    assert "bees well" in quotable_text(read_text(article(4, 4)))
    assert "bees well" not in quotable_text(read_text(article(3, 4)))


def test_with_three_turns_half_of_the_words_stand_under_labels() -> None:
    for narrated, is_interview in ((1, True), (2, False)):  # 24 words of 43, of 62
        assert ("bees well" in quotable_text(read_text(article(3, narrated)))) is is_interview


def one(label: str | None, text: str = "Wax is soft. It is pale.", *, opens: bool = True) -> Utterance:
    block = Block(BlockKind.PARAGRAPH, (Piece(text, 0, len(text)),))
    return Utterance(label, (block,), opens=opens and label is not None)


def in_turn(count: int) -> list[Utterance]:
    return [one((A, B)[number % 2]) for number in range(count)]


def lost(found: Sequence[Utterance]) -> list[str]:
    """Return the texts that are nobody's once lost labels are reckoned with."""
    return [each.text.strip() for each in without_lost_labels(found, wrapped=False) if each.label is None]


def test_habits_are_read_from_eight_turns_on() -> None:
    for count, is_lost in ((8, True), (7, False)):
        turns = in_turn(count)
        below = one(turns[-1].label, "The hall was empty.", opens=False)
        assert lost([*turns, below]) == (["The hall was empty."] if is_lost else [])


@pytest.mark.parametrize(("count", "repeats", "is_lost"), [(16, 2, True), (16, 3, False), (8, 1, True)])
def test_a_label_is_lost_between_two_alike_where_at_most_one_in_eight_is(
    count: int, repeats: int, is_lost: bool
) -> None:
    turns = in_turn(count - repeats)
    for number in range(repeats):  # a second turn under the label before it
        turns.insert(3 * number + 1, one(turns[3 * number].label))
    assert lost(turns) == (["It is pale."] * repeats if is_lost else [])


def test_from_twenty_turns_on_what_stands_behind_nobodys_words_has_lost_its_label() -> None:
    goes_on = one(B, "The moon pulls.", opens=False)
    for count, is_lost in ((20, True), (19, False)):
        turns = [*in_turn(2), one(None, "The lamps went out."), goes_on, *in_turn(count - 2)]
        assert ("The moon pulls." in lost(turns)) is is_lost


def test_one_paragraph_in_fifty_may_have_lost_its_label_and_where_more_have_none_it_is_the_habit() -> None:
    for count, is_lost in ((50, True), (49, False)):
        turns = in_turn(count)
        turns.insert(2, one(B, "The moon pulls.", opens=False))
        assert lost(turns) == (["The moon pulls."] if is_lost else [])


def test_a_last_paragraph_of_sixty_words_that_asks_is_not_the_answerers_and_a_longer_one_is() -> None:
    for words, is_lost in ((60, True), (61, False)):
        asks = "wax " * (words - 1) + "melts?"
        turns = in_turn(8)
        turns.insert(2, one(B, asks, opens=False))
        assert lost(turns) == ([asks] if is_lost else [])


def test_a_label_that_names_another_speaker_beside_her_is_not_hers_alone() -> None:
    lines = [(A, "So?"), (B, "I count bees."), (A, "And?"), ("Mira Vane (Tom Reed)", "We count ants."), (A, "Why?")]
    source = read_text("\n\n".join(f"{name}: {words}" for name, words in [*lines, (B, "I like them.")]))
    shared = next(turn for turn in source.turns if "We count" in source.text[turn.start : turn.end])
    assert shared.role is not Role.SUBJECT
