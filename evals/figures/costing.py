"""Figures on seconds and tokens."""

from collections.abc import Sequence

from evals.figures.figure import Figure, mean_of
from evals.figures.metrics.latency import percentile
from evals.run.run_records import Record
from evals.run.systems.baselines import NearestPassages
from evals.run.systems.ours import NAME


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
