"""`ilya add --catalogue`: fetch what is public of every known appearance, and end with one table."""

import typer

from ui.cli.console import open_assistant, print_table, progress_bar, write, write_json


def add_catalogue(*, as_json: bool) -> None:
    """Fetch the catalogue with progress on stderr; print what was got, how much of it may be quoted, or why not.

    Raises:
        typer.Exit: with 1, when nothing is held of any appearance afterwards.
    """
    from knowledge.library.catalogue_import import Fetched

    assistant = open_assistant()
    with progress_bar("Fetching") as fetching, progress_bar("Embedding") as embedding:
        rows = list(assistant.add_catalogue(fetching=fetching, embedding=embedding))
    held = [row for row in rows if row.outcome is not Fetched.NOTHING]
    if as_json:
        write_json([row.model_dump(mode="json") for row in rows])
    else:
        columns = ("appearance", "date", "", "words", "quotable", "why not")
        print_table(
            columns,
            [
                (row.appearance, row.date, row.outcome.value, row.words or "", row.quotable_words or "", row.why)
                for row in rows
            ],
        )
        words = sum(row.quotable_words for row in held)
        name = assistant.subject.name
        write(f"Held: {len(held)} of {len(rows)} appearances in full, {words:,} words of {name} to quote.\n")
        if not held:
            write("Nothing was got. Files that you have are added without a network: ilya add FILE.\n")
    if not held:
        raise typer.Exit(1)
