"""What every measured system can do: rank places of the library for a question."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Ranked(NamedTuple):
    """Characters [start, end) of a source, with the score they were ranked by (comparable within one question)."""

    source: str
    start: int
    end: int
    score: float
    his: bool = True
    """Whether every character of it is known to be the subject's."""


class System(Protocol):
    """Ranks places for a question."""

    @property
    def name(self) -> str:
        """Return the name under which its figures are printed."""

    def rank(self, question: str, history: Sequence[str], count: int) -> list[Ranked]:
        """Return the best places, best first."""
