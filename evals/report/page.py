"""The HTML report, for now the Markdown summary in one page."""

from collections.abc import Sequence

from evals.records import Run
from evals.thresholds import Judged


def page(run: Run, judged: Sequence[Judged]) -> str:
    """Return the report."""
    return run.header.title
