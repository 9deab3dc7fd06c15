"""Slack's surface: Block Kit blocks read back, as soon as the project renders them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant import Answer
    from evals.gates.surfaces import Surface


def read_slack(_answer: "Answer", *, subject: str) -> "list[Surface]":
    """Return Slack's surface, or nothing as long as `ui.rendering` has no blocks."""
    return []
