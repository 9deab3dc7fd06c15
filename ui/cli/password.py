"""`ilya password`: the pair of a name and a hashed password that lets somebody sign in to the page."""

import sys
from typing import Annotated

import typer

from ui.cli.console import write


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(password)


def password(name: Annotated[str, typer.Argument(help="Who signs in; no spaces and no colon.")]) -> None:
    """Print the pair for ILYA_AUTH. Asks for the password twice; from a pipe, its first line is the password."""
    from ui.web.access.passwords import hashed_pair

    if sys.stdin.isatty():
        given: str = typer.prompt(f"Password for {name}", hide_input=True, confirmation_prompt=True, err=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    write(hashed_pair(name, given) + "\n")
