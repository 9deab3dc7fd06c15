"""Asking one system after another: what one cannot do is told, and the others are still asked."""

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from evals.rivals.peer import PeerFailed
from knowledge.search import Progress

T = TypeVar("T")


class Compared(NamedTuple, Generic[T]):
    """What was measured of each system, and for each that failed, by name, why."""

    found: list[T]
    failed: dict[str, str]

    @property
    def complaints(self) -> str:
        """Return one line for each system that failed."""
        return "".join(f"Not compared: {name}. {why}\n" for name, why in self.failed.items())


def attempt(systems: Sequence[tuple[str, Callable[[], T]]], progress: Progress | None = None) -> Compared[T]:
    """Ask each system, by name; `progress` hears how many are done."""
    found: list[T] = []
    failed: dict[str, str] = {}
    for done, (name, ask) in enumerate(systems):
        if progress:
            progress(done, len(systems))
        try:
            found.append(ask())
        except PeerFailed as error:
            failed[name] = str(error)
    return Compared(found, failed)
