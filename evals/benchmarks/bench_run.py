"""`ilya bench`: every ratio that a target was set for, measured in one run."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant import Assistant, Settings
from evals.benchmarks.cold_start import cold_starts
from evals.benchmarks.ratios import Ratio
from evals.benchmarks.reimporting import reimports
from evals.benchmarks.steady_memory import memory_over_questions
from evals.benchmarks.throughput import answers_beside_queries


def bench(*, rounds: int, seconds: float, questions: int) -> Iterator[Ratio]:
    """Yield the figures, over a library of the quotation book made for this run.

    Args:
        rounds: how often each ratio is taken.
        seconds: how long each side of the throughput is measured.
        questions: how many are asked while memory is watched.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        assistant = Assistant.open(Settings(home=home))
        parts: tuple[Callable[[], Iterator[Ratio]], ...] = (
            lambda: cold_starts(home, rounds=rounds),
            lambda: reimports(rounds=rounds),
            lambda: answers_beside_queries(assistant, rounds=rounds, seconds=seconds),
            lambda: memory_over_questions(assistant, asked=questions),
        )
        for part in parts:
            yield from part()
