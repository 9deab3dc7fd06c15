"""Figures on a whole run: gates and attacks, verdicts, seconds and tokens, and a judging model's opinion."""

from collections.abc import Iterable, Sequence

from evals.figures.figure import Figure, mean_of
from evals.gates import GATES
from evals.metrics.intervals import bootstrap
from evals.metrics.ranking import is_relevant
from evals.metrics.rates import (
    altered_called_exact,
    attack_success_rate,
    cohens_kappa,
    percentile,
    rule_of_three,
    verdict_accuracy,
)
from evals.run.run_records import Record
from evals.run.systems.baselines import NearestPassages
from evals.run.systems.ours import NAME


# Figures on the verdicts about claims.
def verdict_pairs(records: Iterable[Record]) -> list[tuple[str, str]]:
    """Return (expected, given) of every claim."""
    return [(r.expected or "", r.verdict or "") for r in records if r.type == "claim" and r.error is None]


def verdict_figures(ours: Sequence[Record]) -> list[Figure]:
    """Return how many verdicts are right, by right verdict, and how many altered texts were called exact."""
    pairs = verdict_pairs(ours)
    if not pairs:
        return []
    found = mean_of("Checking", "verdict accuracy", NAME, "all", [verdict_accuracy([pair]) for pair in pairs])
    for verdict in sorted({expected for expected, _ in pairs}):
        members = [pair for pair in pairs if pair[0] == verdict]
        found += mean_of("Checking", "verdict accuracy", NAME, verdict, [verdict_accuracy([pair]) for pair in members])
    count = altered_called_exact(pairs)
    missed = Figure(
        section="Checking", name="altered called exact", system=NAME, group="all", value=count, n=len(pairs)
    )
    return [*found, missed]


# Figures on seconds and tokens.
def latency_figures(done: Sequence[Record]) -> list[Figure]:
    """Return latencies in milliseconds, and an answer's as a ratio to the nearest vectors of the same run."""
    found = []
    base = _seconds(done, NearestPassages.name, "search")
    for system, name in ((NAME, "answer"), (NAME, "search"), (NearestPassages.name, "search"), (NAME, "check")):
        values = _seconds(done, system, name)
        for share, label in ((0.5, "p50"), (0.95, "p95")):
            if not values:
                continue
            value = percentile(values, share)
            told = {"section": "Cost", "system": system, "group": "all", "n": len(values)}
            found.append(Figure.model_validate(told | {"name": f"{name} {label}, ms", "value": value * 1000}))
            if system == NAME and name == "answer" and base:
                ratio = value / percentile(base, share)
                found.append(
                    Figure.model_validate(told | {"name": f"{name} {label} / nearest vectors", "value": ratio})
                )
    return found


def _seconds(done: Sequence[Record], system: str, name: str) -> list[float]:
    return [record.seconds[name] for record in done if record.system == system and name in record.seconds]


def token_figures(ours: Sequence[Record]) -> list[Figure]:
    """Return the mean tokens per answer, where an endpoint reported them."""
    used = [record.tokens for record in ours if record.tokens]
    found = mean_of("Cost", "tokens read per answer", NAME, "all", [float(read) for read, _ in used])
    return found + mean_of("Cost", "tokens written per answer", NAME, "all", [float(written) for _, written in used])


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
