"""The HTML report: one file that opens without a network."""

from collections.abc import Sequence
from html import escape

from evals.figures import Figure, answered_right, figures, verdict_pairs
from evals.figures.targets import Target, targets
from evals.figures.thresholds import Judged
from evals.metrics.abstention import risk_coverage
from evals.metrics.rates import confusion
from evals.report.plots import Bar, bars, grid, latency_plot, risk_coverage_plot
from evals.report.summary_markdown import gate_misses, number, verdict
from evals.run.run_records import Record, Run
from evals.run.systems.ours import NAME

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:1040px;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}
td,th{padding:.15rem .7rem;border-bottom:1px solid #ddd;text-align:left}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.bad{color:#a11}.good{color:#275}
figure{display:inline-block;margin:0 1.5rem 1.5rem 0;max-width:100%;vertical-align:top}figcaption{font-weight:600}
svg{max-width:100%;height:auto}.wide{overflow-x:auto}p,li,summary{overflow-wrap:anywhere}
details{margin:.3rem 0}small{color:#666}
"""


def page(run: Run, judged: Sequence[Judged]) -> str:
    """Return the report of a run."""
    found = figures(run.records)
    told = run.header
    passed = not run.missing and all(one.passed for one in judged)
    model = f" ({told.model})" if told.model else ""
    facts = (
        f"Selector {told.selector}{model}, embedder {told.embedder}, {len(told.sources)} sources, "
        f"{len(told.planned)} examples, cases {told.suite_sha256[:12]}, started {told.started}. "
        "In brackets: 95 % bootstrap intervals."
    )
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(told.title)}</title>',
        f"<style>{_STYLE}</style></head><body><h1>{escape(told.title)}</h1><p><small>{escape(facts)}</small></p>",
        f'<p class="{"good" if passed else "bad"}">{_lines(verdict(run, judged))}</p>',
        _plots(run, found),
        _targets(targets(run.records)),
    ]
    for section in dict.fromkeys(figure.section for figure in found):
        parts.append(f"<h2>{escape(section)}</h2>{_table([one for one in found if one.section == section])}")
    misses = gate_misses(run)
    if misses:
        items = "".join(f"<li>{escape(miss)}</li>" for miss in misses)
        parts.append(f'<h2 class="bad">Gate misses</h2><ul>{items}</ul>')
    parts.append(f"<h2>Examples</h2>{''.join(_example(record) for record in run.records if record.system == NAME)}")
    return "".join([*parts, "</body></html>\n"])


def _plots(run: Run, found: Sequence[Figure]) -> str:
    ours = [record for record in run.records if record.system == NAME and record.error is None]
    parts = []
    for k in (1, 5):
        rows = [
            Bar(figure.group, figure.value, figure.low, figure.high, figure.n)
            for figure in found
            if figure.name == f"recall@{k}" and figure.system == NAME and figure.low is not None is not figure.high
        ]
        if rows:
            parts.append(bars(f"recall@{k} by kind of question", rows))
    asked = [record for record in ours if record.type in ("question", "unanswerable")]
    if asked:
        confidence = [record.confidence or 0.0 for record in asked]
        parts.append(risk_coverage_plot(risk_coverage(confidence, [answered_right(record) for record in asked])))
    pairs = verdict_pairs(ours)
    if pairs:
        parts.append(grid("Verdicts: expected (rows), given (columns)", confusion(pairs)))
    times = [(name, [r.seconds[name] for r in ours if name in r.seconds]) for name in ("search", "answer", "check")]
    times = [(name, values) for name, values in times if values]
    if times:
        parts.append(latency_plot("Latency", times))
    return "".join(parts)


def _table(members: Sequence[Figure]) -> str:
    systems = sorted({figure.system for figure in members}, key=lambda name: (name != NAME, name))
    rows: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in members:
        rows.setdefault((figure.group, figure.name), {})[figure.system] = figure
    head = "".join(f"<th>{escape(name)}</th>" for name in ("figure", "group", "n", *systems))
    lines = []
    for (group, name), cells in sorted(rows.items(), key=lambda item: item[0][0] != "all"):
        told = "".join(f'<td class="n">{_cell(cells.get(system))}</td>' for system in systems)
        n = max(figure.n for figure in cells.values())
        lines.append(f'<tr><td>{escape(name)}</td><td>{escape(group)}</td><td class="n">{n}</td>{told}</tr>')
    return _wide(head, lines)


def _targets(found: Sequence[Target]) -> str:
    if not found:
        return ""
    head = "".join(f"<th>{name}</th>" for name in ("aim", "wanted", "reached", "n", "tutorial", "bm25", ""))
    lines = []
    for one in found:
        beside = ("" if value is None else f"{value:.3f}" for value in one.beside)
        told = (f"{'≥' if one.at_least else '≤'} {one.wanted:g}", f"{one.value:.3f}", str(one.n), *beside)
        cells = "".join(f'<td class="n">{cell}</td>' for cell in told)
        lines.append(f"<tr><td>{escape(one.name)}</td>{cells}<td>{one.verdict}</td></tr>")
    return f"<h2>Targets</h2>{_wide(head, lines)}"


def _wide(head: str, lines: Sequence[str]) -> str:
    return f'<div class="wide"><table><tr>{head}</tr>{"".join(lines)}</table></div>'


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.low is None or figure.high is None:
        return number(figure)
    return f"{number(figure)} <small>[{figure.low:.2f}, {figure.high:.2f}]</small>"


def _example(record: Record) -> str:
    outcome = record.error or record.verdict or record.reason or f"{len(record.quoted)} quotes"
    quotes = "".join(
        f"<li>{escape(quote.source)} [{quote.start}, {quote.end}): {escape(quote.text)}</li>" for quote in record.quoted
    )
    gold = "".join(f"<li>{escape(place.source)}: {escape(place.text)}</li>" for place in record.gold)
    shown = f"<p>shown</p><ol>{quotes}</ol>" if quotes else ""
    wanted = f"<p>evidence</p><ul>{gold}</ul>" if gold else f"<p>expected: {escape(record.expected or 'refusal')}</p>"
    return (
        f"<details><summary>{escape(record.case)}: {escape(record.asked)} "
        f"<small>{escape(str(outcome))}</small></summary>"
        f"{shown}{wanted}</details>"
    )


def _lines(markdown: str) -> str:
    return "<br>".join(escape(line.replace("**", "")) for line in markdown.strip().split("\n"))
