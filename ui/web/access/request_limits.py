"""Limits on requests, refused with one sentence; response headers that keep the page to itself; HEAD as GET has it."""

from starlette.datastructures import FormData, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from knowledge.library.importer import MAX_BYTES
from ui.api.problems import problem
from ui.web.access.access_control import is_secure
from ui.web.access.visitors import texts_for

# Response headers that keep the page to itself: the browser is told to load and send nothing elsewhere.
# Gradio's page starts from inline scripts and styles and compiles templates, so those stay allowed; addresses do not.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "referrer-policy": "same-origin",  # with no-referrer our own forms would come from origin “null”
    "x-content-type-options": "nosniff",
}

_ONLY_TLS = "max-age=31536000"
"""For a year the browser comes over TLS only; other names of the domain are not ours to decide about."""


class QuietHeaders:
    """ASGI middleware that adds the headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers when the response starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        secure = is_secure(HTTPConnection(scope))

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if secure:  # browsers ignore it where there is no TLS
                    headers.setdefault("strict-transport-security", _ONLY_TLS)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)


UPLOADS = "/api/library/uploads"
"""Where files are sent, each to an address of its own below it."""
_OTHERWISE = 16_000_000
"""Bytes of a request without files; chosen by hand."""
_FIELDS = 100_000
"""Fields of a form; a review sends some for each stretch."""


async def whole_form(request: Request) -> FormData:
    """Return a form whatever the number and length of its fields; `BodyLimit` has bounded it already."""
    return await request.form(max_fields=_FIELDS, max_part_size=_OTHERWISE)


class BodyLimit:
    """ASGI middleware that counts what a request sends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as long as it stays within its limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        file = request.url.path.rpartition("/")[0].endswith(UPLOADS)
        limit = MAX_BYTES if file else _OTHERWISE
        page = texts_for(request)
        sentence = (page.too_large if file else page.too_much).format(limit=limit // 1_000_000)
        told = request.headers.get("content-length", "")
        if told.isdecimal() and int(told) > limit:
            await problem(request, 413, sentence)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(413, sentence)
            return message

        await self._app(scope, counted, send)


class HeadRequests:
    """ASGI middleware that answers HEAD as GET is answered, without the body (RFC 9110).

    Whoever checks a link or unfurls it asks so first, and FastAPI's routes know only the methods they name.
    """

    def __init__(self, app: ASGIApp, streams: tuple[str, ...]) -> None:
        self._app = app
        self._streams = streams
        """Beginnings of paths whose GET never ends; there HEAD is left to the application."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as GET; let only the status and the headers out."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].startswith(self._streams):
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, without_body)
