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

from evals.benchmarks.synthetic import SyntheticEmbeddings, interviews
from evals.locating import locate_all
from evals.metrics.latency import percentile
from evals.metrics.places import Place
from evals.metrics.ranking import is_relevant, recall_at
from evals.planning import Example, plan
from evals.suite import Suite, find_suite
from evals.systems.baselines import his_passages
from evals.systems.ours import NAME, Ours
from evals.worlds import World, open_world
from knowledge.embedding import embed_texts
from knowledge.index import Index, open_chroma

_TIMED = 100


def main() -> None:
    """Measure the suite's library as it is, then with synthetic passages added; each in a process of its own."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("home", type=Path, help="a folder for the libraries; used again when it is there")
    asked.add_argument("--passages", type=int, default=100_000, help="synthetic passages to add")
    asked.add_argument("--suite", default="shared", help="shared, where ../shared stands beside the checkout, or book")
    asked.add_argument("--step", choices=("add", "measure"), help="one step alone")
    given = asked.parse_args()
    home = given.home.resolve()
    os.environ["ILYA_HOME"] = str(home)
    suite = find_suite(given.suite)
    if given.step == "add":
        _add(suite, given.passages)
    elif given.step == "measure":
        _measure(suite)
    else:
        marker = home / f"{suite.name}-{given.passages}.added"
        for step in ("measure",) * (not marker.exists()) + ("add", "measure"):
            if step == "measure" or not marker.exists():
                _run(step, given)
            if step == "add":
                marker.touch()


def _run(step: str, given: argparse.Namespace) -> None:
    options = [str(given.home), "--suite", given.suite, "--passages", str(given.passages), "--step", step]
    subprocess.run([sys.executable, "-m", "evals.benchmarks.scale", *options], check=True)


def _add(suite: Suite, passages: int) -> None:
    world = open_world(suite, selector="extractive")
    assistant = world.assistant
    real = his_passages(list(world.sources.values()))
    pool = embed_texts(world.embeddings, [passage.text for passage in real], as_query=False)
    began = time.perf_counter()
    for source, raw in interviews(real, passages, subject=assistant.subject.name):
        assistant.library.add(source, raw, origin=f"{source.id}.txt")
    folder = assistant.settings.index_folder
    embeddings = SyntheticEmbeddings(world.embeddings, pool)
    Index(lambda: open_chroma(folder / "chroma"), folder, assistant.library, embeddings).sync()
    _say(f"added {passages:,} passages in {time.perf_counter() - began:.0f} s, {_memory()}")


def _measure(suite: Suite) -> None:
    world = open_world(suite, selector="extractive")
    ours = Ours(world.assistant)
    golds = locate_all(suite.written, world.sources, lenient=suite.file.lenient)
    asked = [one for one in plan(suite.written, golds, ours=NAME, baselines=()) if one.type == "question"]
    _say(f"{len(world.assistant.index.current()):,} passages, {len(asked)} questions")
    relevant = [_relevance(ours, one) for one in asked]
    for k in (1, 5):
        _say(f"  R@{k} {np.mean([recall_at(hits, k) for hits in relevant]):.3f}")
    answers, floors = _times(world, [one.asked for one in asked][:_TIMED])
    for share, label in ((0.5, "p50"), (0.95, "p95")):
        answer, floor = percentile(answers, share), percentile(floors, share)
        told = f"answer {answer * 1000:.1f} ms, embedding and Chroma's nearest 20 {floor * 1000:.1f} ms"
        _say(f"  {label}: {told}, ratio {answer / floor:.2f}")
    _say(f"  {_memory()}")


def _relevance(ours: Ours, example: Example) -> list[bool]:
    found = ours.rank(example.asked, (), 5)
    return [is_relevant(Place(one.source, one.start, one.end, ""), example.gold) for one in found]


def _times(world: World, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    index = world.assistant.index
    answers, floors = [], []
    for warm in (False, True):
        for question in questions:
            began = time.perf_counter()
            vector = np.asarray(world.embeddings.embed_query(question), dtype=np.float32)
            index.nearest(index.current(), vector, 20)
            between = time.perf_counter()
            world.assistant.ask(question)
            ended = time.perf_counter()
            if warm:
                floors.append(between - began)
                answers.append(ended - between)
    return answers, floors


def _memory() -> str:
    return f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
