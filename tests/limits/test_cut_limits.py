"""How far around a quotation a cut is looked at: on each side of every limit."""

from assistant.checking.cuts import cut_caution, read_around
from tests.assistant.fairness.test_context import talk


def warned(said: str, cut: str) -> list[str]:
    """Return the kinds of caution that a cut of some words of a turn gives."""
    source = talk("So?", said)
    start = source.text.index(cut)
    return [caution.kind.value for caution in read_around(source, start, start + len(cut)).cautions]


def test_a_retraction_in_the_sixth_sentence_is_told_and_in_the_seventh_not() -> None:
    for between, is_told in ((0, True), (5, True), (6, False)):
        said = "Honey lasts. " + "Wax is pale. " * between + "I take that back."
        assert warned(said, "Honey lasts.") == (["retracted"] if is_told else [])


def test_a_denial_fourteen_words_before_is_told_and_fifteen_before_not() -> None:
    for between, is_told in ((13, True), (14, False)):
        said = "We never " + "buzz " * between + "see ants dance."
        assert warned(said, "see ants dance.") == (["negation"] if is_told else [])


def test_a_limit_fourteen_words_behind_is_told_and_fifteen_behind_not() -> None:
    for between, is_told in ((13, True), (14, False)):
        said = "The mill stands " + "buzz " * between + "unless."
        assert warned(said, "The mill stands") == (["condition"] if is_told else [])


def test_a_condition_sixty_words_before_is_told_and_sixty_one_before_not() -> None:
    for between, is_told in ((59, True), (60, False)):
        said = "If " + "buzz " * between + "bread wins."
        assert warned(said, "bread wins.") == (["condition"] if is_told else [])


def test_who_is_made_to_speak_in_the_last_twelve_words_of_the_sentence_before_is_told() -> None:
    for between, is_told in ((10, True), (11, False)):
        said = "People say " + "buzz " * (between - 1) + "buzz. Honey lasts."
        assert warned(said, "Honey lasts.") == (["reported"] if is_told else [])


def test_only_what_an_ellipsis_leaves_out_is_held_against_it() -> None:
    for left_out, is_told in (("Wax is soft.", False), ("I take that back.", True)):
        source = talk("So?", f"Scratch that. The moon pulls. {left_out} Bees dance.")
        start = source.text.index(left_out)
        found = cut_caution(source, start - 1, start + len(left_out) + 1)
        assert (found is not None) is is_told
