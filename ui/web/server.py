"""The page's server: prepares Gradio's environment, binds the address, says where the page is, runs until stopped."""

import ipaddress
import os
import socket
from collections.abc import Callable

from starlette.types import ASGIApp

from assistant import Assistant
from knowledge.model.errors import AskIlyaError
from ui.operations.operation_settings import OperationSettings
from ui.web.page_settings import WebSettings

# What must be said to Gradio before it is imported: no analytics, no history of runs, nothing fetched from outside.
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SHARE": "False",
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_SSR_MODE": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def prepare_environment() -> None:
    """Set the variables that Gradio and its Hugging Face client read when they are imported."""
    os.environ.update(_QUIET)


_BACKLOG = 2048
"""Connections that may wait to be accepted; uvicorn's own default."""


class CannotServe(AskIlyaError):
    """The page cannot be served at this address."""


def serve(
    assistant: Assistant, *, host: str, port: int, around: Callable[[ASGIApp], ASGIApp] = lambda page: page
) -> None:
    """Serve the page until interrupted; `around` may put another application in front of it.

    Raises:
        CannotServe: the address is taken or not ours.
        NotOpen: others could reach the address and nothing says who may use the page.
    """
    prepare_environment()
    import typer
    import uvicorn

    from ui.operations.personal_records import keep_forgetting
    from ui.web.application import build_app

    app = build_app(assistant, WebSettings(), host=host)
    listening = listen(host, port)
    typer.echo(f"ask-ilya is open at {address(listening)} (Ctrl+C to stop)")
    # the guard must see who really connects, not what a header says
    config = uvicorn.Config(around(app), log_level="warning", timeout_graceful_shutdown=5, proxy_headers=False)
    enough = keep_forgetting(assistant.library, OperationSettings().keep_days)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        enough()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 lets the system choose one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise CannotServe(
            f"The page cannot be opened on {host}, port {port} ({error.strerror}): "
            "choose another address with --host and --port, or ILYA_HOST and ILYA_PORT."
        ) from error
    return listening


def address(listening: socket.socket) -> str:
    """Return the URL at which a listening socket is reached from this machine."""
    host, port = listening.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
