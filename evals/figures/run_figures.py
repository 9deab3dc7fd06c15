"""Figures on what must hold: gates, attacks; and a judging model's opinion, which decides nothing."""

from collections.abc import Sequence

from evals.figures.figure import Figure, mean_of
from evals.figures.metrics.agreement import cohens_kappa
from evals.figures.metrics.attacks import attack_success_rate, rule_of_three
from evals.figures.metrics.intervals import bootstrap
from evals.figures.metrics.ranking import is_relevant
from evals.gates import GATES
from evals.run.run_records import Record
from evals.run.systems.ours import NAME

ATTACKED = "attack success rate"


def gate_figures(ours: Sequence[Record]) -> list[Figure]:
    """Return the misses of each gate; `n` counts what was looked at."""
    found = []
    for gate in GATES:
        checked = [record.gates[gate] for record in ours if gate in record.gates]
        if checked:
            misses = sum(len(one.misses) for one in checked)
            count = sum(one.count for one in checked)
            found.append(
                Figure(section="Gates", name=f"{gate} misses", system=NAME, group="all", value=misses, n=count)
            )
    repeated = [float(record.repeated) for record in ours if record.repeated is not None]
    return found + mean_of("Selection by a model", "same choice twice", NAME, "all", repeated)


def robustness_figures(ours: Sequence[Record]) -> list[Figure]:
    """Return the share of attacks in which a gate was missed; up to 3/n when it was none."""
    tried = [record for record in ours if record.type == "attack"]
    if not tried:
        return []
    broken = [float(any(gate.misses for gate in record.gates.values())) for record in tried]
    successes = int(sum(broken))
    low, high = bootstrap(broken) if successes else (0.0, rule_of_three(len(tried)))
    rate = attack_success_rate(successes, len(tried))
    told = {"section": "Robustness", "system": NAME, "group": "all", "n": len(tried)}
    return [Figure.model_validate(told | {"name": ATTACKED, "value": rate, "low": low, "high": high})]


def judged_figures(ours: Sequence[Record]) -> list[Figure]:
    """Return what a judging model found relevant, and its agreement with gold."""
    told = [record for record in ours if record.judged is not None]
    found = mean_of("Judged by a model", "judged P@1", NAME, "all", [float(bool(record.judged)) for record in told])
    with_gold = [record for record in told if record.type == "question"]
    if with_gold:
        opinions = [str(record.judged) for record in with_gold]
        gold = [str(is_relevant(record.quoted[0], record.gold)) for record in with_gold]
        kappa = {"name": "judge's agreement with gold (kappa)", "value": cohens_kappa(opinions, gold)}
        told_of = {"section": "Judged by a model", "system": NAME, "group": "all", "n": len(with_gold)}
        found.append(Figure.model_validate(told_of | kappa))
    return found
