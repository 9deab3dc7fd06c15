"""Errors as pages: where a browser opens an address and gets an error as JSON, it gets a page that says the same.

Programs, scripts of the page and the API keep their JSON.
"""

import json

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Scope

from ui.web.access.held_responses import HeldResponses
from ui.web.access.visitors import texts_for
from ui.web.templates.header_texts import header_texts
from ui.web.templates.page_frame import problem_page

_NO_PAGE = (404, 405)
"""No such address; or one that only takes what is sent to it."""
_PROGRAMS = ("/api/", "/gradio_api/", "/metrics", "/mcp")
_UNTOLD = ("Not Found", "Method Not Allowed")
"""What a framework says by itself, which tells a reader nothing."""


class ProblemPages(HeldResponses):
    """ASGI middleware that turns an error in JSON into a page, for who asked for a page."""

    def holds(self, scope: Scope, start: Message) -> bool:
        """Whether it is an error in JSON, and a page was asked for."""
        return _is_json_error(start) and _wants_page(Request(scope))

    async def remade(self, scope: Scope, start: Message, body: bytes) -> bytes:
        """Return the page that says the same."""
        page = _page(Request(scope), start["status"], body)
        start["headers"] = page.raw_headers
        return bytes(page.body)


def _wants_page(request: Request) -> bool:
    accepted = "text/html" in request.headers.get("accept", "")
    return accepted and not any(part in request.url.path for part in _PROGRAMS)


def _is_json_error(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return message["status"] >= 400 and "json" in kind


def _page(request: Request, status: int, body: bytes) -> Response:
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
