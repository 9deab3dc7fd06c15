"""The table of targets counts what it says, pairs what it compares, and leaves out what a run cannot tell."""

from typing import Any

import pytest

from evals.figures.targets import Target, targets, targets_table
from evals.metrics.ranking import Place
from evals.run.run_records import Checked, Record
from evals.run.systems import Ranked
from evals.run.systems.baselines import Bm25Alone, NearestPassages, Tutorial
from evals.run.systems.ours import NAME

GOLD = Place("bees", 10, 20, "So it works.")
HIT, MISS = Ranked("bees", 10, 20, 1.0), Ranked("tides", 10, 20, 1.0)


def question(case: str, *ranked: Ranked, system: str = NAME, kind: str = "direct", **told: object) -> Record:
    base = {"case": case, "system": system, "type": "question", "kind": kind, "language": "en", "asked": case}
    return Record.model_validate(base | {"gold": (GOLD,), "ranked": ranked} | told)


def named(found: list[Target], name: str) -> Target:
    return next(one for one in found if one.name == name)


def test_leads_are_paired_and_baselines_stand_beside() -> None:
    records = [question("a", HIT), question("b", HIT), question("a", MISS, system=Tutorial.name)]
    records += [question("b", HIT, system=Tutorial.name), question("a", HIT, system=Bm25Alone.name)]
    found = targets(records)
    lead = named(found, "R@5 above the tutorial pipeline")
    assert (lead.value, lead.n, lead.reached) == (0.5, 2, True)
    assert named(found, "R@5 above BM25, exact wording").n == 1
    assert named(found, "evidence among the first five (R@5)").beside == (0.5, 1.0)


def test_whether_fragments_of_the_interviewers_words_are_answered_is_not_judged() -> None:
    hopeless: dict[str, Any] = {
        "gold": (),
        "type": "unanswerable",
        "confidence": 0.1,
        "answered": False,
        "reason": "no_evidence",
    }
    records = [
        question("a", HIT, answered=True, confidence=0.9, quoted=(GOLD,)),
        question("b", kind="unanswerable", **hopeless, expected="not_him"),
        question("c", kind="host_words", **hopeless | {"answered": True}),
    ]
    found = targets(records)
    assert named(found, "unanswerable questions refused").n == 1
    assert named(found, "AUROC of the confidence").value == 1.0
    assert named(found, "refused for the right reason").value == 0.0


def test_a_follow_up_is_compared_with_its_own_question_in_full() -> None:
    records = [
        question("t.2", MISS, type="followup"),
        question("t.2.full", HIT, type="standalone", kind="in full"),
        question("t.1.full", HIT, type="standalone", kind="first"),
    ]
    loss = named(targets(records), "R@5 lost by asking a follow-up shortly")
    assert (loss.value, loss.n, loss.reached) == (1.0, 1, False)


def test_one_touched_word_of_somebody_else_misses_the_target() -> None:
    touched = Checked(count=1, misses=("a quote touches words of Tom Reed",))
    assert not named(
        targets([question("a", gates={"attribution": touched})]), "quotes that touch others' words"
    ).reached


def test_time_is_told_against_nearest_vectors() -> None:
    records = [question("a", HIT, seconds={"answer": 0.3})]
    records.append(question("a", HIT, system=NearestPassages.name, seconds={"search": 0.1}))
    assert named(targets(records), "time of an answer / of nearest vectors, p50").value == pytest.approx(3)


def test_nothing_measured_gives_no_line() -> None:
    assert targets([]) == []
    assert "missed" in targets_table([Target("x", 0.1, 0.9, True, 15)])
    assert "too few" in targets_table([Target("x", 0.1, 0.9, True, 14)])
