"""What the project set out to reach, beside what a run reached: one line per target, with the usual way next to it.

Where a target compares two systems, the comparison is paired: both answered the same questions.
"""

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

from evals.figures import per_example, relevance
from evals.metrics import abstention
from evals.metrics.intervals import Interval, bootstrap, bootstrap_of, paired_bootstrap
from evals.metrics.ranking import recall_at
from evals.metrics.rates import percentile
from evals.run.run_records import Record
from evals.run.systems.baselines import Bm25Alone, NearestPassages, Tutorial
from evals.run.systems.ours import NAME

_HOST_WORDS = ("host_words", "trap")
"""Questions whose best match in the words are the interviewer's; whether they are answered is not judged."""


_FEW = 15
"""Fewer examples than this tell neither that a target is reached nor that it is missed."""


class Target(NamedTuple):
    """One aim: `wanted` is a bound, at least or at most; `beside` are the same figures of the baselines."""

    name: str
    value: float
    wanted: float
    at_least: bool
    n: int
    interval: Interval | None = None
    beside: tuple[float | None, float | None] = (None, None)
    """LangChain's tutorial, and BM25 alone."""

    @property
    def reached(self) -> bool:
        """Whether the value keeps the bound."""
        return self.value >= self.wanted if self.at_least else self.value <= self.wanted

    @property
    def verdict(self) -> str:
        """Return whether it is reached, in words."""
        return "too few" if self.n < _FEW else "reached" if self.reached else "missed"


def targets(records: Iterable[Record]) -> list[Target]:
    """Return every target that the examples of a run can tell something about."""
    done = [record for record in records if record.error is None]
    ours = [record for record in done if record.system == NAME]
    return [*_retrieval(done), *_selection(ours), *_abstention(ours), *_fairness(ours), *_followups(ours), *_cost(done)]


def targets_table(found: Sequence[Target]) -> str:
    """Return the targets as a Markdown table."""
    lines = ["| | wanted | reached | 95 % | n | tutorial | bm25 | |", "|---|--:|--:|---|--:|--:|--:|---|"]
    for one in found:
        bound = f"{'≥' if one.at_least else '≤'} {one.wanted:g}"
        sure = f"[{one.interval.low:.2f}, {one.interval.high:.2f}]" if one.interval else ""
        tutorial, bm25 = ("" if value is None else f"{value:.3f}" for value in one.beside)
        verdict = one.verdict if one.verdict != "missed" else "**missed**"
        lines.append(f"| {one.name} | {bound} | {one.value:.3f} | {sure} | {one.n} | {tutorial} | {bm25} | {verdict} |")
    return "\n".join(lines) + "\n"


def _retrieval(done: Sequence[Record]) -> list[Target]:
    recalls = {
        (system, k): {
            record.case: recall_at(relevance(record), k)
            for record in done
            if record.system == system and record.type == "question"
        }
        for system in (NAME, Tutorial.name, Bm25Alone.name)
        for k in (1, 5)
    }
    kinds = {record.case: record for record in done if record.type == "question"}

    def recall(name: str, k: int, wanted: float, belongs: Callable[[Record], bool]) -> list[Target]:
        cases = [case for case in recalls[NAME, k] if belongs(kinds[case])]
        if not cases:
            return []
        values = [recalls[NAME, k][case] for case in cases]
        tutorial, bm25 = (_mean_of(recalls[system, k], cases) for system in (Tutorial.name, Bm25Alone.name))
        return [Target(name, fmean(values), wanted, True, len(cases), bootstrap(values), (tutorial, bm25))]

    def lead(name: str, other: str, wanted: float, belongs: Callable[[Record], bool]) -> list[Target]:
        cases = [case for case in recalls[NAME, 5] if case in recalls[other, 5] and belongs(kinds[case])]
        if not cases:
            return []
        sides = ([recalls[system, 5][case] for case in cases] for system in (other, NAME))
        gain = paired_bootstrap(*sides)
        return [Target(name, gain.mean, wanted, True, len(cases), Interval(gain.low, gain.high))]

    return [
        *recall("evidence first (R@1)", 1, 0.80, lambda _: True),
        *recall("evidence among the first five (R@5)", 5, 0.90, lambda _: True),
        *recall("R@5, paraphrased", 5, 0.75, lambda record: record.kind == "paraphrase"),
        *recall("R@5, asked in Chinese", 5, 0.85, lambda record: record.language == "zh"),
        *lead("R@5 above the tutorial pipeline", Tutorial.name, 0.18, lambda _: True),
        *lead("R@5 above BM25, exact wording", Bm25Alone.name, 0.0, lambda record: record.kind == "direct"),
    ]


