"""Executes a suite: example by example, every record written at once, so that nothing finished is ever lost."""

import platform
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from assistant import Answer
from evals.evaluation_errors import RunMissing
from evals.gates import check_answer, same_choice
from evals.hostile.attacks import Attacker
from evals.metrics.ranking import Place
from evals.run.judge import Judge
from evals.run.plan import Example, plan
from evals.run.run_records import RECORDS, Header, Record, Run, read_run, record_line, write_header
from evals.run.systems import Ranked, System
from evals.run.systems.baselines import Bm25Alone, NearestPassages, Tutorial
from evals.run.systems.ours import NAME, Ours
from evals.run.worlds import KeptEmbeddings, World
from evals.suite.bounds import read_bounds
from evals.suite.evidence_places import locate_all
from evals.suite.suite_file import Suite
from knowledge.model.errors import AskIlyaError
from knowledge.search import Progress
from knowledge.search.embedding import fingerprint

DEPTH = 20
"""How many ranked passages are kept of every question."""
BASELINES = (Bm25Alone.name, NearestPassages.name, Tutorial.name)

_FAILURES = (AskIlyaError, OSError, RuntimeError, ValueError)


def begin(
    suite: Suite,
    world: World,
    *,
    folder: Path,
    selector: str,
    subset: str | None,
    jobs: int,
    judge: Judge | None = None,
) -> "Session":
    """Locate all evidence and begin a run in `folder`, or continue the one that stands there.

    Raises:
        CaseError: evidence is not what it says; names the line.
        RunMissing: `folder` holds a run of other cases, sources, selector or judge.
    """
    golds = locate_all(suite.written, world.sources, lenient=suite.file.lenient)
    examples = plan(suite.written, golds, ours=NAME, baselines=BASELINES)
    model = world.assistant.settings.model if selector == "model" else None
    header = Header(
        suite=suite.name,
        title=suite.file.title or suite.name,
        suite_sha256=suite.sha256,
        subset=subset,
        selector=selector,
        model=model,
        embedder=fingerprint(world.assistant.embeddings),
        sources={source.id: source.sha256 for source in world.sources.values()},
        planned=tuple(example.key for example in examples),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        versions={"ask-ilya": version("ask-ilya"), "python": platform.python_version()},
        bounds={} if subset else read_bounds(suite.folder),
        jobs=jobs,
        judge=judge.name if judge else None,
    )
    done: set[str] = set()
    if (folder / RECORDS).exists():
        before = read_run(folder)
        told = ("suite_sha256", "selector", "model", "embedder", "sources", "judge")
        if any(getattr(before.header, name) != getattr(header, name) for name in told):
            raise RunMissing(f"{folder} holds a run of other cases, sources or models: name another folder with --out.")
        done = {record.key for record in before.records if record.error is None}
    write_header(folder, header)
    left = [example for example in examples if example.key not in done]
    return Session(world, folder, left, done=len(done), jobs=jobs, judge=judge)


