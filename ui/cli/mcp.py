"""`ilya mcp`: the MCP server over standard input and output, for a client that starts it."""

import typer

from ui.cli.console import open_serving


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(mcp)


def mcp() -> None:
    """Serve his words to a language model over MCP (stdio); `ilya chat` serves them at /mcp too."""
    from importlib.util import find_spec

    from knowledge.model.errors import AskIlyaError

    if find_spec("mcp") is None:
        raise AskIlyaError("The MCP server needs the extra: pip install 'ask-ilya[mcp]'.")
    from ui.mcp.mcp_server import build_server

    build_server(open_serving()).run("stdio")
