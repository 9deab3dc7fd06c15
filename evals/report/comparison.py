"""Two runs of the same cases, example by example: which figures moved, and which examples changed."""

from collections.abc import Iterable
from typing import NamedTuple

from evals.evaluation_errors import RunMissing
from evals.figures import per_example
from evals.metrics.intervals import Difference, paired_bootstrap
from evals.run.run_records import Record, Run
from evals.run.systems.ours import NAME


class Moved(NamedTuple):
    """One figure over the examples that both runs have: B minus A."""

    name: str
    n: int
    before: float
    after: float
    difference: Difference


class Change(NamedTuple):
    """An example whose outcome differs."""

    case: str
    asked: str
    before: str
    after: str


class Comparison(NamedTuple):
    """What differs between two runs."""

    moved: list[Moved]
    changes: list[Change]
    only_one: int
    """Examples that only one of the runs finished."""


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs.

    Raises:
        RunMissing: they ran different cases, were judged by different models, or share no finished example.
    """
    if before.header.suite_sha256 != after.header.suite_sha256:
        raise RunMissing(f"{before.folder} and {after.folder} ran different cases: figures are not comparable.")
    if before.header.judge != after.header.judge:
        raise RunMissing(f"{before.folder} and {after.folder} were judged by different models: not comparable.")
    first, second = _ours(before), _ours(after)
    shared = sorted(first.keys() & second.keys())
    if not shared:
        raise RunMissing(f"{before.folder} and {after.folder} share no finished example.")
    pairs = [(first[key], second[key]) for key in shared]
    changes = [_change(old, new) for old, new in pairs if _outcome(old) != _outcome(new)]
    return Comparison(_moved(pairs), changes, len(first.keys() ^ second.keys()))


def comparison_text(found: Comparison) -> str:
    """Return a comparison as Markdown."""
    lines = ["| figure | n | A | B | B - A | 95 % interval |", "|---|--:|--:|--:|--:|--:|"]
    for moved in found.moved:
        told = moved.difference
        mark = " **" if told.low > 0 or told.high < 0 else ""
        lines.append(
            f"| {moved.name} | {moved.n} | {moved.before:.3f} | {moved.after:.3f} | {told.mean:+.3f}{mark} "
            f"| [{told.low:+.3f}, {told.high:+.3f}] |"
        )
    lines.append("\n** : the interval does not hold 0 (paired bootstrap).\n")
    if found.only_one:
        lines.append(f"{found.only_one} examples were finished by one run only and are not compared.\n")
    lines.append(f"{len(found.changes)} examples changed.\n")
    lines += [f"- {one.case}: {one.asked}\n  - A: {one.before}\n  - B: {one.after}" for one in found.changes]
    return "\n".join(lines) + "\n"


def _ours(run: Run) -> dict[str, Record]:
    return {record.case: record for record in run.records if record.system == NAME and record.error is None}


def _moved(pairs: Iterable[tuple[Record, Record]]) -> list[Moved]:
    values: dict[str, tuple[list[float], list[float]]] = {}
    for old, new in pairs:
        first, second = per_example(old), per_example(new)
        for name in first.keys() & second.keys():
            kept = values.setdefault(name, ([], []))
            kept[0].append(first[name])
            kept[1].append(second[name])
    return [
        Moved(name, len(a), sum(a) / len(a), sum(b) / len(b), paired_bootstrap(a, b))
        for name, (a, b) in sorted(values.items())
    ]


def _outcome(record: Record) -> tuple[object, ...]:
    return (record.verdict, record.reason, tuple((place.source, place.start, place.end) for place in record.quoted))


def _change(old: Record, new: Record) -> Change:
    return Change(old.case, old.asked, _told(old), _told(new))


def _told(record: Record) -> str:
    if record.verdict or record.reason:
        return record.verdict or record.reason or ""
    shown = [f"“{place.text[:60]}…” ({place.source})" for place in record.quoted]
    return "; ".join(shown) or "nothing"
