"""A run as people read it: Markdown for a terminal or a pull request, one HTML page with plots for the rest."""

from evals.report.html_report import page
from evals.report.summary_markdown import summary

__all__ = ["page", "summary"]
