"""From cases to examples: what will be asked of which system, in which order."""

from typing import NamedTuple

from assistant.question.questions import language_of
from evals.metrics.ranking import Place
from evals.run.run_records import Type
from evals.suite.case_files import Written
from evals.suite.cases import AttackCase, Case, ClaimCase, ContextCase, ConversationCase, QuestionCase
from evals.suite.evidence_places import Golds


class Example(NamedTuple):
    """One thing to execute on one system."""

    case: str
    system: str
    type: Type
    kind: str
    language: str
    asked: str
    history: tuple[str, ...] = ()
    gold: tuple[Place, ...] = ()
    expected: str | None = None

    @property
    def key(self) -> str:
        """Return the name of the example within its run."""
        return f"{self.case}@{self.system}"


def plan(written: tuple[Written, ...], golds: Golds, *, ours: str, baselines: tuple[str, ...]) -> list[Example]:
    """Return every example of a run; baselines only rank, so they get what has evidence."""
    examples = []
    for one in written:
        for example in _examples(one.case, golds.get(one.case.id, ()), ours):
            examples.append(example)
            if example.type in ("question", "followup", "standalone"):
                examples += [example._replace(system=name) for name in baselines]
    return examples


def _examples(case: Case, golds: tuple[tuple[Place, ...], ...], system: str) -> list[Example]:
    if isinstance(case, QuestionCase):
        return [_question(case, golds[0], system)]
    if isinstance(case, AttackCase):
        language = case.language or language_of(case.question)
        return [Example(case.id, system, "attack", case.attack, language, case.question)]
    if isinstance(case, ClaimCase):
        language = case.language or language_of(case.claim)
        return [Example(case.id, system, "claim", case.kind, language, case.claim, expected=case.verdict)]
    if isinstance(case, ContextCase):
        asked = case.question or case.sentence
        kind = "fair alone" if case.sentence == case.needs else "misleads alone"
        gold = (golds[0][0], golds[1][0])
        language = case.language or language_of(asked)
        return [Example(case.id, system, "context", kind, language, asked, gold=gold)]
    return _conversation(case, golds, system)


def _question(case: QuestionCase, gold: tuple[Place, ...], system: str) -> Example:
    language = case.language or language_of(case.question)
    if gold:
        return Example(case.id, system, "question", case.kind, language, case.question, gold=gold)
    reason = case.reason.value if case.reason else None
    return Example(case.id, system, "unanswerable", case.kind, language, case.question, expected=reason)


def _conversation(case: ConversationCase, golds: tuple[tuple[Place, ...], ...], system: str) -> list[Example]:
    language = case.language or language_of(case.turns[0].question)
    found = []
    asked = [turn.question for turn in case.turns]
    for number, (turn, gold) in enumerate(zip(case.turns, golds, strict=True), start=1):
        name, before = f"{case.id}.{number}", tuple(asked[: number - 1])
        if before:
            found.append(Example(name, system, "followup", case.kind, language, turn.question, before, gold))
        if turn.standalone or not before:
            full = turn.standalone or turn.question
            kind = "in full" if before else "first"
            found.append(Example(f"{name}.full", system, "standalone", kind, language, full, (), gold))
    return found
