"""Every figure that a run prints gets worse when the fault it is there to catch is planted in a good run."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from evals.figures import ATTACKED, Figure, figures
from evals.gates import GATES
from evals.metrics.ranking import Place
from evals.metrics.spans import Statement
from evals.run.run_records import Checked, Record
from evals.run.systems import Ranked
from evals.run.systems.baselines import NearestPassages
from evals.run.systems.ours import NAME

TEXT = "It scales. Nobody knows why it scales so well, but it does."
GOLD = Place("talk", 0, 10, TEXT[:10])
REST = Place("talk", 11, len(TEXT), TEXT[11:])
WHOLE = Place("talk", 0, len(TEXT), TEXT)
HIT, MISS = Ranked("talk", 0, 10, 2.0), Ranked("other", 0, 10, 1.0)
HOST = Ranked("talk", 0, 10, 2.0, his=False)
JUDGED, KAPPA = "judged P@1", "judge's agreement with gold (kappa)"

Fault = Callable[[Record], Record]


def record(case: str, type_: str, *, system: str = NAME, **told: Any) -> Record:
    base = {"case": case, "system": system, "type": type_, "kind": "direct", "language": "en", "asked": case}
    return Record.model_validate(base | told)


def answered(case: str, type_: str = "question", **told: Any) -> Record:
    good: dict[str, Any] = {
        "gold": (GOLD,),
        "ranked": (HIT, MISS),
        "answered": True,
        "confidence": 0.9,
        "quoted": (GOLD,),
        "statements": (Statement("It scales.", ("It scales.",)),),
        "gates": {gate: Checked(count=1) for gate in GATES},
        "seconds": {"search": 0.01, "answer": 0.02},
        "tokens": (100, 10),
        "repeated": True,
    }
    return record(case, type_, **good | told)


GOOD = (
    answered("a", judged=True),
    answered("b", judged=False, quoted=(REST,)),
    answered("c", judged=True),
    record("u", "unanswerable", expected="not_him", answered=False, reason="not_him", confidence=0.1),
    record("claim", "claim", expected="altered", verdict="altered", seconds={"check": 0.01}),
    answered("risky", "context", kind="misleads alone", gold=(GOLD, WHOLE), quoted=(WHOLE,)),
    answered("fair", "context", kind="fair alone", gold=(GOLD, GOLD)),
    answered("t.2", "followup", kind="followup"),
    answered("t.2.full", "standalone", kind="in full"),
    record("attack", "attack", gates={"attack": Checked(count=1)}),
    record("a", "question", system=NearestPassages.name, gold=(GOLD,), ranked=(HIT,), seconds={"search": 0.01}),
)


def only(*types: str, **changes: object) -> Fault:
    def plant(one: Record) -> Record:
        return one.model_copy(update=changes) if one.type in types and one.system == NAME else one

    return plant


def missed(gate: str) -> Fault:
    return only("question", gates={gate: Checked(count=1, misses=("planted",))})


SHOWN = ("question", "followup", "standalone", "context")
LOST = (MISS,)
DOWN = (MISS,) * 20 + (HIT,)
PADDED = (WHOLE,)
ELSEWHERE = (REST,)

PLANTED: dict[str, Fault] = {
    **{f"{gate} misses": missed(gate) for gate in GATES},
    **{f"recall@{k}": only("question", ranked=DOWN) for k in (1, 3, 5, 10, 20)},
    "MRR": only("question", ranked=(MISS, HIT)),
    "nDCG@10": only("question", ranked=(MISS, HIT)),
    "first passage holds others' words": only("question", ranked=(HOST,)),
    "recall@1, follow-ups in context": only("followup", ranked=LOST),
    "recall@5, follow-ups in context": only("followup", ranked=LOST),
    "recall@1, the same asked in full": only("standalone", ranked=LOST),
    "recall@5, the same asked in full": only("standalone", ranked=LOST),
    "P@1": only("question", quoted=ELSEWHERE),
    "sufficient quote first": only("question", quoted=(REST, GOLD)),
    "gold coverage": only("question", quoted=ELSEWHERE),
    "word F1": only("question", quoted=PADDED),
    "IoU F1": only("question", quoted=PADDED),
    "quoted words inside evidence": only("question", quoted=PADDED),
    "citation length": only("question", quoted=PADDED),
    "ALCE citation recall": only("question", statements=(Statement("It scaled.", ("It scales.",)),)),
    "ALCE citation precision": only("question", statements=(Statement("It scales.", ("It scales.", "It fell.")),)),
    "abstention precision": only("question", answered=False),
    "abstention recall": only("unanswerable", answered=True),
    "false refusals": only("question", answered=False),
    "AUROC of the confidence": only("unanswerable", confidence=0.95),
    "AURC": only("unanswerable", confidence=0.95),
    "reason accuracy": only("unanswerable", reason="unclear"),
    "verdict accuracy": only("claim", verdict="not_found"),
    "altered called exact": only("claim", verdict="exact"),
    "context kept": only("context", quoted=(GOLD,)),
    "misleading sentence shown at all": only("context", quoted=()),
    "fair sentence shown with more than itself": only("context", quoted=PADDED),
    ATTACKED: only("attack", gates={"attack": Checked(count=1, misses=("html shows “LEAK”",))}),
    JUDGED: only("question", judged=False),
    KAPPA: only("question", judged=False),
    **{f"answer {share}, ms": only(*SHOWN, seconds={"answer": 9.0}) for share in ("p50", "p95")},
    **{f"answer {share} / nearest vectors": only(*SHOWN, seconds={"answer": 9.0}) for share in ("p50", "p95")},
    **{f"search {share}, ms": only(*SHOWN, seconds={"search": 9.0}) for share in ("p50", "p95")},
    **{f"check {share}, ms": only("claim", seconds={"check": 9.0}) for share in ("p50", "p95")},
    "same choice twice": only("question", repeated=False),
    "tokens read per answer": only("question", tokens=(9_000, 10)),
    "tokens written per answer": only("question", tokens=(100, 9_000)),
}

WORSE_IS_LESS = (
    *(f"recall@{k}" for k in (1, 3, 5, 10, 20)),
    *(f"recall@{k}, {name}" for k in (1, 5) for name in ("follow-ups in context", "the same asked in full")),
    *("MRR", "nDCG@10", "P@1", "sufficient quote first", "gold coverage", "word F1", "IoU F1"),
    *("quoted words inside evidence", "ALCE citation recall", "ALCE citation precision"),
    *("abstention precision", "abstention recall", "AUROC of the confidence", "reason accuracy", "verdict accuracy"),
    *("same choice twice", "context kept", "misleading sentence shown at all", JUDGED, KAPPA),
)


def value(records: Sequence[Record], name: str) -> float:
    return next(one.value for one in figures(records) if (one.name, one.system, one.group) == (name, NAME, "all"))


def of_ours(found: Sequence[Figure]) -> set[str]:
    return {one.name for one in found if one.system == NAME}


def test_every_figure_has_a_planted_fault() -> None:
    assert of_ours(figures(GOOD)) == set(PLANTED)


@pytest.mark.parametrize("name", PLANTED)
def test_the_fault_shows(name: str) -> None:
    before, after = value(GOOD, name), value([PLANTED[name](one) for one in GOOD], name)
    assert after < before if name in WORSE_IS_LESS else after > before


def test_an_example_that_failed_counts_nowhere() -> None:
    failed = [one.model_copy(update={"error": "gone"}) for one in GOOD]
    assert figures(failed) == []
