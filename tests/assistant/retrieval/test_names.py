"""Who or what is asked about by name is told of in the quotes, or nothing is quoted."""

import pytest

from assistant import Assistant
from assistant.retrieval.answerability import Evidence, Likeness
from assistant.retrieval.confidence import answering
from assistant.retrieval.retriever import Hit, Ranking
from knowledge.model.passages import passages
from tests.invented import BEES, MIRA, TIDES, labelled_source


def test_a_name_that_stands_nowhere_near_is_not_answered(assistant: Assistant) -> None:
    assert assistant.ask("Why do bees dance?").answered
    assert not assistant.ask("Why do bees of Ruritania dance?").answered


@pytest.mark.parametrize("question", ["Why Do Bees Dance?", "What did Mira Vane tell Tom Reed about why bees dance?"])
def test_headlines_and_hosts_do_not_count_as_names(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).answered


def test_a_name_that_only_a_far_passage_tells_of_is_not_what_the_question_asks() -> None:
    named = passages(labelled_source(BEES.replace("Ants follow", "Ants of Ruritania follow"), "ants"))[1]
    others = [*passages(labelled_source(TIDES, "tides"))] * 3
    sure = Evidence(Likeness.OTHER, plain=1.0, margin=9.0, lexical=3.0, known=1.0, named=1.0)

    def answered(place: int) -> bool:
        found = [*others[:place], named, *others[place:]]
        ranking = Ranking([Hit(one, 10.0 - number) for number, one in enumerate(found)], sure)
        return bool(answering(ranking, "Do the ants of Ruritania dance?", MIRA, limited=False, is_open=False))

    assert answered(1)
    assert not answered(5)
