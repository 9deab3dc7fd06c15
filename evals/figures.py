"""Figures from records alone: the same run gives the same figures, with or without the system that made it."""

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean

from pydantic import BaseModel, ConfigDict

from evals.gates import GATES
from evals.metrics import abstention, citations, spans
from evals.metrics.agreement import cohens_kappa
from evals.metrics.attacks import attack_success_rate, rule_of_three
from evals.metrics.intervals import bootstrap, bootstrap_of
from evals.metrics.latency import percentile
from evals.metrics.places import Place
from evals.metrics.ranking import is_relevant, ndcg_at, precision_at_1, recall_at, reciprocal_rank
from evals.metrics.verdicts import altered_called_exact, verdict_accuracy
from evals.records import Record
from evals.systems.baselines import NearestPassages
from evals.systems.ours import NAME

KS = (1, 3, 5, 10, 20)
ATTACKED = "attack success rate"


class Figure(BaseModel):
    """One number with its 95 % interval (None where none is meaningful) and the number of examples behind it."""

    model_config = ConfigDict(frozen=True)

    section: str
    name: str
    system: str
    group: str
    value: float
    low: float | None = None
    high: float | None = None
    n: int

    @property
    def key(self) -> str:
        """Return the name under which thresholds and comparisons know it."""
        return self.name if self.group == "all" else f"{self.name} [{self.group}]"


def figures(records: Iterable[Record]) -> list[Figure]:
    """Return every figure of a run; examples that failed do not count here, `Run.missing` names them."""
    done = [record for record in records if record.error is None]
    ours = [record for record in done if record.system == NAME]
    found: list[Figure] = []
    for system in sorted({record.system for record in done}, key=lambda name: (name != NAME, name)):
        found += _ranking([record for record in done if record.system == system], system)
    return [
        *_gates(ours),
        *found,
        *_evidence(ours),
        *_abstention(ours),
        *_verdicts(ours),
        *_context(ours),
        *_judged(ours),
        *_robustness(ours),
        *_latency(done),
        *_tokens(ours),
    ]


def relevance(record: Record) -> list[bool]:
    """Return which of the ranked passages hold evidence."""
    return [is_relevant(Place(hit.source, hit.start, hit.end, ""), record.gold) for hit in record.ranked]


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
            told |= _quoting(record)
            told["false refusals"] = float(not record.answered)
        return told
    if record.type == "unanswerable" and record.answered is not None:
        return {"abstention recall": float(not record.answered)}
    if record.type == "claim":
        return {"verdict accuracy": float(record.verdict == record.expected)}
    if record.type == "context":
        return {"context kept": float(context_kept(record))}
    return {}


def context_kept(record: Record) -> bool:
    """Whether no quote shows a misleading sentence, or a part of it, without what it needs."""
    sentence, needs = record.gold
    return all(quote.contains(needs) for quote in record.quoted if quote.overlap(sentence))


def _mean(section: str, name: str, system: str, group: str, values: Sequence[float]) -> list[Figure]:
    if not values:
        return []
    low, high = bootstrap(values)
    figure = Figure(
        section=section, name=name, system=system, group=group, value=fmean(values), low=low, high=high, n=len(values)
    )
    return [figure]


