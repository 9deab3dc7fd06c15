"""Whether memory grows with the questions that were answered."""

import gc
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from assistant import Assistant
from evals.benchmarks.ratios import Ratio
from evals.benchmarks.throughput import questions


def memory_over_questions(assistant: Assistant, *, asked: int, warm: int = 500) -> Iterator[Ratio]:
    """Yield resident memory after every `warm` further questions, as a share of that after the first `warm`.

    Args:
        assistant: whom to ask.
        asked: questions in all.
        warm: questions after which everything that is kept on purpose is there.
    """
    source, ratios = cycle(questions()), list[float]()
    for question in islice(source, warm):
        assistant.ask(question)
    before = _resident()
    for _ in range(max(asked // warm - 1, 1)):
        for question in islice(source, warm):
            assistant.ask(question)
        ratios.append(_resident() / before)
    yield Ratio(f"memory after up to {asked:,} questions / after {warm}", ratios, 1.05, at_least=False)


def _resident() -> float:
    """Return the resident memory of this process in megabytes."""
    gc.collect()
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in told.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
