"""Logs: one line for each request, as JSON where the operator wants it; never a question, an address or words."""

import logging
import sys

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.operations.operation_settings import LogFormat
from ui.operations.request_ids import request_id
from ui.operations.request_metrics import WatchedResponse, route_of

_LOG = logging.getLogger("ask_ilya.requests")


def configure_logs(wanted: LogFormat) -> None:
    """Let the log of a serving process be JSON lines on stderr; nothing changes for text."""
    if wanted is LogFormat.TEXT:
        return
    from pythonjsonlogger.json import JsonFormatter

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    _LOG.setLevel(logging.INFO)


class RequestLog:
    """ASGI middleware that logs each request when its response is whole: id, method, route, status, milliseconds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; log it when it is over."""
        if scope["type"] != "http" or not _LOG.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        watched = WatchedResponse(send)
        try:
            await self._app(scope, receive, watched)
        finally:
            told = {
                "request_id": request_id(scope),
                "method": scope["method"],
                "route": route_of(scope),
                "status": watched.status,
                "milliseconds": round(1000 * watched.seconds, 1),
            }
            _LOG.info("request", extra=told)
