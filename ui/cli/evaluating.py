"""`ilya eval`: run a suite, compare runs, begin a suite of your own."""

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


@evaluation.command()
def run(
    suite: Annotated[str, typer.Argument(help="A shipped suite (book, shared), or a folder with case files.")] = "book",
    selector: Annotated[str, typer.Option(help="extractive, or model (ILYA_MODEL).")] = "extractive",
    subset: Annotated[str | None, typer.Option(help="Only one group, kind, language or case id.")] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Examples side by side; 1 for honest latencies.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Folder for records and reports; continued if it has any.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder with the raw files that the cases name.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Continue the latest run of this suite.")] = False,
) -> None:
    """Run a suite. Exit code 1: a gate or a bound failed, or not every case was executed."""
    from evals.report import summary
    from evals.running import Wanted, evaluate

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
    if not outcome.passed:
        raise typer.Exit(_FAILED)


@evaluation.command()
def score(folder: Annotated[Path, typer.Argument(help="Folder of a run.")]) -> None:
    """Compute every figure of a run again, from its records alone."""
    from evals.report import summary
    from evals.running import rescore

    outcome = rescore(folder)
    write(summary(outcome.run, outcome.judged))
    if not outcome.passed:
        raise typer.Exit(_FAILED)
