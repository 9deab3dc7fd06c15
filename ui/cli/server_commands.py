"""`ilya chat`: the web page."""

from typing import Annotated

import typer

from ui.cli.console import open_assistant


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(chat)


def chat(
    host: Annotated[str | None, typer.Option(help="Address to listen on; ILYA_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; ILYA_PORT.")] = None,
) -> None:
    """Open the chat page; the first start prepares the knowledge."""
    from ui.operations.operation_settings import OperationSettings
    from ui.operations.request_logs import configure_logs
    from ui.web import serve

    configure_logs(OperationSettings().log_format)

    assistant = open_assistant()
    serve(assistant, host=host or assistant.settings.host, port=assistant.settings.port if port is None else port)
