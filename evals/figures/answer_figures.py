"""Figures on what is refused, and whether rightly."""

from collections.abc import Callable, Iterable, Sequence

from evals.figures.figure import Figure, mean_of
from evals.figures.metrics import abstention
from evals.figures.metrics.intervals import bootstrap_of
from evals.figures.metrics.ranking import is_relevant
from evals.run.run_records import Record
from evals.run.systems.ours import NAME


def outcomes(records: Iterable[Record]) -> list[abstention.Outcome]:
    """Return the outcome of every question, answerable and not."""
    return [
        abstention.Outcome(record.type == "question", bool(record.answered), record.confidence or 0.0)
        for record in records
        if record.type in ("question", "unanswerable") and record.answered is not None
    ]


def answered_right(record: Record) -> bool:
    """Whether answering this question at all would be right: there is evidence, and a quote shows some of it first."""
    return record.type == "question" and bool(record.quoted) and is_relevant(record.quoted[0], record.gold)


def abstention_figures(ours: Sequence[Record]) -> list[Figure]:
    """Return the figures on refusing; nothing where every question is answerable."""
    asked = [record for record in ours if record.type in ("question", "unanswerable")]
    told = outcomes(asked)
    if not any(not outcome.answerable for outcome in told):
        return []
    found = [
        _statistic("abstention precision", abstention.abstention_precision, told, sum(not o.answered for o in told)),
        _statistic("abstention recall", abstention.abstention_recall, told, sum(not o.answerable for o in told)),
        _statistic("false refusals", abstention.false_refusals, told, sum(o.answerable for o in told)),
    ]
    if any(outcome.answerable for outcome in told):
        found.append(_statistic("AUROC of the confidence", _auroc, told, len(told)))
        confidence = [record.confidence or 0.0 for record in asked]
        right = [answered_right(record) for record in asked]
        area = Figure(
            section="Abstention",
            name="AURC",
            system=NAME,
            group="all",
            value=abstention.aurc(confidence, right),
            n=len(asked),
        )
        found.append(area)
    hopeless = [record for record in asked if record.type == "unanswerable"]
    for reason in sorted({record.expected for record in hopeless if record.expected}):
        members = [record for record in hopeless if record.expected == reason]
        values = [float(not record.answered) for record in members]
        found += mean_of("Abstention", "abstention recall", NAME, reason, values)
    judged = [record for record in hopeless if record.expected]
    found += mean_of("Abstention", "reason accuracy", NAME, "all", [float(r.reason == r.expected) for r in judged])
    return found


def _auroc(told: Sequence[abstention.Outcome]) -> float:
    answerable = [outcome.confidence for outcome in told if outcome.answerable]
    return abstention.auroc(answerable, [outcome.confidence for outcome in told if not outcome.answerable])


def _statistic(
    name: str, function: Callable[[Sequence[abstention.Outcome]], float], told: Sequence[abstention.Outcome], n: int
) -> Figure:
    low, high = bootstrap_of(lambda rows: function([told[row] for row in rows]), len(told))
    value = function(told)
    return Figure(section="Abstention", name=name, system=NAME, group="all", value=value, low=low, high=high, n=n)
