"""The root of the command line. Each group of commands lives in its own module."""

from importlib import metadata
from typing import Annotated

import typer

from ui.cli import (
    ask_command,
    backup_commands,
    check_command,
    eval_command,
    key_commands,
    library_commands,
    mcp,
    privacy_commands,
    server_commands,
    slack_command,
    speaker_commands,
    subject_commands,
    today_command,
)
from ui.cli.console import write

app = typer.Typer(
    name="ilya",
    help="Answers questions only in one person's own cited words.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        write(metadata.version("ask-ilya") + "\n")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Answers questions only in one person's own cited words."""


ask_command.register(app)
today_command.register(app)
library_commands.register(app)
server_commands.register(app)
backup_commands.register(app)
privacy_commands.register(app)
check_command.register(app)
speaker_commands.register(app)
subject_commands.register(app)
eval_command.register(app)
slack_command.register(app)
key_commands.register(app)
mcp.register(app)
