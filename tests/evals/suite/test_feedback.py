"""A complaint about a quote becomes a case that can be read back."""

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.records.saved_answers import Records, Verdict
from evals.evaluation_errors import SuiteMissing
from evals.suite.case_files import read_cases
from evals.suite.cases import ContextCase, QuestionCase
from evals.suite.evidence_places import locate_all
from evals.suite.suite_templates import case_from_feedback


def test_complaints_become_cases(assistant: Assistant, tmp_path: Path) -> None:
    records = Records(assistant.library)
    answer = assistant.ask("Why do bees dance?")
    saved, shown = records.save(answer), answer.quotes[0].quote
    records.judge(shown.id, Verdict.OUT_OF_CONTEXT, answer_id=saved)
    records.judge(shown.id, Verdict.OFF_TOPIC, answer_id=saved)
    (tmp_path / "cases.yaml").write_text(case_from_feedback(assistant.library, saved), encoding="utf-8")
    context, question = read_cases(tmp_path)
    assert isinstance(context.case, ContextCase)
    assert shown.text in context.case.needs
    assert isinstance(question.case, QuestionCase)
    assert question.case.question == "Why do bees dance?"
    locate_all([context, question], {name: assistant.library.source(name) for name in ("bees", "tides")})


def test_praise_and_unknown_answers_become_nothing(assistant: Assistant) -> None:
    records = Records(assistant.library)
    answer = assistant.ask("Why do bees dance?")
    saved = records.save(answer)
    records.judge(answer.quotes[0].quote.id, Verdict.GOOD, answer_id=saved)
    for name in (saved, "a_unknown"):
        with pytest.raises(SuiteMissing):
            case_from_feedback(assistant.library, name)
