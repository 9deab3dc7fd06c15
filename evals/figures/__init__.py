"""Figures from records alone: the same run gives the same figures, with or without the system that made it."""

from collections.abc import Iterable

from evals.figures.answer_figures import (
    KS,
    abstention_figures,
    answered_right,
    context_figures,
    context_kept,
    evidence_figures,
    quoting,
    ranking_figures,
    relevance,
)
from evals.figures.figure import Figure
from evals.figures.run_figures import (
    ATTACKED,
    gate_figures,
    judged_figures,
    latency_figures,
    robustness_figures,
    token_figures,
    verdict_figures,
    verdict_pairs,
)
from evals.metrics.ranking import recall_at, reciprocal_rank
from evals.run.run_records import Record
from evals.run.systems.ours import NAME

__all__ = ["ATTACKED", "Figure", "answered_right", "figures", "per_example", "relevance", "verdict_pairs"]


def figures(records: Iterable[Record]) -> list[Figure]:
    """Return every figure of a run; examples that failed do not count here, `Run.missing` names them."""
    done = [record for record in records if record.error is None]
    ours = [record for record in done if record.system == NAME]
    found: list[Figure] = []
    for system in sorted({record.system for record in done}, key=lambda name: (name != NAME, name)):
        found += ranking_figures([record for record in done if record.system == system], system)
    return [
        *gate_figures(ours),
        *found,
        *evidence_figures(ours),
        *abstention_figures(ours),
        *verdict_figures(ours),
        *context_figures(ours),
        *judged_figures(ours),
        *robustness_figures(ours),
        *latency_figures(done),
        *token_figures(ours),
    ]


def per_example(record: Record) -> dict[str, float]:
    """Return the figures of one example of ours, by the names of the figures they are averaged into."""
    if record.error is not None:
        return {}
    if record.type in ("question", "followup", "standalone"):
        told = {f"recall@{k}": recall_at(relevance(record), k) for k in KS}
        told["MRR"] = reciprocal_rank(relevance(record))
        if record.type != "question":
            return {f"{name} ({record.type})": value for name, value in told.items()}
        if record.answered is not None:
            told |= quoting(record)
            told["false refusals"] = float(not record.answered)
        return told
    if record.type == "unanswerable" and record.answered is not None:
        return {"abstention recall": float(not record.answered)}
    if record.type == "claim":
        return {"verdict accuracy": float(record.verdict == record.expected)}
    if record.type == "context":
        return {"context kept": float(context_kept(record))}
    return {}
