"""Chinese questions are searched in English too, and what cannot be translated is known to be unknown."""

import pytest

from knowledge.search.terms import by_dictionary, in_english, terms, untranslated


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("强化学习和奖励函数", ("reinforcement", "learning", "RL", "reward", "function")),
        ("奖励是什么？", ("reward", "rewards")),
        ("火山", ()),
        ("What about robots?", ()),
    ],
)
def test_the_longest_term_is_translated_once(text: str, english: tuple[str, ...]) -> None:
    assert in_english(text) == english


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("他怎么看火山？", ("火山",)),
        ("为什么要有奖励函数？", ()),
        ("她认为什么是最好的鸵鸟农场？", ("鸵鸟", "鸟农", "农场")),
        ("然后呢？", ()),
        ("Why volcanoes?", ()),
    ],
)
def test_what_the_glossary_does_not_know_is_told(text: str, unknown: tuple[str, ...]) -> None:
    assert untranslated(text) == unknown


@pytest.mark.parametrize(
    ("text", "known", "english", "left"),
    [
        ("蜜蜂为什么跳舞？", {"bee", "danc"}, ("bee", "danc"), ""),
        ("蜜蜂为什么跳舞？", {"bee"}, ("bee",), "跳舞"),
        ("是什么推动港口的潮汐？", {"tide", "harbor", "port", "impetus"}, ("impetus", "port", "harbor", "tide"), ""),
        ("奖励蜜蜂", {"bee", "reward"}, ("bee",), ""),
        ("Why bees?", {"bee"}, (), ""),
    ],
)
def test_words_of_any_field_get_the_english_that_is_searched(
    text: str, known: set[str], english: tuple[str, ...], left: str
) -> None:
    found, unread = by_dictionary(text, known.__contains__)
    assert (found, "".join(unread.split())) == (english, left)


def test_stop_words_and_stems() -> None:
    assert terms("The bees were dancing, weren't they?") == ("bee", "danc", "weren")
