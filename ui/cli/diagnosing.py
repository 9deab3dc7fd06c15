"""`ilya doctor`: what works, what does not, and what helps."""

from typing import Annotated

import typer

from ui.cli.console import progress_bar, write, write_json


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(doctor)


def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Build a broken index anew from the library.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Try the library, the embedder, the index and the model. Exit code 1: something is wrong."""
    from assistant.diagnosis import diagnose, mend_index
    from assistant.settings import Settings

    settings = Settings()
    findings = []
    with progress_bar("Preparing the index") as advance:
        for finding in diagnose(settings, advance):
            if mend and finding.part == "index" and not finding.well:
                finding = mend_index(settings, advance)
            findings.append(finding)
            if not as_json:
                write(f"{'well ' if finding.well else 'wrong'}  {finding.part:<8}  {finding.found}\n")
                if finding.remedy:
                    write(f"{'':17}→ {finding.remedy}\n")
    if as_json:
        write_json([finding.model_dump(mode="json") for finding in findings])
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)
