import pytest

from assistant.fairness.context import fair_run
from assistant.quotes import Quote
from assistant.selection.deduplication import Presenter
from knowledge.model.source import Source
from tests.invented import BEES, labelled_source


def talk(*turns: str) -> Source:
    names = ("Tom Reed", "Mira Vane")
    return labelled_source("\n".join(f"{names[n % 2]}: {words}" for n, words in enumerate(turns)), "talk")


def widened(source: Source, words: str) -> str | None:
    start = source.text.index(words)
    span = fair_run(source, start, start + len(words))
    return source.text[span.start : span.end] if span else None


@pytest.mark.parametrize(
    ("said", "shown", "expected"),
    [
        ("Wasps idle. But they guard. So we keep them.", "Wasps idle.", "Wasps idle. But they guard."),
        ("I expect rain. Or rather, it may rain.", "I expect rain.", "I expect rain. Or rather, it may rain."),
        ("Is honey eternal? It is only patient.", "Is honey eternal?", "Is honey eternal? It is only patient."),
        ("Bees see. That's why they shine.", "That's why they shine.", "Bees see. That's why they shine."),
        (
            "Let's suppose the queen is lost. Then the hive would panic.",
            "Then the hive would panic.",
            "Let's suppose the queen is lost. Then the hive would panic.",
        ),
        (
            "On the surface ants look busy. I watched them. But most of them rest.",
            "On the surface ants look busy.",
            "On the surface ants look busy. I watched them. But most of them rest.",
        ),
        (
            "People are saying, bees are machines. It's all reflex. Nope, bees learn.",
            "It's all reflex.",
            "People are saying, bees are machines. It's all reflex. Nope, bees learn.",
        ),
        (
            "Early on you say, hey, bees are machines. That's a fine idea. Let us build one. It should fly, but how?",
            "Early on you say, hey, bees are machines. That's a fine idea.",
            "Early on you say, hey, bees are machines. That's a fine idea. Let us build one. It should fly, but how?",
        ),
        (
            "The queen is safe. Maybe I should clarify that. I think some queens need guards.",
            "I think some queens need guards.",
            "The queen is safe. Maybe I should clarify that. I think some queens need guards.",
        ),
        (
            "There's this theory that drones sleep. Today we know that actually they wake early.",
            "There's this theory that drones sleep.",
            "There's this theory that drones sleep. Today we know that actually they wake early.",
        ),
        (
            "I was like, “This was a bad hive. I could leave it, or stay.” So I stayed.",
            "I could leave it, or stay.”",
            "I was like, “This was a bad hive. I could leave it, or stay.”",
        ),
        (
            "People think about hives for parks. They fill up fast. So you sell few. But honey is different.",
            "So you sell few.",
            "People think about hives for parks. They fill up fast. So you sell few. But honey is different.",
        ),
        (
            "No hive is made of straw now. Some people.",
            "No hive is made of straw now.",
            "No hive is made of straw now. Some people.",
        ),
        (
            "I have two possible explanations. The first is the cold.",
            "I have two possible explanations.",
            "I have two possible explanations. The first is the cold.",
        ),
        (
            "It's not a harvest. It's more of a theft.",
            "It's not a harvest.",
            "It's not a harvest. It's more of a theft.",
        ),
        (
            "The meadow is still quite rich. There is clover left. But one day it will end.",
            "The meadow is still quite rich.",
            "The meadow is still quite rich. There is clover left. But one day it will end.",
        ),
        ("Bees dance. Ants walk. The moon pulls.", "Ants walk.", "Ants walk."),
        ("Bees still dance. Ants walk. The moon pulls.", "Bees still dance.", "Bees still dance."),
        ("It is a harvest, not a theft, as I see it in the end. We eat.", "We eat.", "We eat."),
    ],
)  # fmt: skip
def test_a_run_is_widened_until_it_is_fair_and_no_farther(said: str, shown: str, expected: str) -> None:
    assert widened(talk("So?", said), shown) == expected


def test_a_voice_without_an_answer_is_not_shown() -> None:
    assert widened(talk("So?", "You say, hey, bees. That's all reflex. The moon pulls."), "That's all reflex.") is None


def test_a_short_reply_that_is_echoed_and_taken_back_is_not_shown() -> None:
    source = talk("Was it easy?", "A little.", "A little?", "No, I retract that, it was hard.")
    assert widened(source, "A little.") is None


def quote(source: Source, words: str) -> Quote:
    start = source.text.index(words)
    return Quote(source=source, start=start, end=start + len(words))


def test_one_utterance_is_shown_once_from_two_versions() -> None:
    one, two = labelled_source(BEES, "one"), labelled_source(BEES.replace("the ground", "the soil"), "two")
    presenter = Presenter()
    words = "Ants follow a smell on the "
    assert presenter.present(quote(one, words + "ground.")) is not None
    assert presenter.present(quote(two, words + "soil.")) is None
    assert presenter.present(quote(two, "Nobody taught them that.")) is not None


def test_what_was_shown_before_is_not_shown_again() -> None:
    found = quote(labelled_source(BEES, "bees"), "Nobody taught them that.")
    assert Presenter(before=[found]).present(found) is None


def test_a_sequence_over_the_years_takes_one_quote_of_each_occasion() -> None:
    source = labelled_source(BEES, "bees")
    presenter = Presenter(one_per_appearance=True)
    assert presenter.present(quote(source, "Nobody taught them that.")) is not None
    assert presenter.present(quote(source, "Ants follow a smell on the ground.")) is None
