"""How near a claim must be to count as his words, altered words, or somebody else's: on each side of every limit."""

import pytest

from assistant.checking import Checker, ClaimRefused, Verdict
from knowledge.library.store import Library
from tests.invented import labelled_source


def holding(library: Library, *said: tuple[str, str]) -> None:
    text = "\n".join(f"{name}: {words}" for name, words in said) + "\n"
    library.add(labelled_source(text, "held"), text.encode(), origin="held")


def verdict(checker: Checker, claim: str) -> Verdict:
    return checker.check(claim).verdict


HIS = "Herons guard marble bridges while copper lanterns warm sleepy orchards"


def changed(words: str, count: int) -> str:
    """Return words of which the last so many are others."""
    kept = words.split()
    return " ".join(kept[: len(kept) - count] + [f"{a}ink" for a in "bcdfghjk"[:count]])


def test_a_claim_has_three_words_and_at_most_twenty_thousand_characters(checker: Checker) -> None:
    assert verdict(checker, "the spring tide") is Verdict.EXACT
    with pytest.raises(ClaimRefused):
        checker.check("spring tide")
    long = "Bees dance to point at flowers. " * 625
    assert len(long) == 20_000
    checker.check(long)
    with pytest.raises(ClaimRefused):
        checker.check(long + "x" * 2)


def test_with_six_tenths_of_his_words_a_claim_is_altered_and_with_five_it_stands_nowhere(
    library: Library, checker: Checker
) -> None:
    holding(library, ("Mira Vane", f"{HIS}."))
    assert verdict(checker, f"{changed(HIS, 4)}.") is Verdict.ALTERED
    assert verdict(checker, f"{changed(HIS, 5)}.") is Verdict.NOT_FOUND


def test_with_nine_tenths_of_somebody_elses_words_a_claim_is_theirs_and_with_eight_it_is_not(
    library: Library, checker: Checker
) -> None:
    holding(library, ("Tom Reed", f"{HIS}."), ("Mira Vane", "I like it."))
    assert verdict(checker, f"{changed(HIS, 1)}.") is Verdict.OTHER_SPEAKER
    assert verdict(checker, f"{changed(HIS, 2)}.") is Verdict.NOT_FOUND


def test_four_words_between_marks_are_the_quotation_and_three_are_a_term(checker: Checker) -> None:
    assert verdict(checker, "He said “get the spring tide” at noon.") is Verdict.EXACT
    assert verdict(checker, "He said “the spring tide” at noon.") is not Verdict.EXACT


def test_of_a_claim_over_a_change_of_speaker_three_words_of_his_make_it_his_in_part(
    library: Library, checker: Checker
) -> None:
    holding(library, ("Tom Reed", "Do the marble bridges bear a winter of copper lanterns?"), ("Mira Vane", f"{HIS}."))
    asked = "the marble bridges bear a winter of copper lanterns?"
    assert verdict(checker, f"{asked} Herons guard marble") is Verdict.STITCHED
    assert verdict(checker, f"{asked} Herons guard") is Verdict.OTHER_SPEAKER


def test_two_pieces_of_five_words_are_joined_and_of_fewer_any_sentence_could_be_made(
    library: Library, checker: Checker
) -> None:
    holding(
        library,
        ("Mira Vane", "Herons guard marble bridges while copper lanterns warm sleepy orchards."),
        ("Tom Reed", "And then?"),
        ("Mira Vane", "Velvet thunder carries seven wooden anchors over the frozen canal."),
    )
    assert verdict(checker, "Herons guard marble bridges while seven wooden anchors over the") is Verdict.STITCHED
    assert verdict(checker, "Herons guard marble bridges while wooden anchors over the") is Verdict.NOT_FOUND  # 5 + 4
    assert verdict(checker, "marble bridges while copper lanterns warm over the frozen canal") is Verdict.STITCHED


def test_of_two_sentences_half_of_the_words_must_be_known(library: Library, checker: Checker) -> None:
    holding(library, ("Mira Vane", f"{HIS}."), ("Tom Reed", "And?"), ("Mira Vane", "Velvet thunder carries anchors."))
    strange = "Quartz gardens hum beneath"
    assert verdict(checker, f"{HIS}. {strange} them all, plum by plum, zinc.") is Verdict.ALTERED
    assert verdict(checker, f"Velvet thunder carries anchors. {strange} cold.") is Verdict.NOT_FOUND


def test_where_less_than_six_tenths_of_the_telling_words_agree_it_is_common_speech(
    library: Library, checker: Checker
) -> None:
    holding(
        library, ("Mira Vane", "I have a heron and it is in the orchard with a lantern on the bridge by the canal.")
    )
    said = "I have a heron and it is in the {} with a lantern on the bridge by the {}."
    assert verdict(checker, said.format("pocket", "plumber")) is Verdict.ALTERED  # three of five
    half = "I have a heron and it is in the {} with a lantern on the {}."
    assert verdict(checker, half.format("pocket", "plumber")) is Verdict.NOT_FOUND


def test_a_piece_joined_inside_a_sentence_has_four_words_and_with_three_the_sentence_is_altered(
    library: Library, checker: Checker
) -> None:
    other = "Velvet thunder carries seven wooden anchors over the frozen canal."
    holding(library, ("Mira Vane", f"{HIS}."), ("Tom Reed", "And then?"), ("Mira Vane", other))
    rest = "while copper lanterns warm sleepy orchards"
    assert verdict(checker, f"Velvet thunder carries seven {rest}") is Verdict.STITCHED
    assert verdict(checker, f"Velvet thunder carries bridges {rest}") is Verdict.ALTERED


def test_three_words_left_out_make_an_altered_sentence_and_four_a_joined_one(
    library: Library, checker: Checker
) -> None:
    left_out = "slowly beyond many painted"
    before, after = "Herons guard marble bridges while copper", "lanterns warm sleepy orchards"
    holding(library, ("Mira Vane", f"{before} {left_out} {after}, and the tide waits."))
    for kept, found in ((1, Verdict.ALTERED), (0, Verdict.STITCHED)):
        words = " ".join([before, *left_out.split()[:kept], after])
        assert verdict(checker, f"{words}, and the tide waits.") is found


def test_a_sentence_of_which_seven_tenths_are_his_counts_as_his_and_with_half_it_does_not(
    library: Library, checker: Checker
) -> None:
    holding(library, ("Mira Vane", f"{HIS}."), ("Tom Reed", "And?"), ("Mira Vane", "Velvet thunder carries anchors."))
    beside = "Velvet thunder carries anchors."
    assert verdict(checker, f"{beside} {changed(HIS, 3)}.") is Verdict.ALTERED
    assert verdict(checker, f"{beside} {changed(HIS, 5)}.") is Verdict.NOT_FOUND
