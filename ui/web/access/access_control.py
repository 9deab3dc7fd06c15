"""Who may use the page. One middleware before everything, so that nothing behind it has to ask.

Four ways: only this machine (nobody signs in), names and passwords, a trusted proxy's header, or open to all.
"""

import base64
import binascii
import ipaddress
from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from knowledge.library.store import Library
from knowledge.model.errors import AskIlyaError
from ui.web.access.failed_tries import FailedTries
from ui.web.access.passwords import Passwords, TooManyTries, read_pairs
from ui.web.access.sessions import SignIns
from ui.web.access.visitors import LOCAL, USER
from ui.web.page_settings import Uploads, WebSettings

COOKIE = "ilya_session"

_OPEN = frozenset({"/healthz", "/readyz", "/login", "/verify", "/verify/key"})
_OPEN_FOLDER = "/look/"

Guard = Callable[[HTTPConnection], "str | Response | None"]
"""Returns the visitor's name, None for a visitor without one, or the response that turns them away."""


class NotOpen(AskIlyaError):
    """The page would be open to people it should not be open to."""


class Access:
    """ASGI middleware that asks a guard about every request."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in under the visitor's name, or turn it away."""
        path = scope.get("path", "")
        if scope["type"] in ("http", "websocket") and path not in _OPEN and not path.startswith(_OPEN_FOLDER):
            found = await run_in_threadpool(self._guard, HTTPConnection(scope))
            if isinstance(found, Response):
                if scope["type"] == "websocket":
                    await send({"type": "websocket.close", "code": 1008})
                else:
                    await found(scope, receive, send)
                return
            scope[USER] = found
        await self._app(scope, receive, send)


def choose_guard(settings: WebSettings, host: str, sign_ins: SignIns, passwords: Passwords | None) -> Guard:
    """Return the guard that the settings ask for.

    Raises:
        NotOpen: others could reach the page and nothing says who may.
    """
    if settings.proxy_user_header:
        return _proxy(settings.proxy_user_header, frozenset(settings.trusted_proxies.split()))
    if passwords:
        return _signed_in(sign_ins, passwords)
    if is_loopback(host):
        return _this_machine
    refuse_unguarded(settings, host)
    return lambda _request: None


def refuse_unguarded(settings: WebSettings, host: str) -> None:
    """Do nothing where something says who may use the page; asked before anything is loaded.

    Raises:
        NotOpen: others could reach the page and nothing says who may.
    """
    if settings.proxy_user_header or settings.auth or is_loopback(host) or settings.open_to_all:
        return
    raise NotOpen(
        f"Others could reach the page on {host} without signing in: set ILYA_AUTH or ILYA_PROXY_USER_HEADER, "
        "or ILYA_OPEN_TO_ALL=true if everybody may use it."
    )


def passwords_of(settings: WebSettings, library: Library) -> Passwords | None:
    """Return the passwords that are set, if any; wrong ones are counted in the library's database."""
    if settings.auth is None:
        return None
    return Passwords(read_pairs(settings.auth.get_secret_value()), FailedTries(library))


def may_change_library(settings: WebSettings, host: str) -> bool:
    """Whether visitors may add files and take sources out."""
    alone = is_loopback(host) and not settings.proxy_user_header and not settings.auth
    return settings.uploads is Uploads.ALWAYS or (settings.uploads is Uploads.LOOPBACK and alone)


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _this_machine(request: HTTPConnection) -> str | Response:
    name = (request.url.hostname or "").strip("[]")
    # a page elsewhere could point its own name at this machine (DNS rebinding)
    return LOCAL if is_loopback(name) else JSONResponse({"error": "Open this page as localhost."}, 403)


def _proxy(header: str, trusted: frozenset[str]) -> Guard:
    def guard(request: HTTPConnection) -> str | Response:
        peer = request.client.host if request.client else ""
        name = request.headers.get(header)
        if peer in trusted and name:
            return name
        return JSONResponse({"error": "Please come through the proxy that signs you in."}, 401)

    return guard


def _signed_in(sign_ins: SignIns, passwords: Passwords) -> Guard:
    def guard(request: HTTPConnection) -> str | Response:
        token = request.cookies.get(COOKIE)
        name = sign_ins.name(token) if token else _basic(request, passwords)
        if name:
            return name
        wants_page = request.scope.get("method") == "GET" and "text/html" in request.headers.get("accept", "")
        if not wants_page:
            return JSONResponse({"error": "Please sign in."}, 401)
        place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(place, safe='')}", 303)

    return guard


def _basic(request: HTTPConnection, passwords: Passwords) -> str | None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(given, validate=True).decode().partition(":")
        return name if passwords.fit(name, password, address=address_of(request)) else None
    except (binascii.Error, UnicodeDecodeError, TooManyTries):
        return None


def address_of(request: HTTPConnection) -> str:
    """Return the address a request comes from, empty where it is not known."""
    return request.client.host if request.client else ""


def is_secure(request: HTTPConnection) -> bool:
    """Whether the browser speaks to us, or to the proxy before us, over TLS."""
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
