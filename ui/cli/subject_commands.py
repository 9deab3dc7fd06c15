"""`ilya subject`: whose words are quoted; a folder about another person is begun and checked here."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.console import write

group = typer.Typer(help="Whose words are quoted: another person is a folder that ILYA_SUBJECT names.")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(group, name="subject")


@group.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to write.")],
    name: Annotated[str, typer.Option(help="The person's full name, as labels write it.")],
) -> None:
    """Begin a folder about another person."""
    from knowledge.starter.subject_template import write_subject_folder

    if not name.strip():
        raise typer.BadParameter("--name is the person's full name")
    for path in write_subject_folder(folder, name.strip()):
        write(f"{path}\n")
    write(f"Now: export ILYA_SUBJECT={folder.resolve()}\n")


@group.command()
def check() -> None:
    """Read everything about the person and say how much there is, or which line of which file is wrong."""
    from knowledge.model.subject_folder import subject_folder
    from knowledge.starter.subject_template import check_subject_folder

    subject, counts = check_subject_folder()
    write(f"{subject.name}: {subject_folder()}\n")
    write(", ".join(f"{count} {kind}" for kind, count in counts.items()) + "\n")
