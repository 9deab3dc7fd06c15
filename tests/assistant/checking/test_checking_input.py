"""Did he say this? What people paste: too little, too much, other letters, marks of other programs."""

import pytest

from assistant.checking import Checker, ClaimRefused, Verdict
from knowledge.library.store import Library
from tests.invented import labelled_source

REFUSED = [
    "",
    "   ",
    "“—!?…”",
    "scale",
    "two words",
    "\u200b\u200d",
    "数据",
    "\x00\ud800",
    "x" * 20_001,
    "buzz " * 200_000,
]


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_quotation_is_refused_in_one_sentence(checker: Checker, text: str) -> None:
    with pytest.raises(ClaimRefused) as refused:
        checker.check(text)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Вees dance tо point аt flowers.", Verdict.EXACT),  # Cyrillic look-alikes
        ("Bees\u200b dance to poi\u200dnt at flow\ufeffers.", Verdict.EXACT),
        ("<blockquote class='quote'>Bees dance to point at flowers.</blockquote>", Verdict.EXACT),
        ("> **Bees dance** to _point_ at flowers.", Verdict.EXACT),
        ("Bees dance 蜜蜂 to point at flowers.", Verdict.ALTERED),
        ("[CITATION] Bees dance to {quote} point at flowers %s.", Verdict.ALTERED),
        ("we're we're we're " * 500, Verdict.NOT_FOUND),
        ("\x00Bees dance\x07 to point at flowers.", Verdict.EXACT),
        ("\ud800 Bees dance to point at flowers.", Verdict.EXACT),
    ],
)
def test_strange_input_gets_a_verdict(checker: Checker, text: str, verdict: Verdict) -> None:
    assert checker.check(text).verdict is verdict


def test_look_alike_letters_are_mentioned(checker: Checker) -> None:
    found = checker.check("Вees dance tо point аt flowers.")
    assert [caution.kind.value for caution in found.warnings] == ["look_alike_letters"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("潮汐不是月亮一个人的功劳，太阳也帮了忙。", Verdict.EXACT),
        ("太阳也帮了忙", Verdict.EXACT),
        ("潮汐是月亮一个人的功劳，太阳也帮了忙。", Verdict.ALTERED),
        ("潮汐不是月亮两个人的功劳，太阳也帮了忙。", Verdict.ALTERED),
        ("你觉得潮汐从哪里来的呢", Verdict.OTHER_SPEAKER),
        ("蜜蜂是果园里最后的诗人", Verdict.NOT_FOUND),
    ],
)
def test_chinese_is_compared_character_by_character(
    library: Library, checker: Checker, text: str, verdict: Verdict
) -> None:
    told = "Tom Reed: 你觉得潮汐从哪里来的呢？\nMira Vane: 潮汐不是月亮一个人的功劳，太阳也帮了忙。\n"
    library.add(labelled_source(told, "chaoxi", language="zh"), told.encode(), origin="chaoxi")
    assert checker.check(text).verdict is verdict


def test_an_apostrophe_that_makes_another_word_is_a_change(library: Library, checker: Checker) -> None:
    text = "Mira Vane: I know that we're happy bees in the garden now.\n"
    library.add(labelled_source(text, "happy"), text.encode(), origin="happy")
    assert checker.check("I know that were happy bees in the garden now.").verdict is Verdict.ALTERED
    assert checker.check("I know that we’re happy bees in the garden now.").verdict is Verdict.EXACT
