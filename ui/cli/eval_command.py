"""`ilya eval`: run a suite, compare runs, begin a suite of your own. `ilya bench`: speed and memory."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ui.cli.console import progress_bar, write

_FAILED = 1


class _DefaultsToRun(TyperGroup):
    """`ilya eval book --jobs 2` means `ilya eval run book --jobs 2`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


evaluation = typer.Typer(
    cls=_DefaultsToRun,
    help="Measure how far the citations can be trusted: `ilya eval [SUITE]`.",
    epilog="`ilya eval` runs the suite on the shipped quotation book; `ilya eval run --help` shows the options.",
)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(evaluation, name="eval")
    app.command()(bench)


@evaluation.command()
def run(
    suite: Annotated[
        str, typer.Argument(help="A shipped suite (book, obvious, shared), or a folder with case files.")
    ] = "book",
    selector: Annotated[str, typer.Option(help="extractive, or model (ILYA_MODEL).")] = "extractive",
    subset: Annotated[str | None, typer.Option(help="Only one group, kind, language or case id.")] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Examples side by side; 1 for honest latencies.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Folder for records and reports; continued if it has any.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder with the raw files that the cases name.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Continue the latest run of this suite.")] = False,
) -> None:
    """Run a suite. Exit code 1: a gate or a bound failed, or not every case was executed."""
    from evals.report import summary
    from evals.run.session import Wanted, evaluate

    if selector not in ("extractive", "model"):
        raise typer.BadParameter("the selector is extractive or model", param_hint="--selector")
    wanted = Wanted(suite, selector, subset, jobs, out, resume, corpus)
    try:
        with progress_bar("Preparing the index") as opening, progress_bar(f"Running {suite}") as running:
            outcome = evaluate(wanted, opening=opening, running=running)
    except KeyboardInterrupt:
        write(f"Stopped. Finished examples are kept: `ilya eval {suite} --resume` runs the rest.\n")
        raise typer.Exit(_FAILED) from None
    write(summary(outcome.run, outcome.judged, details=False))
    write(f"\nRecords and report: {outcome.run.folder}\n")
    if outcome.run.missing:
        write(f"What was not executed is tried again by the same command with --out {outcome.run.folder}.\n")
    if not outcome.passed:
        raise typer.Exit(_FAILED)


@evaluation.command()
def score(folder: Annotated[Path, typer.Argument(help="Folder of a run.")]) -> None:
    """Compute every figure of a run again, from its records alone."""
    from evals.report import summary
    from evals.run.session import rescore

    outcome = rescore(folder)
    write(summary(outcome.run, outcome.judged))
    if not outcome.passed:
        raise typer.Exit(_FAILED)


@evaluation.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="Folder of a run.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="Folder of another run of the same cases.")],
) -> None:
    """Compare two runs: paired bootstrap intervals, and the examples that changed."""
    from evals.report.comparison import compare as compare_runs
    from evals.report.comparison import comparison_text
    from evals.run.run_records import read_run

    write(comparison_text(compare_runs(read_run(before), read_run(after))))


@evaluation.command()
def peers(
    suite: Annotated[
        str, typer.Argument(help="A shipped suite (book, obvious, shared), or a folder with case files.")
    ] = "book",
    corpus: Annotated[Path | None, typer.Option(help="Folder with the raw files that the cases name.")] = None,
    subset: Annotated[str | None, typer.Option(help="Only one group, kind, language or case id.")] = None,
    answers: Annotated[
        bool, typer.Option("--answers", help="Compare whole answers, by the model of ILYA_MODEL, instead of verdicts.")
    ] = False,
) -> None:
    """Compare with tools of others, each installed from the package registry into its own environment.

    Quote verifiers on the suite's claims; with --answers, LangChain's tutorial and LlamaIndex on its questions.
    """
    from assistant import Settings
    from evals.rivals import PEERS, answering_peers, compare_answers, compare_peers, fidelity_table, peers_table
    from evals.run.worlds import open_world
    from evals.suite.suite_file import find_suite

    found = find_suite(suite, corpus=corpus)
    found = found.only(subset) if subset else found
    with progress_bar("Preparing the index") as opening:
        world = open_world(found, selector="model" if answers else "extractive", progress=opening)
    folder = Settings().home / "evals" / "peers"
    with progress_bar("Installing and asking") as asking:
        if answers:
            told = compare_answers(found, world, answering_peers(world, folder), asking)
            table, failed = fidelity_table(told), told.failed
        else:
            verdicts = compare_peers(found, world, PEERS, folder, asking)
            table, failed = peers_table(verdicts), verdicts.failed
    write(table)
    if failed:
        raise typer.Exit(1)


@evaluation.command()
def init(folder: Annotated[Path, typer.Argument(help="A new folder.")]) -> None:
    """Begin a suite of your own: a folder with example cases to replace."""
    from evals.suite.suite_templates import begin_suite

    for path in begin_suite(folder):
        write(f"{path}\n")
    write(f"Replace the cases by your own, then run `ilya eval {folder}`.\n")


@evaluation.command()
def suggest(
    source_id: Annotated[str, typer.Argument(help="An id from `ilya sources`.")],
    count: Annotated[int, typer.Option("-n", min=1, help="At most so many cases.")] = 20,
) -> None:
    """Propose cases from the questions and answers of a source, as YAML for you to edit."""
    from evals.suite.suite_templates import suggestions
    from ui.cli.console import open_assistant

    write(suggestions(open_assistant().library.source(source_id), count))


@evaluation.command()
def feedback(answer_id: Annotated[str, typer.Argument(help="Id of a saved answer, as in its link.")]) -> None:
    """Turn what people said about an answer's quotes into cases, as YAML for you to edit."""
    from evals.suite.suite_templates import case_from_feedback
    from ui.cli.console import open_assistant

    write(case_from_feedback(open_assistant().library, answer_id))


def bench(
    rounds: Annotated[int, typer.Option(min=1, help="How often each ratio is taken.")] = 5,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long each side of the throughput is measured.")] = 10,
    questions: Annotated[int, typer.Option(min=1, help="Asked while memory is watched.")] = 5_000,
) -> None:
    """Measure speed and memory as ratios within one run. Exit code 1: a target was missed."""
    from evals.benchmarks.bench_run import bench as measured

    missed = 0
    for ratio in measured(rounds=rounds, seconds=seconds, questions=questions):
        write(f"{ratio.line()}\n")
        missed += not ratio.is_reached
    raise typer.Exit(int(missed > 0))
