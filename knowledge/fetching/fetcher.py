"""Pages and captions from the web: http(s) only, bounded, and never from inside the own network unless allowed.

It goes through the HTTP client that models are asked with, by the routes of `request_routes`. A clock beside the
request cuts the connection when the time is up, however slowly the server speaks.
"""

import contextlib
import socket
import time
from collections.abc import Collection, Iterator
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from knowledge.fetching.request_routes import Route, certificates, routes
from knowledge.fetching.video_captions import captions
from knowledge.formats.decoding import is_utf8
from knowledge.metadata.known_addresses import clean_address, video_id
from knowledge.model.errors import SourceRefused

if TYPE_CHECKING:
    from httpx2 import Response

MAX_BYTES = 50_000_000
"""Bytes of a page or file; chosen by hand."""
TIMEOUT = 30.0
"""Seconds of a whole fetch, redirects included; chosen by hand."""
_MAX_REDIRECTS = 5
"""Chosen by hand, well below the twenty of browsers."""
_CHUNK = 65_536
"""Bytes read at a time; sizes are counted between them."""
_QUERY = "/?%:@!$&'()*+,;=~-._[]"
_LATIN = frozenset(["iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"])
_PACKED = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b")
AGENT = "ask-ilya"
"""What we are called in robots.txt."""
_HEADERS = {
    "User-Agent": f"{AGENT} (https://pypi.org/project/ask-ilya)",
    "Accept": "text/html,text/*,application/pdf,*/*;q=0.5",
    "Accept-Encoding": "identity",  # what is counted is what is read
    "Connection": "close",
}


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
    timeout: float = TIMEOUT,
    languages: Collection[str] = (),
) -> tuple[bytes, str]:
    """Return what stands at an address, and where it was found after redirects, without what tracks or logs in.

    Text in another encoding than UTF-8, by what the server says, is given as UTF-8.

    A YouTube video gives its captions as WebVTT, in the language spoken, which must be one of `languages` (codes;
    empty: any). `timeout` (seconds) bounds the whole fetch, `max_bytes` its size; `allow_private` admits addresses of
    the own machine and network.

    Raises:
        SourceRefused: it cannot be reached, is too large or slow, or leads into the own network.
    """
    deadline = time.monotonic() + timeout
    video = video_id(url)
    if video:
        return captions(video, url, languages), clean_address(url)
    here = url
    for _ in range(_MAX_REDIRECTS + 1):
        answer = _get(here, allow_private=allow_private, max_bytes=max_bytes, deadline=deadline)
        if isinstance(answer, bytes):
            return answer, clean_address(here)
        here = _joined(url, here, answer.location)
    raise SourceRefused(url, f"it redirects more than {_MAX_REDIRECTS} times; open it in a browser and save the page.")


