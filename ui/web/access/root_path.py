"""A path of a proxy under which everything is served: requests lose it, and every address that is sent out gets it.

Inside, addresses are written from `/`; so nothing else has to know where the page is mounted. In HTML of ours every
sign of foreign text is an entity, so an attribute that holds an address is never a source's words.
"""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.access.held_responses import HeldResponses

ROOT = "ilya.root"
"""Key of the request's scope under which the path stands, without a slash at its end."""

_ADDRESS = re.compile(r'(\s(?:href|src|action|data-list)=")(?=(?:/|&#47;)(?!/|&#47;))')


def rooted(html: str, root: str) -> str:
    """Return HTML of ours with every address that is written from `/` moved under a path.

    >>> rooted('<a href="/library">', "/ilya")
    '<a href="/ilya/library">'
    >>> rooted('<a href="/ilya/library"> <a href="//elsewhere"> <a href="#mark">', "/ilya")
    '<a href="/ilya/library"> <a href="//elsewhere"> <a href="#mark">'
    """
    if not root:
        return html

    def moved(found: re.Match[str]) -> str:
        return found[1] if html.startswith(f"{root}/", found.end()) else found[1] + root

    return _ADDRESS.sub(moved, html)


class RootPath(HeldResponses):
    """ASGI middleware, the outermost: takes the path off requests, whether or not the proxy did; puts it on answers."""

    def __init__(self, app: ASGIApp, root: str) -> None:
        super().__init__(app)
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as if it were for `/`; redirects and links of pages lead under the path again."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path == self._root or path.startswith(f"{self._root}/"):
            path = path[len(self._root) :] or "/"
        # `app_root_path` is what Starlette builds addresses of requests from; routes do not look at it
        inner = {**scope, "path": path, "raw_path": path.encode(), ROOT: self._root, "app_root_path": self._root}
        await super().__call__(inner, receive, send)

    def holds(self, scope: Scope, start: Message) -> bool:
        """Whether it is a page; a redirect is led under the path here, as it has no body that matters."""
        headers = MutableHeaders(scope=start)
        place = headers.get("location", "")
        if place.startswith("/") and not place.startswith(("//", f"{self._root}/")):
            headers["location"] = self._root + place
        return _is_page(headers)

    async def remade(self, scope: Scope, start: Message, body: bytes) -> bytes:
        """Return the page with its links under the path."""
        return rooted(body.decode(), self._root).encode()


def _is_page(headers: Headers) -> bool:
    kind = headers.get("content-type", "")
    return kind.startswith("text/html") and "attachment" not in headers.get("content-disposition", "")
