"""Plots as inline SVG: no script, no font, no network. Every text in them is escaped."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from evals.metrics.abstention import RiskPoint

WIDTH, HEIGHT = 460, 260
_LEFT, _BOTTOM, _TOP, _RIGHT = 48, 36, 12, 12
_INK = ("#1f5f8b", "#b5543a", "#5d7a3a", "#7a5c99")


class Bar(NamedTuple):
    """A value in 0 … 1 with its interval."""

    label: str
    value: float
    low: float
    high: float
    n: int


class Series(NamedTuple):
    """A named curve of (x, y) points, both axes scaled by the plot."""

    name: str
    points: list[tuple[float, float]]


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Return horizontal bars with their intervals."""
    height = 30 + 24 * len(rows)
    parts = []
    for place, row in enumerate(rows):
        y = 26 + 24 * place
        x, width = 150, 260
        parts.append(_text(x - 8, y + 12, f"{row.label} (n={row.n})", anchor="end"))
        parts.append(f'<rect x="{x}" y="{y}" width="{width * row.value:.1f}" height="16" fill="{_INK[0]}"/>')
        low, high = x + width * row.low, x + width * row.high
        parts.append(f'<path d="M{low:.1f} {y + 8}H{high:.1f}" stroke="#222" stroke-width="2"/>')
        parts.append(_text(x + width + 40, y + 12, f"{row.value:.2f}", anchor="end"))
    return _svg(title, "".join(parts), height)


def curves(title: str, series: Sequence[Series], *, across: str, up: str, reach: float | None = None) -> str:
    """Return curves on common axes; x runs from 0 to `reach` (else to the largest x), y from 0 to 1."""
    points = [point for one in series for point in one.points]
    widest = reach or max((x for x, _ in points), default=1.0) or 1.0
    parts = [_axes(across, up, widest)]
    for place, one in enumerate(series):
        ink = _INK[place % len(_INK)]
        path = " ".join(f"{_x(x / widest):.1f},{_y(y):.1f}" for x, y in one.points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2"/>')
        parts.append(_text(WIDTH - _RIGHT - 4, _TOP + 14 + 15 * place, one.name, anchor="end", ink=ink))
    return _svg(title, "".join(parts), HEIGHT)


def risk_coverage_plot(points: Sequence[RiskPoint]) -> str:
    """Return the risk-coverage curve."""
    curve = Series("ask-ilya", [(point.coverage, point.risk) for point in points])
    return curves("Risk against coverage", [curve], across="coverage", up="risk", reach=1.0)


def latency_plot(title: str, named: Sequence[tuple[str, Sequence[float]]]) -> str:
    """Return the cumulative distribution of times in milliseconds."""
    series = []
    for name, seconds in named:
        ordered = sorted(seconds)
        points = [(second * 1000, (place + 1) / len(ordered)) for place, second in enumerate(ordered)]
        series.append(Series(name, points))
    return curves(title, series, across="milliseconds", up="share of examples")


def grid(title: str, cells: dict[str, dict[str, int]]) -> str:
    """Return a confusion matrix: rows are expected, columns given; darker is more."""
    names = list(cells)
    size, left, top = 44, 140, 110
    most = max((count for row in cells.values() for count in row.values()), default=1) or 1
    parts = []
    for line, expected in enumerate(names):
        y = top + size * line
        parts.append(_text(left - 8, y + size / 2 + 4, expected, anchor="end"))
        for column, given in enumerate(names):
            x, count = left + size * column, cells[expected][given]
            ink = "#1f5f8b" if line == column else "#b5543a"
            parts.append(
                f'<rect x="{x}" y="{y}" width="{size - 2}" height="{size - 2}" fill="{ink}" '
                f'fill-opacity="{0.06 + 0.9 * count / most:.2f}"/>'
            )
            parts.append(_text(x + size / 2 - 1, y + size / 2 + 4, str(count), anchor="middle"))
    for column, given in enumerate(names):
        middle = left + size * column + size / 2
        parts.append(
            f'<text transform="translate({middle:.0f},{top - 8}) rotate(-45)" font-size="12">{escape(given)}</text>'
        )
    return _svg(title, "".join(parts), top + size * len(names) + 8)


def _svg(title: str, content: str, height: float) -> str:
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'aria-label="{escape(title)}" width="{WIDTH}" height="{height:.0f}">{content}</svg></figure>'
    )


def _axes(across: str, up: str, widest: float) -> str:
    parts = [f'<path d="M{_LEFT} {_TOP}V{_y(0):.0f}H{WIDTH - _RIGHT}" fill="none" stroke="#888"/>']
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(_text(_LEFT - 6, _y(share) + 4, f"{share:g}", anchor="end"))
        parts.append(_text(_x(share), _y(0) + 15, f"{share * widest:.3g}", anchor="middle"))
    parts.append(_text(WIDTH / 2, HEIGHT - 4, across, anchor="middle"))
    parts.append(
        f'<text transform="translate(12,{HEIGHT / 2}) rotate(-90)" text-anchor="middle" font-size="12">{up}</text>'
    )
    return "".join(parts)


def _text(x: float, y: float, words: str, *, anchor: str, ink: str = "#222") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="12" fill="{ink}">{escape(words)}</text>'


def _x(share: float) -> float:
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return HEIGHT - _BOTTOM - share * (HEIGHT - _BOTTOM - _TOP)