class Session:
    """Examples that are still to be executed, and where their records go."""

    def __init__(
        self, world: World, folder: Path, examples: list[Example], *, done: int, jobs: int, judge: Judge | None
    ) -> None:
        self._world = world
        self._folder = folder
        self._examples = examples
        self._done = done
        self._jobs = jobs
        self._ours = Ours(world.assistant)
        self._attacker = Attacker(world)
        self._judge = judge
        self._lock = threading.Lock()

    def run(self, progress: Progress | None = None) -> Run:
        """Execute what is left and return the whole run. Ctrl-C stops at once and keeps what is finished."""
        total = self._done + len(self._examples)
        with self._attacker:
            self._run_all(total, progress)
        return read_run(self._folder)

    def _run_all(self, total: int, progress: Progress | None) -> None:
        systems = self._systems() if self._examples else {}
        with (self._folder / RECORDS).open("a", encoding="utf-8") as file:

            def finish(record: Record) -> None:
                with self._lock:
                    file.write(record_line(record))
                    file.flush()
                    self._done += 1
                    if progress:
                        progress(self._done, total)

            if self._jobs == 1:
                for example in self._examples:
                    finish(self._execute(example, systems))
            else:
                self._in_parallel(systems, finish)

    def execute_case(self, case: str) -> list[Record]:
        """Execute the examples of one case on the assistant alone, and write nothing."""
        wanted = [one for one in self._examples if one.system == NAME and one.case.split(".")[0] == case]
        with self._attacker:
            return [self._execute(example, {}) for example in wanted]

    def _in_parallel(self, systems: Mapping[str, System], finish: Callable[[Record], None]) -> None:
        pool = ThreadPoolExecutor(self._jobs)
        waiting: set[Future[Record]] = {pool.submit(self._execute, example, systems) for example in self._examples}
        try:
            while waiting:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in ready:
                    finish(future.result())
        finally:
            pool.shutdown(cancel_futures=True)

    def _systems(self) -> dict[str, System]:
        sources = list({source.id: source for source in self._world.sources.values()}.values())
        embeddings = KeptEmbeddings(self._world.embeddings, self._world.assistant.settings.home / "baselines")
        if not any(example.system != NAME for example in self._examples):
            return {NAME: self._ours}
        built: tuple[System, ...] = (
            self._ours,
            Bm25Alone(sources),
            NearestPassages(sources, embeddings),
            Tutorial(sources, embeddings),
        )
        return {system.name: system for system in built}

    def _execute(self, example: Example, systems: Mapping[str, System]) -> Record:
        base = {
            "case": example.case,
            "system": example.system,
            "type": example.type,
            "kind": example.kind,
            "language": example.language,
            "asked": example.asked,
            "history": example.history,
            "gold": example.gold,
            "expected": example.expected,
        }
        try:
            if example.type == "claim":
                found = self._checked(example)
            elif example.type == "attack":
                found = self._attacked(example)
            elif example.system == NAME:
                found = self._answered(example)
            else:
                found = _ranked(example, systems[example.system])
        except _FAILURES as error:
            found = {"error": str(error) if isinstance(error, AskIlyaError) else f"{type(error).__name__}: {error}"}
        return Record.model_validate(base | found)

    def _checked(self, example: Example) -> dict[str, object]:
        began = time.perf_counter()
        verdict = self._ours.verdict(example.asked)
        return {"verdict": verdict, "seconds": {"check": _since(began)}}

    def _attacked(self, example: Example) -> dict[str, object]:
        answer, gates = self._attacker.attack(example.kind, example.asked)
        return {"answered": answer.answered, "selector": answer.selector, "gates": gates}

    def _answered(self, example: Example) -> dict[str, object]:
        began = time.perf_counter()
        ranking = self._ours.ranking(example.asked, example.history, DEPTH)
        searched = time.perf_counter()
        answer = self._ours.answer(example.asked, example.history)
        answered = time.perf_counter()
        again = self._ours.answer(example.asked, example.history)
        verdicts = check_answer(answer, again, self._world)
        quotes = [numbered.quote for numbered in answer.quotes]
        return {
            "ranked": tuple(ranking.places),
            "answered": answer.answered,
            "reason": answer.reason.value if answer.reason else None,
            "selector": answer.selector,
            "confidence": round(ranking.confidence, 9),
            "quoted": tuple(Place(quote.source.id, quote.start, quote.end, quote.text) for quote in quotes),
            "statements": verdicts.statements,
            "gates": verdicts.gates,
            "tokens": _tokens(answer),
            "repeated": same_choice(answer, again) if answer.model else None,
            "judged": self._judge.is_relevant(example.asked, quotes[0].text) if self._judge and quotes else None,
            "seconds": {"search": round(searched - began, 6), "answer": round(answered - searched, 6)},
        }


def _ranked(example: Example, system: System) -> dict[str, object]:
    began = time.perf_counter()
    ranked: list[Ranked] = system.rank(example.asked, example.history, DEPTH)
    return {
        "ranked": tuple(ranked),
        "confidence": ranked[0].score if ranked else 0.0,
        "seconds": {"search": _since(began)},
    }


def _tokens(answer: Answer) -> tuple[int, int] | None:
    used = answer.model.usage if answer.model else None
    return (used.tokens_in, used.tokens_out) if used else None


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 6)
