"""Pages and captions from the web: http(s) only, bounded, and never from inside the own network unless allowed.

The address is resolved here and the connection goes to what was resolved, so that a name cannot point to one place
while it is checked and to another while it is fetched.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import SplitResult, urljoin, urlsplit

from knowledge.metadata.known_addresses import video_id
from knowledge.model.errors import SourceRefused

MAX_BYTES = 50_000_000
TIMEOUT = 30.0
_MAX_REDIRECTS = 5
_CHUNK = 65_536
_HEADERS = {
    "User-Agent": "ask-ilya (https://pypi.org/project/ask-ilya)",
    "Accept": "text/html,text/*,application/pdf,*/*;q=0.5",
}


def fetch(
    url: str, *, allow_private: bool = False, max_bytes: int = MAX_BYTES, timeout: float = TIMEOUT
) -> tuple[bytes, str]:
    """Return what stands at an address, and the address it was found at after redirects.

    A YouTube video gives its captions as WebVTT. `timeout` (seconds) bounds the whole fetch, `max_bytes` its size;
    `allow_private` admits addresses of the own machine and network.

    Raises:
        SourceRefused: it cannot be reached, is too large or slow, or leads into the own network.
    """
    deadline = time.monotonic() + timeout
    video = video_id(url)
    if video:
        return _captions(video, url), url
    here = url
    for _ in range(_MAX_REDIRECTS + 1):
        answer = _get(here, allow_private=allow_private, max_bytes=max_bytes, deadline=deadline)
        if isinstance(answer, bytes):
            return answer, here
        here = urljoin(here, answer.location)
    raise SourceRefused(url, f"it redirects more than {_MAX_REDIRECTS} times; open it in a browser and save the page.")


class _Redirect:
    def __init__(self, location: str) -> None:
        self.location = location


def _get(url: str, *, allow_private: bool, max_bytes: int, deadline: float) -> bytes | _Redirect:
    parts = _parts(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceRefused(url, "only http and https addresses can be fetched.")
    address = _resolve(url, parts, allow_private=allow_private)
    try:
        with closing(_connect(parts, address, deadline)) as connection:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers=_HEADERS)
            with connection.getresponse() as response:
                location = response.getheader("Location")
                if response.status in (301, 302, 303, 307, 308) and location:
                    return _Redirect(location)
                if response.status != 200:
                    status = f"{response.status} {response.reason}".strip()
                    raise SourceRefused(url, f"the server answered {status}; check the address.")
                return b"".join(_body(url, response, connection, max_bytes=max_bytes, deadline=deadline))
    except TimeoutError as error:
        raise SourceRefused(url, "it took too long; try again, or save the page and add the file.") from error
    except (OSError, http.client.HTTPException) as error:
        raise SourceRefused(url, f"it cannot be reached ({error}); check the address and the network.") from error


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise SourceRefused(url, "this is not a web address; check it for typing errors.") from error


def _resolve(url: str, parts: SplitResult, *, allow_private: bool) -> str:
    """Return the first address of the host; refuse when any of its addresses is inside a network."""
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError, UnicodeError) as error:
        raise SourceRefused(url, "there is no such host; check the address and the network.") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    for address in addresses:
        if not allow_private and not _is_public(address):
            raise SourceRefused(
                url,
                f"it leads to {address}, inside the own machine or network, which is not fetched unless you allow it.",
            )
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return (mapped or ip).is_global and not ip.is_multicast


def _connect(parts: SplitResult, address: str, deadline: float) -> http.client.HTTPConnection:
    """Return a connection to `address` that speaks to the host by its name."""
    left = max(deadline - time.monotonic(), 0.001)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    sock = socket.create_connection((address, port), timeout=left)
    if parts.scheme == "https":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    connection = http.client.HTTPConnection(host, port, timeout=left)
    if parts.scheme == "https":
        connection.default_port = 443
    connection.sock = sock
    return connection


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
            return
        taken += len(chunk)
        size = max(size, taken)
        yield chunk


def _captions(video: str, url: str) -> bytes:
    """Return a video's captions as WebVTT, those written by people first."""
    try:
        from youtube_transcript_api import YouTubeTranscriptApi, YouTubeTranscriptApiException
        from youtube_transcript_api.formatters import WebVTTFormatter
    except ImportError as error:
        raise SourceRefused(
            url, "captions of YouTube need the extra: pip install 'ask-ilya[youtube]', then add the address again."
        ) from error
    try:
        fetched = YouTubeTranscriptApi().fetch(video, languages=("en", "en-US", "en-GB"))
    except YouTubeTranscriptApiException as error:
        cause = type(error).__name__
        raise SourceRefused(
            url, f"YouTube gives no English captions for this video ({cause}); add a transcript file."
        ) from error
    return str(WebVTTFormatter().format_transcript(fetched)).encode()
