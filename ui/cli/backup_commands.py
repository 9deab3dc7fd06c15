"""`ilya backup`, `ilya restore`: the whole library in one file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.console import open_library, write


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(backup)
    app.command()(restore)


def backup(file: Annotated[Path, typer.Argument(help="The file to write; one that is there is replaced.")]) -> None:
    """Write the library into one file: sources with their raw files, answers, votes, keys. Others may go on working."""
    from knowledge.library.backup import back_up
    from knowledge.model.subject import default_subject

    contents = back_up(open_library(), file, default_subject())
    write(f"{file} holds {contents.sources} sources. It also holds keys and questions: keep it to yourself.\n")
    if contents.damaged:
        write(f"Damaged in it as in the library: {', '.join(contents.damaged)}; see `ilya doctor`.\n")
        raise typer.Exit(1)


def restore(file: Annotated[Path, typer.Argument(help="A file that `ilya backup` wrote.")]) -> None:
    """Put a backup in the library's place. What stood there is put aside, not deleted. Stop what is running first."""
    from assistant import Settings
    from knowledge.library import backup as backups
    from knowledge.model.errors import LibraryUnavailable
    from knowledge.model.subject import default_subject

    settings = Settings()
    if settings.database_url:
        raise LibraryUnavailable(
            "ILYA_DATABASE_URL is set: `ilya restore` fills the library in ILYA_HOME. Unset it for this command."
        )
    contents, aside = backups.restore(file, settings.home / "library.db", default_subject())
    write(f"{contents.sources} sources are in the library again; the next command makes the search files anew.\n")
    if aside:
        write(f"What stood there is in {aside}.\n")