def _joined(url: str, here: str, location: str) -> str:
    """Return where a redirect leads; servers write addresses in UTF-8, which HTTP gives as Latin-1."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        there = urljoin(here, location.strip())
        host = urlsplit(there).hostname or ""
    except ValueError as error:
        raise SourceRefused(url, "it redirects to what is no web address; save the page and add the file.") from error
    if host.startswith("consent."):
        raise SourceRefused(url, "it asks for consent to cookies first; open it in a browser and save the page.")
    return there


class _Redirect:
    def __init__(self, location: str) -> None:
        self.location = location


class _Deadline:
    """A moment of the clock that only goes forward, at which the connection that is open then is cut."""

    def __init__(self, moment: float) -> None:
        self._moment = moment
        self._lock = Lock()
        self._connection: socket.socket | None = None
        self._timer = Timer(self.left, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._hold(None)

    @property
    def left(self) -> float:
        """Return the seconds that are left, a moment at least."""
        return max(self._moment - time.monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        """Return whether nothing is left."""
        return time.monotonic() >= self._moment

    def watch(self, event: str, info: dict[str, Any]) -> None:
        """Hear what the client tells of a request; remember its connection."""
        if event == "connection.connect_tcp.complete":
            # a second handle of the connection: TLS takes the first one over, while its handshake may hang
            self._hold(info["return_value"].get_extra_info("socket").dup())

    def _hold(self, connection: socket.socket | None) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = connection

    def _cut(self) -> None:
        with self._lock:
            if self._connection is not None:
                with contextlib.suppress(OSError):  # it is gone already
                    self._connection.shutdown(socket.SHUT_RDWR)


def _get(url: str, *, allow_private: bool, max_bytes: int, deadline: float) -> bytes | _Redirect:
    parts = _parts(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceRefused(url, "only http and https addresses can be fetched.")
    ways = routes(url, parts, allow_private=allow_private)
    import httpx2  # takes a fifth of a second, for those who fetch

    with _Deadline(deadline) as clock:
        try:
            for number, route in enumerate(ways):
                # addresses not yet tried share the time that is left
                patience = clock.left / (len(ways) - number)
                try:
                    with _asked(url, parts, route, clock, patience) as response:
                        return _answer(url, response, clock, max_bytes=max_bytes)
                except (httpx2.ConnectError, httpx2.ConnectTimeout):
                    if route is ways[-1] or clock.is_over:
                        raise
            raise AssertionError("there is always a route")
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            if clock.is_over or isinstance(error, httpx2.TimeoutException):
                raise SourceRefused(url, "it took too long; try again, or save the page and add the file.") from error
            if isinstance(error, httpx2.RemoteProtocolError) and "complete message body" in str(error):
                raise SourceRefused(url, "the server broke off in the middle of it; try again.") from error
            raise SourceRefused(url, f"it cannot be reached ({error}); check the address and the network.") from error


@contextlib.contextmanager
def _asked(url: str, parts: SplitResult, route: Route, clock: _Deadline, patience: float) -> Iterator["Response"]:
    """Ask for a page by one route, waiting `patience` seconds for a connection; yield the response, its body unread."""
    import httpx2

    netloc = f"[{route.host}]" if ":" in route.host else route.host
    port = parts.port
    address = httpx2.URL(scheme=parts.scheme, host=route.address, port=port, raw_path=_target(parts).encode("ascii"))
    request = httpx2.Request(
        "GET",
        address,
        headers={**_HEADERS, "Host": netloc if port is None else f"{netloc}:{port}"},
        extensions={
            "timeout": httpx2.Timeout(clock.left, connect=patience).as_dict(),
            "trace": clock.watch,
            # the name that the certificate must be for, whatever address is connected to
            **({} if route.host == route.address else {"sni_hostname": route.host}),
        },
    )
    try:
        transport = httpx2.HTTPTransport(verify=certificates(), proxy=route.proxy, trust_env=False)
    except (ValueError, ImportError) as error:  # its scheme is unknown, or its package is missing
        raise SourceRefused(url, f"the proxy cannot be used ({error}); see HTTPS_PROXY and HTTP_PROXY.") from error
    with contextlib.closing(transport), contextlib.closing(transport.handle_request(request)) as response:
        yield response


def _answer(url: str, response: "Response", clock: _Deadline, *, max_bytes: int) -> bytes | _Redirect:
    location = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"").decode(
        "latin-1"
    )
    if response.status_code in (301, 302, 303, 307, 308) and location:
        return _Redirect(location)
    if response.status_code != 200:
        status = f"{response.status_code} {response.reason_phrase}".strip()
        raise SourceRefused(url, f"the server answered {status}; check the address.", status=response.status_code)
    body = b"".join(_body(url, response, clock, max_bytes=max_bytes))
    return _as_utf8(body, response.charset_encoding)


def _target(parts: SplitResult) -> str:
    """Return the path and query to ask for, letters outside ASCII escaped."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return path + (f"?{quote(parts.query, safe=_QUERY)}" if parts.query else "")


def _as_utf8(body: bytes, charset: str | None) -> bytes:
    """Return text in the encoding that the server names as UTF-8; what is UTF-8 already, or no text, as it is."""
    if charset is None or is_utf8(body) or body.startswith(_PACKED):
        return body
    try:
        # what pages call Latin-1 is Windows-1252, as browsers read it
        return body.decode("cp1252" if charset in _LATIN else charset).encode("utf-8")
    except (LookupError, UnicodeDecodeError):
        return body


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise SourceRefused(url, "this is not a web address; check it for typing errors.") from error


def _body(url: str, response: "Response", clock: _Deadline, *, max_bytes: int) -> Iterator[bytes]:
    declared = response.headers.get("Content-Length", "")
    taken, size = 0, int(declared) if declared.isdecimal() else 0
    pieces = response.iter_raw(_CHUNK)
    while size <= max_bytes:
        piece = next(pieces, b"")
        if clock.is_over:
            raise TimeoutError
        if not piece:
            if declared.isdecimal() and taken < int(declared):
                raise SourceRefused(url, "the server broke off in the middle of it; try again.")
            return
        taken += len(piece)
        size = max(size, taken)
        yield piece
    raise SourceRefused(url, f"it is larger than {max_bytes // 1_000_000} MB; fetch it yourself and add a part.")
