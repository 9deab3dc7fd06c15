"""Synthetic interviews are read like real ones."""

from evals.benchmarks.synthetic import interviews
from knowledge.model.passages import passages
from tests.invented import BEES, labelled_source

LIKE = passages(labelled_source(BEES, "bees"))


def test_as_many_passages_as_wanted_and_all_quotable() -> None:
    made = [passages(source) for source, _raw in interviews(LIKE, 260, subject="Mira Vane")]
    assert [len(found) for found in made] == [250, 10]
    assert {passage.turn.speaker for found in made for passage in found} == {"Mira Vane"}


def test_a_sentence_has_the_words_of_real_ones() -> None:
    known = {word.strip(".?!:…").lower() for passage in LIKE for word in passage.text.split()}
    source, _raw = next(interviews(LIKE, 1, subject="Mira Vane"))
    told = passages(source)[0]
    assert len(told.sentences) == 4
    assert {word.strip(".").lower() for word in told.text.split()} <= known
