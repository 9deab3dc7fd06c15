"""`ilya privacy`: what is kept of a person, erased or exported; what is older than some days, forgotten."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.console import NOTHING_FOUND, open_library, write, write_json

if TYPE_CHECKING:
    from ui.operations.personal_records import Forgotten

Person = Annotated[str, typer.Argument(help="The name they sign in under, or slack:WORKSPACE:USER.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    commands = typer.Typer(name="privacy", help="What is kept of people who ask.", no_args_is_help=True)
    commands.command()(export)
    commands.command()(erase)
    commands.command()(forget)
    app.add_typer(commands)


def export(person: Person) -> None:
    """Print everything that is kept of a person, as JSON."""
    from ui.operations.personal_records import export_person

    write_json(export_person(open_library(), person))


def erase(
    person: Person,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether you are sure.")] = False,
) -> None:
    """Delete everything that is kept of a person. Exit code 3: nothing is kept of them."""
    from ui.operations.personal_records import erase_person

    if not yes:
        typer.confirm(f"Delete everything that is kept of “{person}”? It cannot be brought back", abort=True, err=True)
    found = erase_person(open_library(), person)
    if not found.anything:
        typer.echo(f"Nothing is kept of “{person}”.", err=True)
        raise typer.Exit(NOTHING_FOUND)
    _tell(found)


def forget(
    older_than: Annotated[int, typer.Option("--older-than", min=1, metavar="DAYS", help="How many days are kept.")],
) -> None:
    """Delete questions, answers, conversations and votes that are older; ILYA_KEEP_DAYS does so by itself."""
    from ui.operations.personal_records import forget_before

    _tell(forget_before(open_library(), datetime.now(UTC) - timedelta(days=older_than)))


def _tell(found: "Forgotten") -> None:
    write(
        f"Deleted: {found.answers} answers, {found.conversations} conversations, {found.votes} votes, "
        f"{found.others} other records.\n"
    )
