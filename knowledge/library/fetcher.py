"""Pages and captions from the web: http(s) only, bounded, and never from inside the own network unless allowed.

The address is resolved here and the connection goes to what was resolved, so that a name cannot point to one place
while it is checked and to another while it is fetched.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Collection, Iterator
from contextlib import closing
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from knowledge.formats.decoding import is_utf8
from knowledge.library.video_captions import captions
from knowledge.metadata.known_addresses import clean_address, video_id
from knowledge.model.errors import SourceRefused

MAX_BYTES = 50_000_000
TIMEOUT = 30.0
_MAX_REDIRECTS = 5
_CHUNK = 65_536
_QUERY = "/?%:@!$&'()*+,;=~-._[]"
_LATIN = frozenset(["iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"])
_PACKED = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b")
_EMBEDDING = tuple(ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96"))
"""Networks whose last four bytes are an older address: NAT64, and the compatible addresses."""
AGENT = "ask-ilya"
"""What we are called in robots.txt."""
_HEADERS = {
    "User-Agent": f"{AGENT} (https://pypi.org/project/ask-ilya)",
    "Accept": "text/html,text/*,application/pdf,*/*;q=0.5",
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


def _get(url: str, *, allow_private: bool, max_bytes: int, deadline: float) -> bytes | _Redirect:
    parts = _parts(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceRefused(url, "only http and https addresses can be fetched.")
    addresses = _resolve(url, parts, allow_private=allow_private)
    try:
        with closing(_connect(parts, addresses, deadline)) as connection:
            connection.request("GET", _target(parts), headers=_HEADERS)
            with connection.getresponse() as response:
                location = response.getheader("Location")
                if response.status in (301, 302, 303, 307, 308) and location:
                    return _Redirect(location)
                if response.status != 200:
                    status = f"{response.status} {response.reason}".strip()
                    why = f"the server answered {status}; check the address."
                    raise SourceRefused(url, why, status=response.status)
                body = b"".join(_body(url, response, connection, max_bytes=max_bytes, deadline=deadline))
                return _as_utf8(body, response.headers.get_content_charset())
    except TimeoutError as error:
        raise SourceRefused(url, "it took too long; try again, or save the page and add the file.") from error
    except (OSError, http.client.HTTPException) as error:
        raise SourceRefused(url, f"it cannot be reached ({error}); check the address and the network.") from error


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


def _resolve(url: str, parts: SplitResult, *, allow_private: bool) -> list[str]:
    """Return the addresses of the host, the likeliest first; refuse when any of them is inside a network."""
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError, UnicodeError) as error:
        raise SourceRefused(url, "there is no such host; check the address and the network.") from error
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    for address in addresses:
        if not allow_private and not _is_public(address):
            raise SourceRefused(
                url,
                f"it leads to {address}, inside the own machine or network; set ILYA_ALLOW_PRIVATE_ADDRESSES=true to "
                "fetch it all the same.",
            )
    return addresses


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    inside = _inside(ip) if isinstance(ip, ipaddress.IPv6Address) else ip
    site_local = isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local
    reached = ip if inside is None else inside
    return reached.is_global and not reached.is_multicast and not site_local


def _inside(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the older address to which a newer one leads: mapped, compatible, 6to4, Teredo or NAT64."""
    if any(ip in network for network in _EMBEDDING):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _connect(parts: SplitResult, addresses: list[str], deadline: float) -> http.client.HTTPConnection:
    """Return a connection to the first of some addresses that answers; it speaks to the host by its name."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    sock = _first_answering(addresses, port, deadline)
    left = _left(deadline)
    sock.settimeout(left)
    if parts.scheme == "https":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    connection = http.client.HTTPConnection(host, port, timeout=left)
    if parts.scheme == "https":
        connection.default_port = 443
    connection.sock = sock
    return connection


def _first_answering(addresses: list[str], port: int, deadline: float) -> socket.socket:
    """Return a connection to the first address that answers; those not yet tried share the time that is left.

    Raises:
        OSError: none does; what the last one said.
    """
    *others, last = addresses
    for number, address in enumerate(others):
        with contextlib.suppress(OSError):
            return socket.create_connection((address, port), timeout=_left(deadline) / (len(addresses) - number))
    return socket.create_connection((last, port), timeout=_left(deadline))


def _left(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0.001)


def _body(
    url: str,
    response: http.client.HTTPResponse,
    connection: http.client.HTTPConnection,
    *,
    max_bytes: int,
    deadline: float,
) -> Iterator[bytes]:
    declared = response.getheader("Content-Length", "")
    taken, size = 0, int(declared) if declared.isdecimal() else 0
    while True:
        if size > max_bytes:
            raise SourceRefused(
                url, f"it is larger than {max_bytes // 1_000_000} MB; fetch it yourself and add a part."
            )
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if connection.sock:
            connection.sock.settimeout(left)
        chunk = response.read1(_CHUNK)
        if not chunk:
            if declared.isdecimal() and taken < int(declared):
                raise SourceRefused(url, "the server broke off in the middle of it; try again.")
            return
        taken += len(chunk)
        size = max(size, taken)
        yield chunk
