"""No evidence, no answer: hits are an answer from a confidence of one half on."""

import pytest

from assistant.retrieval.answerability import Evidence, Likeness
from assistant.retrieval.confidence import answering, confidence
from assistant.retrieval.retriever import Hit, Ranking
from knowledge.model.passages import passages
from tests.invented import BEES, MIRA, labelled_source

HITS = [Hit(passage, 1.0) for passage in passages(labelled_source(BEES, "bees"))]


def evidence(likeness: Likeness, plain: float) -> Evidence:
    return Evidence(likeness, plain=plain, margin=0.0, lexical=1.0, known=1.0, named=0.5)


@pytest.mark.parametrize("likeness", Likeness)
def test_just_above_one_half_answers_and_just_below_does_not(likeness: Likeness) -> None:
    low, high = -2.0, 4.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if confidence(evidence(likeness, middle)) < 0.5 else (low, middle)
    for plain, found in ((high, HITS), (low - 1e-3, [])):
        ranking = Ranking(hits=HITS, evidence=evidence(likeness, plain))
        assert list(answering(ranking, "turnips", MIRA, limited=False, is_open=False)) == found


def test_without_any_evidence_nothing_answers() -> None:
    assert confidence(None) == 0
    assert not answering(Ranking(hits=HITS, evidence=None), "turnips", MIRA, limited=False, is_open=False)
