"""Figures on answers: what is found, what is quoted against the evidence, what is refused, and whether rightly."""

from collections.abc import Callable, Iterable, Sequence

from evals.figures.figure import Figure, groups_of, mean_of
from evals.metrics import abstention, spans
from evals.metrics.intervals import bootstrap_of
from evals.metrics.ranking import Place, is_relevant, ndcg_at, precision_at_1, recall_at, reciprocal_rank
from evals.run.run_records import Record
from evals.run.systems.ours import NAME

# Figures on what is found, before anything is selected.
KS = (1, 3, 5, 10, 20)


def relevance(record: Record) -> list[bool]:
    """Return which of the ranked passages hold evidence."""
    return [is_relevant(Place(hit.source, hit.start, hit.end, ""), record.gold) for hit in record.ranked]


def ranking_figures(records: Sequence[Record], system: str) -> list[Figure]:
    """Return the figures on the rankings of one system."""
    found = []
    asked = [record for record in records if record.type == "question"]
    for group, members in groups_of(asked):
        judged = [(relevance(record), len(record.gold)) for record in members]
        for k in KS:
            found += mean_of("Retrieval", f"recall@{k}", system, group, [recall_at(hits, k) for hits, _ in judged])
        found += mean_of("Retrieval", "MRR", system, group, [reciprocal_rank(hits) for hits, _ in judged])
        values = [ndcg_at(hits, 10, ideal=ideal) for hits, ideal in judged]
        found += mean_of("Retrieval", "nDCG@10", system, group, values)
    strangers = [float(not record.ranked[0].his) for record in asked if record.ranked]
    found += mean_of("Retrieval", "first passage holds others' words", system, "all", strangers)
    for type_, name in (("followup", "follow-ups in context"), ("standalone", "the same asked in full")):
        members = [record for record in records if record.type == type_ and record.kind != "first"]
        for k in (1, 5):
            values = [recall_at(relevance(record), k) for record in members]
            found += mean_of("Follow-ups", f"recall@{k}, {name}", system, "all", values)
    return found


# Figures on what is quoted: against the evidence, and in its context.
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
    recall = [spans.citation_recall(record.statements) for record in cited]
    precision = [spans.citation_precision(record.statements) for record in cited]
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
