"""`ilya backup`, `ilya restore`, `ilya move`: a whole library in a file, back from it, or in a shared database."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.console import open_library, progress_bar, write


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(backup)
    app.command()(restore)
    app.command()(move)


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


def move(
    to_database: Annotated[
        str | None, typer.Option("--to-database", metavar="URL", help="An empty database: postgresql://…, sqlite:///….")
    ] = None,
    to_chroma: Annotated[
        str | None, typer.Option("--to-chroma", metavar="URL", help="A Chroma server: http://chroma:8000.")
    ] = None,
) -> None:
    """Copy this library to a database and a Chroma server, and prove that every citation gives the same words there.

    The library itself is left as it is. Stop what serves it first: what is asked meanwhile may not be copied.
    """
    from assistant.facade import chroma_at
    from assistant.models.embedder import chosen_embedder
    from assistant.records.moved_quotes import prove_quotes
    from assistant.records.relocation import relocate
    from assistant.settings import Settings
    from knowledge.library.store import Library
    from knowledge.model.errors import LibraryUnavailable
    from knowledge.search import Index

    if to_database is None and to_chroma is None:
        raise typer.BadParameter("Name --to-database, --to-chroma or both.")
    settings = Settings()
    library = target = open_library(starter=True)
    if to_database is not None:
        target = Library(to_database)
        moved = relocate(library, target)
        proof = prove_quotes(library, target)
        if proof.lost:
            raise LibraryUnavailable(f"These citations do not give the same words there: {', '.join(proof.lost)}.")
        write(f"Copied: {moved.editions} editions of sources, {sum(moved.rows.values())} rows in all.\n")
        write(f"Proved: every edition byte by byte; {proof.same} citations give the same words.\n")
    if to_chroma is not None:
        open_client = chroma_at(settings, to_chroma)
        with progress_bar("Filling Chroma") as advance:
            index = Index(open_client, settings.index_folder, target, chosen_embedder(settings))
            index.sync(advance)
        if index.trouble:
            raise LibraryUnavailable(index.trouble)
        write(f"Filled: Chroma finds the passages of {len(target.editions())} sources.\n")
    write("From now on set:\n")
    if to_database is not None:
        write("  ILYA_DATABASE_URL to the address you gave\n")
    if to_chroma is not None:
        write(f"  ILYA_CHROMA_URL={to_chroma}\n")
