"""The MCP server over streamable HTTP, as part of the web application: the same guard, keys and limits."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.util import find_spec
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant import Assistant
from ui.api.api_access import allow
from ui.api.api_settings import ApiSettings
from ui.api.keys import Keys
from ui.api.keys import Scope as KeyScope
from ui.api.problems import problem

MCP = "/mcp"


def mount_mcp(app: FastAPI, assistant: Assistant, keys: Keys, settings: ApiSettings) -> None:
    """Serve MCP at `/mcp` where the extra `mcp` is installed."""
    if find_spec("mcp") is None:
        return
    from mcp.server.transport_security import TransportSecuritySettings

    from ui.mcp.mcp_server import build_server

    server = build_server(lambda: assistant, subject=assistant.subject.name)
    # who may connect, and under which name of this machine, the guard before the whole application has decided
    unguarded = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    served = server.streamable_http_app(stateless_http=True, json_response=True, transport_security=unguarded)
    app.router.lifespan_context = _beside(app.router.lifespan_context, server.session_manager.run)
    app.router.routes.append(Route(MCP, _Allowed(served, keys, settings), include_in_schema=False))


class _Allowed:
    """ASGI application that lets a caller with the scope, or without a key behind the guard, through to the server."""

    def __init__(self, served: ASGIApp, keys: Keys, settings: ApiSettings) -> None:
        self._served, self._keys, self._settings = served, keys, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        try:
            allow(request, KeyScope.MCP, self._keys, self._settings)
        except HTTPException as error:
            await problem(request, error.status_code, str(error.detail), error.headers)(scope, receive, send)
            return
        await self._served(scope, receive, send)


def _beside(outer: Any, inner: Any) -> Any:
    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[Any]:
        started: AbstractAsyncContextManager[Any] = outer(app)
        async with inner(), started as state:
            yield state

    return lifespan
