"""Figures on what is quoted: against the evidence, and in its context."""

from collections.abc import Sequence

from evals.figures.figure import Figure, groups_of, mean_of
from evals.figures.metrics import citations, spans
from evals.figures.metrics.ranking import is_relevant, precision_at_1
from evals.run.run_records import Record
from evals.run.systems.ours import NAME


def quoting(record: Record) -> dict[str, float]:
    """Return the figures of one answered question, by name."""
    quoted, gold = record.quoted, record.gold
    told = {
        "P@1": precision_at_1([is_relevant(quote, gold) for quote in quoted]),
        "sufficient quote first": float(bool(quoted) and spans.is_sufficient(quoted[0], gold)),
        "gold coverage": spans.gold_coverage(quoted, gold),
        "word F1": spans.word_f1(quoted, gold),
        "IoU F1": spans.iou_f1(quoted, gold),
    }
    if quoted:
        told["quoted words inside evidence"] = spans.word_precision(quoted, gold)
        told["citation length"] = spans.citation_length(quoted, gold)
    return told


def evidence_figures(ours: Sequence[Record]) -> list[Figure]:
    """Return the figures on quotes against evidence, and on citations."""
    found = []
    asked = [record for record in ours if record.type == "question"]
    for group, members in groups_of(asked):
        told = [quoting(record) for record in members]
        for name in dict.fromkeys(name for one in told for name in one):
            found += mean_of("Evidence", name, NAME, group, [one[name] for one in told if name in one])
    cited = [record for record in ours if record.statements]
    recall = [citations.citation_recall(record.statements) for record in cited]
    precision = [citations.citation_precision(record.statements) for record in cited]
    found += mean_of("Evidence", "ALCE citation recall", NAME, "all", recall)
    found += mean_of("Evidence", "ALCE citation precision", NAME, "all", precision)
    return found


def context_kept(record: Record) -> bool:
    """Whether no quote shows a misleading sentence, or a part of it, without what it needs."""
    sentence, needs = record.gold
    return all(quote.contains(needs) for quote in record.quoted if quote.overlap(sentence))


def context_figures(ours: Sequence[Record]) -> list[Figure]:
    """Return how misleading sentences are shown, and how often fair ones are padded."""
    asked = [record for record in ours if record.type == "context"]
    risky = [record for record in asked if record.kind == "misleads alone"]
    fair = [record for record in asked if record.kind == "fair alone"]
    shown = [float(any(quote.overlap(record.gold[0]) for quote in record.quoted)) for record in risky]
    padded = [
        float(any(quote.overlap(record.gold[0]) and not record.gold[0].contains(quote) for quote in record.quoted))
        for record in fair
    ]
    kept = [float(context_kept(record)) for record in risky]
    return [
        *mean_of("Context", "context kept", NAME, "all", kept),
        *mean_of("Context", "misleading sentence shown at all", NAME, "all", shown),
        *mean_of("Context", "fair sentence shown with more than itself", NAME, "all", padded),
    ]
