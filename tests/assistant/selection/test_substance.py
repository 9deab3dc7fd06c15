"""A quote says something by itself, and has the number that was asked for."""

import pytest

from assistant.quotes import Quote
from assistant.retrieval.retriever import Hit
from assistant.selection.deduplication import Presenter
from assistant.selection.extractive import best_run, select
from assistant.selection.substance import substantial
from knowledge.model.passages import Passage, passages
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from tests.invented import labelled_source

TALK = """\
Tom Reed: How many years until a hive can speak?
Mira Vane: Mhm.
Tom Reed: Say a number.
Mira Vane: That's a great question. How many years? Hives are slow learners. I think like 5 to 20.
Tom Reed: What made the hive grow?
Mira Vane: There were three forces. The first was the warm spring. The second was the rain.
Tom Reed: And the smoke?
Mira Vane: Communicate the smoke.
Tom Reed: And the wax?
Mira Vane: Seems promising.
Tom Reed: Who kept the hive before you?
Mira Vane: An old neighbour kept it. He was stung every single day, by the old queen's daughters and by the drones as \
well, and by the wasps that came over the wall from the orchard when the plums lay rotting in the wet grass. So he \
stopped keeping them, sold the smoker and both of the long gloves to a cousin of his, and never came near a hive or a \
jar of honey again in all the years in which I knew him. The hive was mine from then on, and in the first \
spring I painted it green, moved it from the wall to the lime trees, gave it a second floor and a roof of slate, and \
let the bees do whatever they wanted.
Tom Reed: Does it know its keeper?
Mira Vane: That, I don't know.
Tom Reed: Not even...
Mira Vane: there is one other...
"""


@pytest.fixture(scope="module")
def talk() -> Source:
    return labelled_source(TALK, "talk")


def quote(source: Source, words: str) -> Quote:
    start = source.text.index(words)
    return Quote(source=source, start=start, end=start + len(words))


@pytest.mark.parametrize("words", ["Mhm.", "Communicate the smoke.", "That, I don't know.", "there is one other..."])
def test_a_turn_that_says_nothing_is_not_shown(talk: Source, words: str) -> None:
    assert substantial(quote(talk, words)) is None
    assert Presenter().present(quote(talk, words)) is None


def test_a_few_words_that_say_something_are_shown(talk: Source) -> None:
    assert Presenter().present(quote(talk, "Seems promising.")) == quote(talk, "Seems promising.")


@pytest.mark.parametrize("words", ["That's a great question.", "How many years?"])
def test_what_was_asked_said_again_is_shown_with_what_answers_it(talk: Source, words: str) -> None:
    shown = Presenter().present(quote(talk, words))
    assert shown is not None
    assert "Hives are slow learners" in shown.text


def test_a_first_half_is_shown_with_what_follows(talk: Source) -> None:
    shown = Presenter().present(quote(talk, "There were three forces."))
    assert shown is not None
    assert "The first was the warm spring." in shown.text


def passage(source: Source, words: str) -> Passage:
    return next(one for one in passages(source) if words in one.text)


def test_a_quote_is_cut_around_the_number_that_is_asked_for(talk: Source) -> None:
    asked = Hit(passage(talk, "5 to 20"), 9.0, (3.0, 5.0, 2.5, 2.4))
    assert "I think like 5 to 20." in best_run(asked, numbers=True).text


def test_a_quote_begins_where_its_first_words_are_understood(talk: Source) -> None:
    kept = passage(talk, "An old neighbour")
    stung, mine = (
        best_run(Hit(kept, 9.0, scores)).text for scores in ((-9.0, 9.0, -9.0, -9.0), (-9.0, -9.0, -9.0, 9.0))
    )
    assert stung.startswith("An old neighbour kept it.")
    assert mine.startswith("The hive was mine")


NEARER = "Seems promising."


def first_of(talk: Source, question: str, *, score: float = 9.0, number: float = 2.4) -> str:
    hits = [
        Hit(passage(talk, NEARER), 10.0, (1.0,)),
        Hit(passage(talk, "5 to 20"), score, (3.0, 5.0, 2.5, number)),
        Hit(passage(talk, "three forces"), 2.0, (0.0, 0.0, 0.0)),
    ]
    return next(select(hits, question=question, max_quotes=3, present=Presenter().present)).text


def test_a_passage_with_the_number_comes_before_one_that_is_a_little_nearer(talk: Source) -> None:
    assert "5 to 20" in first_of(talk, "How many years until a hive can speak?")
    assert first_of(talk, "Why did the hive grow?") == NEARER
    assert first_of(talk, "How many years until a hive can speak?", score=3.0) == NEARER, "it is far away"
    assert first_of(talk, "How many years until a hive can speak?", number=-8.0) == NEARER, "it counts something else"


def shown(scores: list[float], talk: Source, *, near: float) -> int:
    words = ["three forces", "5 to 20", "Seems promising."]
    found = [(passage(talk, text), score) for text, score in zip(words, scores, strict=True)]
    hits = [Hit(one, score, (0.0,) * len(one.sentences)) for one, score in found]
    return len(list(select(hits, question="Why?", max_quotes=3, present=Presenter().present, near=near)))


def test_a_further_quote_is_shown_when_it_answers_about_as_well(talk: Source) -> None:
    assert shown([10.0, 9.0, 0.0], talk, near=0.3) == 2
    assert shown([10.0, 6.0, 0.0], talk, near=0.3) == 1
    assert shown([10.0, 6.0, 0.0], talk, near=float("inf")) == 3
    assert shown([100.0, 90.0, 0.0], talk, near=0.3) == 2, "whatever scale the scores have"


def test_an_original_comes_before_its_translation(talk: Source) -> None:
    original = talk.model_copy(update={"appearance": "hive-talk"})
    translated = labelled_source(TALK, "retold", provenance=Provenance.TRANSLATION).model_copy(
        update={"appearance": "hive-talk"}
    )
    elsewhere = translated.model_copy(update={"appearance": "another-talk"})
    for other, first in ((translated, "talk"), (elsewhere, "retold")):
        hits = [
            Hit(passage(other, "three forces"), 10.0, (1.0, 1.0, 1.0)),
            Hit(passage(original, "three forces"), 9.5, (1.0, 1.0, 1.0)),
            Hit(passage(original, "5 to 20"), 1.0, (1.0, 1.0, 1.0, 1.0)),
        ]
        quotes = list(select(hits, question="Why did it grow?", max_quotes=1, present=Presenter().present))
        assert quotes[0].source.id == first
