"""Generators with a return value: one is run to its end, and what it returned is kept beside what it yielded."""

from collections.abc import Generator, Iterator
from types import TracebackType
from typing import Generic, TypeVar

Yielded = TypeVar("Yielded")
Returned = TypeVar("Returned")


class Returning(Generic[Yielded, Returned]):
    """Iterates over a generator, and closes it when its `with` block is left.

    >>> def count():
    ...     yield from (1, 2)
    ...     return "done"
    >>> with Returning(count()) as counting:
    ...     print(list(counting), counting.returned)
    [1, 2] done
    """

    returned: Returned
    """What the generator returned; there once the iteration has ended."""

    def __init__(self, generator: Generator[Yielded, None, Returned]) -> None:
        self._generator = generator

    def __iter__(self) -> Iterator[Yielded]:
        self.returned = yield from self._generator

    def __enter__(self) -> "Returning[Yielded, Returned]":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._generator.close()
