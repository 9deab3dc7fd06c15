"""Errors as pages: where a browser opens an address and gets an error as JSON, it gets a page that says the same.

Programs, scripts of the page and the API keep their JSON.
"""

import json
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.access.visitors import texts_for
from ui.web.templates.header_texts import header_texts
from ui.web.templates.page_frame import problem_page

_NO_PAGE = (404, 405)
"""No such address; or one that only takes what is sent to it."""
_PROGRAMS = ("/api/", "/gradio_api/", "/metrics", "/mcp")
_UNTOLD = ("Not Found", "Method Not Allowed")
"""What a framework says by itself, which tells a reader nothing."""


class ProblemPages:
    """ASGI middleware that turns an error in JSON into a page, for who asked for a page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold an error in JSON back until its body is whole, and send a page instead."""
        if scope["type"] != "http" or not _wants_page(Request(scope)):
            await self._app(scope, receive, send)
            return
        held: dict[str, Any] = {}

        async def as_page(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_json_error(message):
                held.update(status=message["status"], body=b"")
            elif message["type"] == "http.response.body" and held:
                held["body"] += message.get("body", b"")
                if not message.get("more_body"):
                    await _page(Request(scope), held["status"], held["body"])(scope, receive, send)
            else:
                await send(message)

        await self._app(scope, receive, as_page)


def _wants_page(request: Request) -> bool:
    accepted = "text/html" in request.headers.get("accept", "")
    return accepted and not any(part in request.url.path for part in _PROGRAMS)


def _is_json_error(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return message["status"] >= 400 and "json" in kind


def _page(request: Request, status: int, body: bytes) -> Any:
    page = texts_for(request)
    said = header_texts(page.code)
    sentence = _told(body)
    if sentence is None and status in _NO_PAGE:
        return problem_page(page.missing_title, said.no_page, page, status=status)
    return problem_page(said.trouble, sentence or page.failed, page, status=status)


def _told(body: bytes) -> str | None:
    """Return the sentence that an error in JSON tells a person, None where it tells nothing."""
    try:
        told = json.loads(body)
    except ValueError:
        return None
    found = (told.get("detail") or told.get("error")) if isinstance(told, dict) else None
    return found if isinstance(found, str) and found not in _UNTOLD else None
