"""How much faster an unchanged folder is imported again."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from assistant import Assistant, Settings
from evals.benchmarks.ratios import Ratio
from knowledge.library.importer import import_paths

_FILES = 20
_TURNS = 60


def reimports(*, rounds: int) -> Iterator[Ratio]:
    """Yield the time of a first import of invented interviews over that of the second, unchanged."""
    ratios = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            assistant = Assistant.open(Settings(home=Path(home) / "home", starter=False))
            folder = Path(home) / "interviews"
            folder.mkdir()
            for number in range(_FILES):
                (folder / f"talk-{number}.txt").write_text(_interview(number, assistant.subject.name), encoding="utf-8")
            first, second = _import(assistant, folder), _import(assistant, folder)
            ratios.append(first / second)
    yield Ratio(f"first import of {_FILES} files / the same again, unchanged", ratios, 50, at_least=True)


def _import(assistant: Assistant, folder: Path) -> float:
    began = time.perf_counter()
    list(import_paths([str(folder)], assistant.library, assistant.subject))
    assistant.index.sync()
    return time.perf_counter() - began


def _interview(number: int, name: str) -> str:
    turns = []
    for turn in range(_TURNS):
        turns.append(f"Host: What about part {turn} of question {number}?")
        turns.append(f"{name}: Part {turn} has {turn * number + 2} sides. Each was found by patience.")
    return "\n\n".join(turns) + "\n"
