"""Figures on the verdicts about claims."""

from collections.abc import Iterable, Sequence

from evals.figures.figure import Figure, mean_of
from evals.figures.metrics.rates import altered_called_exact, verdict_accuracy
from evals.run.run_records import Record
from evals.run.systems.ours import NAME


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
