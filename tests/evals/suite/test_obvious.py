"""What nearly everybody asks first is answered by words that fit, in English and Chinese, on a fresh machine."""

from pathlib import Path

import pytest

from assistant import Answer, Assistant, Settings
from evals.suite.cases import Evidence, QuestionCase
from evals.suite.suite_file import find_suite
from knowledge.search.embedding import BilingualEmbeddings

CASES = [one.case for one in find_suite("obvious").written if isinstance(one.case, QuestionCase)]
MOST_UNFITTING = 3


@pytest.fixture(scope="module")
def answers(book_home: Path, embeddings: BilingualEmbeddings) -> dict[str, Answer]:
    assistant = Assistant.open(Settings(home=book_home), embeddings=embeddings)
    return {case.question: assistant.ask(case.question) for case in CASES}


def is_from(answer: Answer, evidence: Evidence) -> bool:
    first = answer.quotes[0].quote
    shown = " ".join(first.text.split())
    meant = " ".join(evidence.text.split())
    return first.source.id == evidence.source and (shown in meant or meant in shown)


def test_the_suite_is_whole() -> None:
    assert len(CASES) >= 60
    assert sum(case.language == "zh" for case in CASES) >= 20


def test_the_first_quote_is_a_fair_answer(answers: dict[str, Answer]) -> None:
    asked = [case for case in CASES if case.evidence]
    refused = [case.question for case in asked if not answers[case.question].answered]
    unfitting = [
        case.question
        for case in asked
        if answers[case.question].answered and not any(is_from(answers[case.question], one) for one in case.evidence)
    ]
    assert refused == []
    assert len(unfitting) <= MOST_UNFITTING, unfitting


def test_what_he_never_spoke_of_is_refused(answers: dict[str, Answer]) -> None:
    unanswerable = [case.question for case in CASES if not case.evidence]
    assert [question for question in unanswerable if answers[question].answered] == []