def _groups(records: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    kinds = sorted({record.kind for record in records})
    languages = sorted({record.language for record in records})
    groups = [("all", list(records))]
    if len(kinds) > 1:
        groups += [(kind, [record for record in records if record.kind == kind]) for kind in kinds]
    if len(languages) > 1:
        groups += [
            (f"language {language}", [record for record in records if record.language == language])
            for language in languages
            if language not in kinds
        ]
    return groups


def _ranking(records: Sequence[Record], system: str) -> list[Figure]:
    found = []
    asked = [record for record in records if record.type == "question"]
    for group, members in _groups(asked):
        judged = [(relevance(record), len(record.gold)) for record in members]
        for k in KS:
            found += _mean("Retrieval", f"recall@{k}", system, group, [recall_at(hits, k) for hits, _ in judged])
        found += _mean("Retrieval", "MRR", system, group, [reciprocal_rank(hits) for hits, _ in judged])
        values = [ndcg_at(hits, 10, ideal=ideal) for hits, ideal in judged]
        found += _mean("Retrieval", "nDCG@10", system, group, values)
    strangers = [float(not record.ranked[0].his) for record in asked if record.ranked]
    found += _mean("Retrieval", "first passage holds others' words", system, "all", strangers)
    for type_, name in (("followup", "follow-ups in context"), ("standalone", "the same asked in full")):
        members = [record for record in records if record.type == type_ and record.kind != "first"]
        for k in (1, 5):
            values = [recall_at(relevance(record), k) for record in members]
            found += _mean("Follow-ups", f"recall@{k}, {name}", system, "all", values)
    return found


def _quoting(record: Record) -> dict[str, float]:
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


def _evidence(ours: Sequence[Record]) -> list[Figure]:
    found = []
    asked = [record for record in ours if record.type == "question"]
    for group, members in _groups(asked):
        told = [_quoting(record) for record in members]
        for name in dict.fromkeys(name for one in told for name in one):
            found += _mean("Evidence", name, NAME, group, [one[name] for one in told if name in one])
    cited = [record for record in ours if record.statements]
    recall = [citations.citation_recall(record.statements) for record in cited]
    precision = [citations.citation_precision(record.statements) for record in cited]
    found += _mean("Evidence", "ALCE citation recall", NAME, "all", recall)
    found += _mean("Evidence", "ALCE citation precision", NAME, "all", precision)
    return found


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


def _abstention(ours: Sequence[Record]) -> list[Figure]:
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
        found += _mean("Abstention", "abstention recall", NAME, reason, values)
    judged = [record for record in hopeless if record.expected]
    found += _mean("Abstention", "reason accuracy", NAME, "all", [float(r.reason == r.expected) for r in judged])
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


def verdict_pairs(records: Iterable[Record]) -> list[tuple[str, str]]:
    """Return (expected, given) of every claim."""
    return [(r.expected or "", r.verdict or "") for r in records if r.type == "claim" and r.error is None]


def _verdicts(ours: Sequence[Record]) -> list[Figure]:
    pairs = verdict_pairs(ours)
    if not pairs:
        return []
    found = _mean("Checking", "verdict accuracy", NAME, "all", [verdict_accuracy([pair]) for pair in pairs])
    for verdict in sorted({expected for expected, _ in pairs}):
        members = [pair for pair in pairs if pair[0] == verdict]
        found += _mean("Checking", "verdict accuracy", NAME, verdict, [verdict_accuracy([pair]) for pair in members])
    count = altered_called_exact(pairs)
    missed = Figure(
        section="Checking", name="altered called exact", system=NAME, group="all", value=count, n=len(pairs)
    )
    return [*found, missed]


def _context(ours: Sequence[Record]) -> list[Figure]:
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
        *_mean("Context", "context kept", NAME, "all", kept),
        *_mean("Context", "misleading sentence shown at all", NAME, "all", shown),
        *_mean("Context", "fair sentence shown with more than itself", NAME, "all", padded),
    ]


def _gates(ours: Sequence[Record]) -> list[Figure]:
    found = []
    for gate in GATES:
        checked = [record.gates[gate] for record in ours if gate in record.gates]
        if checked:
            misses = sum(len(one.misses) for one in checked)
            count = sum(one.count for one in checked)
            found.append(
                Figure(section="Gates", name=f"{gate} misses", system=NAME, group="all", value=misses, n=count)
            )
    return found


def _judged(ours: Sequence[Record]) -> list[Figure]:
    told = [record for record in ours if record.judged is not None]
    found = _mean("Judged by a model", "judged P@1", NAME, "all", [float(bool(record.judged)) for record in told])
    with_gold = [record for record in told if record.type == "question"]
    if with_gold:
        opinions = [str(record.judged) for record in with_gold]
        gold = [str(is_relevant(record.quoted[0], record.gold)) for record in with_gold]
        kappa = {"name": "judge's agreement with gold (kappa)", "value": cohens_kappa(opinions, gold)}
        told_of = {"section": "Judged by a model", "system": NAME, "group": "all", "n": len(with_gold)}
        found.append(Figure.model_validate(told_of | kappa))
    return found


def _robustness(ours: Sequence[Record]) -> list[Figure]:
    tried = [record for record in ours if record.type == "attack"]
    if not tried:
        return []
    broken = [float(any(gate.misses for gate in record.gates.values())) for record in tried]
    successes = int(sum(broken))
    low, high = bootstrap(broken) if successes else (0.0, rule_of_three(len(tried)))
    rate = attack_success_rate(successes, len(tried))
    told = {"section": "Robustness", "system": NAME, "group": "all", "n": len(tried)}
    return [Figure.model_validate(told | {"name": ATTACKED, "value": rate, "low": low, "high": high})]


def _tokens(ours: Sequence[Record]) -> list[Figure]:
    used = [record.tokens for record in ours if record.tokens]
    found = _mean("Cost", "tokens read per answer", NAME, "all", [float(read) for read, _ in used])
    return found + _mean("Cost", "tokens written per answer", NAME, "all", [float(written) for _, written in used])


def _latency(done: Sequence[Record]) -> list[Figure]:
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
