"""What every command shares: opening the assistant with a progress bar, and writing to the terminal."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from assistant import Assistant
    from knowledge.library.store import Library
    from knowledge.search import Progress

NOTHING_FOUND = 3
"""Exit code of an honest “nothing found”."""
_LOOKS_EVERY = 10.0
"""Seconds between two looks of a server at what other processes have brought into the library."""


def open_assistant(*, wait: bool = True, told: bool = False) -> "Assistant":
    """Open the library and index; shows a progress bar on stderr while passages are embedded.

    With `told`, lines say so too where stderr is no terminal, such as a log of a service.

    With `wait` off, what is ready answers, and what an interrupted import left is told on stderr.
    """
    from assistant import Assistant

    with progress_bar("Preparing the index", lines=told) as advance:
        assistant = Assistant.open(progress=advance, wait=wait)
    if not wait and (waiting := assistant.index.waiting):
        typer.echo(f"Sources not searched yet: {waiting}; `ilya doctor` finishes the import.", err=True)
    return assistant


def open_serving() -> "Assistant":
    """Open the assistant for a program that stays: it answers from what is ready, and the rest is embedded beside."""
    assistant = open_assistant(wait=False, told=True)
    Thread(target=keep_in_step, args=(assistant, Event()), daemon=True).start()
    return assistant


def keep_in_step(assistant: "Assistant", over: Event, *, every: float = _LOOKS_EVERY) -> None:
    """Make searchable what an import left, then what others bring into the library, until it is over.

    Processes that share a database need not share a folder: each makes its own index. What has just changed is left to
    whoever is changing it for one look.
    """
    from knowledge.library.editions import library_state
    from knowledge.model.errors import AskIlyaError

    done = before = None
    told = ""
    while True:
        try:
            state = library_state(assistant.library)
            if state != done and before in (None, state):
                assistant.index.sync()
                done = state
            before, told = state, ""
        except AskIlyaError as error:  # nobody waits for it; what is ready goes on answering
            if told != str(error):
                told = str(error)
                typer.echo(told, err=True)
        if over.wait(every):
            return


def open_library(*, starter: bool = False) -> "Library":
    """Open the library alone, for what needs no index; with `starter`, with the quotation book where it is wanted."""
    from assistant import Settings
    from knowledge.library.store import Library
    from knowledge.model.subject import default_subject
    from knowledge.starter.book import add_starter, make_folder

    settings = Settings()
    make_folder(settings.home)
    library = Library(settings.library_url)
    if starter and settings.starter:
        add_starter(library, default_subject())
    return library


@contextmanager
def progress_bar(title: str, *, lines: bool = False) -> Iterator["Progress"]:
    """Yield a function that moves a bar on stderr; nothing is drawn until it is first called.

    With `lines`, every tenth is a line where stderr is no terminal; without, nothing is written there.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(title, total=None)
    started = False
    tenth = -1

    def advance(done: int, total: int) -> None:
        nonlocal started, tenth
        if lines and not console.is_terminal:
            if (reached := 10 * done // max(total, 1)) > tenth:
                tenth = reached
                typer.echo(f"{title}: {done} of {total}", err=True)
            return
        if not started:
            bar.start()
            started = True
        bar.update(task, completed=done, total=total)

    try:
        yield advance
    finally:
        if started:
            bar.stop()


def write(text: str) -> None:
    """Write text to stdout exactly, without adding a line break."""
    typer.echo(text, nl=False)


def write_json(value: Any) -> None:
    """Write a value as JSON to stdout, one line break at the end."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: tuple[str, ...], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under the names of their columns; what is None stays blank."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console().print(table)
