"""A run as people read it: Markdown for a terminal or a pull request, one HTML page with plots for the rest."""

from evals.report.markdown import summary
from evals.report.page import page

__all__ = ["page", "summary"]