def _selection(ours: Sequence[Record]) -> list[Target]:
    told = [per_example(record) for record in ours if record.type == "question"]
    wanted = (
        ("quoted words inside evidence", 0.70, True),
        ("citation length", 1.5, False),
        ("sufficient quote first", 0.85, True),
    )
    return [
        Target(name, fmean(values), bound, at_least, len(values), bootstrap(values))
        for name, bound, at_least in wanted
        if (values := [one[name] for one in told if name in one])
    ]


def _abstention(ours: Sequence[Record]) -> list[Target]:
    hopeless = [r for r in ours if r.type == "unanswerable" and r.kind not in _HOST_WORDS and r.answered is not None]
    answerable = [record for record in ours if record.type == "question" and record.answered is not None]
    if not hopeless or not answerable:
        return []
    refused = [float(not record.answered) for record in hopeless]
    turned_away = [float(not record.answered) for record in answerable]
    sure = [(record.type == "question", record.confidence or 0.0) for record in (*answerable, *hopeless)]

    def area(rows: Sequence[int]) -> float:
        high = [sure[row][1] for row in rows if sure[row][0]]
        return abstention.auroc(high, [sure[row][1] for row in rows if not sure[row][0]])

    found = [
        Target("unanswerable questions refused", fmean(refused), 0.92, True, len(refused), bootstrap(refused)),
        Target(
            "answerable questions refused", fmean(turned_away), 0.05, False, len(answerable), bootstrap(turned_away)
        ),
        Target("AUROC of the confidence", area(range(len(sure))), 0.97, True, len(sure), bootstrap_of(area, len(sure))),
    ]
    judged = [float(r.reason == r.expected) for r in hopeless if r.expected]
    if judged:
        found.append(Target("refused for the right reason", fmean(judged), 0.92, True, len(judged), bootstrap(judged)))
    return found


def _fairness(ours: Sequence[Record]) -> list[Target]:
    found = []
    answered = [record for record in ours if "attribution" in record.gates]
    if answered:
        misses = sum(len(record.gates["attribution"].misses) for record in answered)
        found.append(Target("quotes that touch others' words", misses, 0, False, len(answered)))
    kept = [per_example(r)["context kept"] for r in ours if r.type == "context" and r.kind == "misleads alone"]
    if kept:
        found.append(
            Target("misleading sentences kept in context", fmean(kept), 0.95, True, len(kept), bootstrap(kept))
        )
    return found


def _followups(ours: Sequence[Record]) -> list[Target]:
    def of(type_: str) -> dict[str, float]:
        members = [record for record in ours if record.type == type_ and record.kind != "first"]
        return {record.case.removesuffix(".full"): recall_at(relevance(record), 5) for record in members}

    short, full = of("followup"), of("standalone")
    if not short:
        return []
    both = [case for case in short if case in full]
    if not both:
        values = list(short.values())
        return [Target("R@5 of follow-ups", fmean(values), 0.85, True, len(values), bootstrap(values))]
    loss = paired_bootstrap([short[case] for case in both], [full[case] for case in both])
    interval = Interval(loss.low, loss.high)
    return [Target("R@5 lost by asking a follow-up shortly", loss.mean, 0.05, False, len(both), interval)]


def _cost(done: Sequence[Record]) -> list[Target]:
    answers = [record.seconds["answer"] for record in done if record.system == NAME and "answer" in record.seconds]
    floor = [record.seconds["search"] for record in done if record.system == NearestPassages.name]
    if not answers or not floor:
        return []
    return [
        Target(f"time of an answer / of nearest vectors, {label}", ratio, 2.0, False, len(answers))
        for share, label in ((0.5, "p50"), (0.95, "p95"))
        for ratio in (percentile(answers, share) / percentile(floor, share),)
    ]


def _mean_of(values: dict[str, float], cases: Sequence[str]) -> float | None:
    held = [values[case] for case in cases if case in values]
    return fmean(held) if held else None
