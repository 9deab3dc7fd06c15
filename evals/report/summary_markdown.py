"""The Markdown summary: verdict first, then every figure with its n and 95 % interval."""

from collections.abc import Sequence

from evals.figures import Figure, figures
from evals.figures.targets import targets, targets_table
from evals.figures.thresholds import Judged
from evals.run.run_records import Run
from evals.run.systems.ours import NAME

_ALWAYS_BY_GROUP = ("recall@1", "recall@5")


def summary(run: Run, judged: Sequence[Judged], *, details: bool = True) -> str:
    """Return the summary of a run; `details` adds the groups and the misses."""
    found = figures(run.records)
    parts = [f"# {run.header.title}\n", _head(run), verdict(run, judged), "\n"]
    aims = targets(run.records)
    if aims:
        parts.append(f"\n## Targets\n\n{targets_table(aims)}")
    for section in dict.fromkeys(figure.section for figure in found):
        members = [figure for figure in found if figure.section == section and (details or _is_main(figure))]
        parts.append(f"\n## {section}\n\n{table(members)}")
    misses = gate_misses(run)
    if misses:
        shown = misses if details else misses[:5]
        parts.append(f"\n## Gate misses ({len(misses)})\n\n" + "".join(f"- {miss}\n" for miss in shown))
    return "".join(parts)


def _is_main(figure: Figure) -> bool:
    return figure.group == "all" or figure.name in _ALWAYS_BY_GROUP


def verdict(run: Run, judged: Sequence[Judged]) -> str:
    """Return one paragraph: whether the run passed, and if not, why."""
    failed = [one for one in judged if not one.passed]
    lines = []
    if run.missing:
        failed_now = {record.key: record.error for record in run.records if record.error}
        shown = [f"{key} ({failed_now[key]})" if key in failed_now else key for key in run.missing[:3]]
        lines.append(
            f"**Not all cases were executed**: {len(run.missing)} of {len(run.header.planned)} are missing, "
            f"among them {'; '.join(shown)}.\n"
        )
    for one in failed:
        lines.append(f"- **below what it must be**: {one.figure.key} is {number(one.figure)}, must be {one.bound}\n")
    if not lines:
        lines.append(f"**Passed**: all {len(run.header.planned)} examples executed, {len(judged)} bounds held.\n")
    return "".join(lines)


def table(members: Sequence[Figure]) -> str:
    """Return figures as a Markdown table, one column per system."""
    systems = sorted({figure.system for figure in members}, key=lambda name: (name != NAME, name))
    rows: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in members:
        rows.setdefault((figure.group, figure.name), {})[figure.system] = figure
    lines = ["| figure | group | n | " + " | ".join(systems) + " |", "|---|---|--:|" + "--:|" * len(systems)]
    for (group, name), cells in sorted(rows.items(), key=lambda item: item[0][0] != "all"):
        n = max(figure.n for figure in cells.values())
        told = [_cell(cells[system]) if system in cells else "" for system in systems]
        lines.append(f"| {name} | {group} | {n} | " + " | ".join(told) + " |")
    return "\n".join(lines) + "\n"


def number(figure: Figure) -> str:
    """Return the value as it is printed: counts whole, milliseconds with one decimal, the rest with three."""
    if figure.name.endswith("misses") or figure.name == "altered called exact":
        return f"{figure.value:.0f}"
    return f"{figure.value:.1f}" if figure.name.endswith("ms") else f"{figure.value:.3f}"


def gate_misses(run: Run) -> list[str]:
    """Return every miss of every gate, with the example it happened in."""
    return [
        f"{gate}, {record.case}: {miss}"
        for record in run.records
        for gate, checked in record.gates.items()
        for miss in checked.misses
    ]


def _cell(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return number(figure)
    return f"{number(figure)} [{figure.low:.2f}, {figure.high:.2f}]"


def _head(run: Run) -> str:
    told = run.header
    model = f" ({told.model})" if told.model else ""
    return (
        f"Selector {told.selector}{model}, embedder {told.embedder}, {len(told.sources)} sources, "
        f"{len(told.planned)} examples, cases {told.suite_sha256[:12]}, started {told.started}. "
        "In brackets: 95 % bootstrap intervals.\n\n"
    )
