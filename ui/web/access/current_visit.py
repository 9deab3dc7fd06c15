"""The visit under way: where the page is mounted, its address, the language and theme chosen, who is signed in.

A choice made in an address (`?lang=zh`, `?theme=dark`) is kept in a cookie, so that every page after it has it too.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.languages import LANGUAGES
from ui.web.access.root_path import ROOT
from ui.web.access.visitors import LANGUAGE_COOKIE, LOCAL, USER

THEMES = ("light", "dark")
THEME_COOKIE = "ilya_theme"
_CHOICES = {"lang": (LANGUAGE_COOKIE, LANGUAGES), "theme": (THEME_COOKIE, THEMES)}
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Visit:
    """One request as the frame of a page needs it.

    `root` is the path under which a proxy serves the page (no slash at its end), `path` and `query` the address
    within it, `theme` `light`, `dark` or None (as the browser wishes), `visitor` the name of who is signed in.
    """

    root: str = ""
    path: str = "/"
    query: str = ""
    theme: str | None = None
    visitor: str | None = None

    def at(self, path: str) -> str:
        """Return the address of a path of ours.

        >>> Visit(root="/ilya").at("/library")
        '/ilya/library'
        """
        return f"{self.root}{path}"

    def choosing(self, name: str, value: str) -> str:
        """Return this page's address with a choice made in it.

        >>> Visit(path="/check", query="q=bees&lang=en").choosing("lang", "zh")
        '/check?q=bees&lang=zh'
        """
        rest = [pair for pair in parse_qsl(self.query, keep_blank_values=True) if pair[0] != name]
        return f"{self.at(self.path)}?{urlencode([*rest, (name, value)])}"


_ELSEWHERE = Visit()
_CURRENT: ContextVar[Visit] = ContextVar("visit", default=_ELSEWHERE)


def current_visit() -> Visit:
    """Return the visit that is being answered; outside of one, a visit to the first page."""
    return _CURRENT.get()


def visit_of(request: HTTPConnection) -> Visit:
    """Return what a request says of the visit."""
    scope = request.scope
    root = str(scope.get(ROOT, ""))
    theme = request.query_params.get("theme") or request.cookies.get(THEME_COOKIE)
    visitor = scope.get(USER)
    return Visit(
        root=root,
        path=str(scope["path"]),
        query=request.url.query,
        theme=theme if theme in THEMES else None,
        visitor=visitor if visitor and visitor != LOCAL else None,
    )


class Visits:
    """ASGI middleware: pages know the visit they answer, and what an address chooses is kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on within its visit; hand the cookies of its choices to the browser."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        visit = visit_of(request)
        kept = [
            _cookie(cookie, chosen, visit.root)
            for name, (cookie, allowed) in _CHOICES.items()
            if (chosen := request.query_params.get(name, "").split("-")[0].lower()) in allowed
            and request.cookies.get(cookie) != chosen
        ]

        async def with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for cookie in kept:
                    headers.append("set-cookie", cookie)
            await send(message)

        token = _CURRENT.set(visit)
        try:
            await self._app(scope, receive, with_cookies)
        finally:
            _CURRENT.reset(token)


def _cookie(name: str, value: str, root: str) -> str:
    cookie: SimpleCookie = SimpleCookie({name: value})
    cookie[name].update({"path": root or "/", "max-age": str(_YEAR), "samesite": "lax"})
    return cookie.output(header="").strip()
