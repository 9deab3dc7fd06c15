"""`ilya mcp`: the MCP server over standard input and output, for a client that starts it."""

from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING

import typer

from ui.cli.console import open_serving

if TYPE_CHECKING:
    from assistant import Assistant


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(mcp)


def mcp() -> None:
    """Serve his words to a language model over MCP (stdio); `ilya chat` serves them at /mcp too."""
    from importlib.util import find_spec

    from knowledge.model.errors import AskIlyaError
    from knowledge.model.subject import default_subject

    if find_spec("mcp") is None:
        raise AskIlyaError("The MCP server needs the extra: pip install 'ask-ilya[mcp]'.")
    from ui.mcp.mcp_server import build_server

    server = build_server(_opening().result, subject=default_subject().name)
    server.run("stdio")


def _opening() -> "Future[Assistant]":
    """Return the assistant that is being opened beside: a first start takes longer than clients wait to be greeted."""
    from knowledge.model.errors import AskIlyaError

    opened: Future[Assistant] = Future()

    def work() -> None:
        try:
            opened.set_result(open_serving())
        except AskIlyaError as error:  # each tool says it, and a client's log has it
            opened.set_exception(error)
            typer.echo(str(error), err=True)
        except BaseException as error:
            opened.set_exception(error)
            raise

    Thread(target=work, daemon=True).start()
    return opened
