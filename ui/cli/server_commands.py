"""`ilya chat`, `ilya doctor`, `ilya password`: the web page, what works on this machine, who may sign in."""

import sys
from typing import Annotated

import typer

from ui.cli.console import open_serving, progress_bar, write, write_json


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(chat)
    app.command()(doctor)
    app.command()(password)


def chat(
    host: Annotated[str | None, typer.Option(help="Address to listen on; ILYA_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; ILYA_PORT.")] = None,
) -> None:
    """Open the chat page; the first start prepares the knowledge."""
    from assistant.settings import Settings
    from ui.operations.operation_settings import OperationSettings
    from ui.operations.request_logs import configure_logs
    from ui.web import serve
    from ui.web.access.access_control import refuse_unguarded
    from ui.web.page_settings import WebSettings

    configure_logs(OperationSettings().log_format)
    settings = Settings()
    refuse_unguarded(WebSettings(), host or settings.host)
    assistant = open_serving()
    serve(assistant, host=host or settings.host, port=settings.port if port is None else port)


def doctor(
    mend: Annotated[
        bool, typer.Option("--mend", help="Read damaged sources anew from their files; build a broken index anew.")
    ] = False,
    deep: Annotated[bool, typer.Option("--deep", help="Read every file again and compare its text.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Try the library, the embedder, the index and the model. Exit code 1: something is wrong."""
    from assistant.diagnosis import diagnose, mend_index, mend_library
    from assistant.settings import Settings

    settings = Settings()
    findings = []
    with progress_bar("Preparing the index") as advance:
        for finding in diagnose(settings, advance, deep=deep):
            if mend and finding.part == "index" and not finding.well:
                finding = mend_index(settings, advance)
            if mend and finding.part == "stored" and not finding.well:
                finding = mend_library(settings)
            findings.append(finding)
            if not as_json:
                write(f"{'well ' if finding.well else 'wrong'}  {finding.part:<8}  {finding.found}\n")
                if finding.remedy:
                    write(f"{'':17}→ {finding.remedy}\n")
    if as_json:
        write_json([finding.model_dump(mode="json") for finding in findings])
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def password(name: Annotated[str, typer.Argument(help="Who signs in; no spaces and no colon.")]) -> None:
    """Print the pair for ILYA_AUTH. Asks for the password twice; from a pipe, its first line is the password."""
    from ui.web.access.passwords import hashed_pair

    if sys.stdin.isatty():
        given: str = typer.prompt(f"Password for {name}", hide_input=True, confirmation_prompt=True, err=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    write(hashed_pair(name, given) + "\n")
