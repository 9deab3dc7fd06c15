"""What one command does from start to finish: read the suite, open its library, run, judge, write the reports."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from assistant import Settings
from evals.evaluation_errors import RunMissing
from evals.figures import figures
from evals.figures.thresholds import Judged, judge
from evals.report import page, summary
from evals.run.judge import Judge
from evals.run.run_records import RECORDS, Run, read_run
from evals.run.runner import begin
from evals.run.worlds import open_world
from evals.suite.suite_file import Suite, find_suite
from knowledge.search import Progress

REPORT = "report.html"
SUMMARY = "summary.md"


class Outcome(NamedTuple):
    """A finished run, judged; `run.folder` holds its records and reports."""

    run: Run
    judged: list[Judged]

    @property
    def passed(self) -> bool:
        """Whether every example was executed and every bound held."""
        return not self.run.missing and all(one.passed for one in self.judged)


class Wanted(NamedTuple):
    """What to run and how."""

    suite: str
    selector: str = "extractive"
    subset: str | None = None
    jobs: int = 1
    out: Path | None = None
    resume: bool = False
    corpus: Path | None = None


def evaluate(wanted: Wanted, *, opening: Progress | None = None, running: Progress | None = None) -> Outcome:
    """Run a suite, or the rest of an interrupted run, and write its reports.

    Raises:
        EvaluationError: the suite, its cases, its sources or the run to continue are not as they must be.
    """
    suite = find_suite(wanted.suite, corpus=wanted.corpus)
    if wanted.subset:
        suite = suite.only(wanted.subset)
    folder = wanted.out or _folder(suite, wanted)
    world = open_world(suite, selector=wanted.selector, progress=opening)
    session = begin(
        suite,
        world,
        folder=folder,
        selector=wanted.selector,
        subset=wanted.subset,
        jobs=wanted.jobs,
        judge=Judge.from_settings(Settings()),
    )
    return report(session.run(running))


def report(run: Run) -> Outcome:
    """Judge a run by the bounds it was begun with and write `summary.md` and `report.html` beside its records."""
    outcome = Outcome(run, judge(figures(run.records), run.header.bounds))
    (run.folder / SUMMARY).write_text(summary(run, outcome.judged), encoding="utf-8")
    (run.folder / REPORT).write_text(page(run, outcome.judged), encoding="utf-8")
    return outcome


def rescore(folder: Path) -> Outcome:
    """Compute every figure of a finished run again from its records alone.

    Raises:
        RunMissing: the folder holds no run.
    """
    return report(read_run(folder))


def runs(suite_name: str) -> list[Path]:
    """Return the folders of the runs of a suite under `ILYA_HOME`, oldest first."""
    return sorted(path.parent for path in _home(suite_name).glob(f"*/{RECORDS}"))


def _folder(suite: Suite, wanted: Wanted) -> Path:
    if not wanted.resume:
        return _home(suite.name) / datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    before = runs(suite.name)
    if not before:
        raise RunMissing(f"There is no run of “{suite.name}” to continue.")
    return before[-1]


def _home(suite_name: str) -> Path:
    return Settings().home / "evals" / "runs" / suite_name
