"""HTTP for one call: bounded in bytes and time, retried while that makes sense, breakable from outside."""

import email.utils
import itertools
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import httpx2

from assistant.models.calls import Call, Trouble
from knowledge.fetching.request_routes import certificates, proxy_of

MAX_BYTES = 4_000_000
"""What is read of one response; a reply of 64 kB arrives in about as much, one token an event."""

_RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_FIRST_DELAY = 0.4
_CONNECT_SECONDS = 5.0


def http_client(url: str, call: Call, *, retries: int) -> httpx2.Client:
    """Return a client for one call to one endpoint; proxies of the environment are used."""
    inner = httpx2.HTTPTransport(
        verify=certificates(), proxy=proxy_of(url), limits=httpx2.Limits(max_keepalive_connections=0)
    )
    return httpx2.Client(transport=_CallTransport(inner, call, retries=retries))


def timeouts(call: Call) -> httpx2.Timeout:
    """Return the limits of each single wait; the call's own limit ends all of them together."""
    return httpx2.Timeout(call.remaining, connect=min(call.remaining, _CONNECT_SECONDS))


@lru_cache(maxsize=1)
def idle_client() -> httpx2.AsyncClient:
    """Return the asynchronous client that nobody uses: without it LangChain makes one for every model."""
    return httpx2.AsyncClient(verify=certificates())


class _CallTransport(httpx2.BaseTransport):
    def __init__(self, inner: httpx2.BaseTransport, call: Call, *, retries: int) -> None:
        self._inner = inner
        self._call = call
        self._retries = retries

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["Accept-Encoding"] = "identity"  # what is counted is what is read
        request.extensions = {**request.extensions, "trace": self._trace}
        for attempt in itertools.count():
            try:
                response = self._inner.handle_request(request)
            except (httpx2.NetworkError, httpx2.RemoteProtocolError):
                if not self._may_retry(attempt, None):
                    raise
                continue
            if response.status_code not in _RETRIED or not self._may_retry(attempt, response):
                break
        if response.headers.get("Content-Encoding", "identity") != "identity":
            response.close()
            self._call.stop(Trouble.UNREADABLE)
            raise httpx2.DecodingError("the endpoint compressed what was to be plain")
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_Bounded(response.stream, self._call),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._inner.close()

    def _may_retry(self, attempt: int, response: httpx2.Response | None) -> bool:
        """Wait before the next attempt; False when none is left or it would come too late."""
        delay = _FIRST_DELAY * 2**attempt
        if response is not None:
            delay = max(delay, _retry_after(response.headers.get("Retry-After")))
        if attempt >= self._retries or delay >= self._call.remaining:
            return False
        if response is not None:
            response.close()
        if not self._call.wait(delay):
            raise httpx2.ReadError("stopped while waiting to try again")
        return True

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._call.connect(info["return_value"].get_extra_info("socket"))


class _Bounded(httpx2.SyncByteStream):
    def __init__(self, inner: Any, call: Call) -> None:
        self._inner = inner
        self._call = call

    def __iter__(self) -> Iterator[bytes]:
        count = 0
        for block in self._inner:
            count += len(block)
            if count > MAX_BYTES:
                self._call.stop(Trouble.TOO_LONG)
            if self._call.stopped_by:
                raise httpx2.ReadError("the call was stopped")
            yield block

    def close(self) -> None:
        self._inner.close()


def _retry_after(header: str | None) -> float:
    """Return the seconds a Retry-After header asks for, given in seconds or as a date; 0 when unreadable."""
    if not header:
        return 0.0
    try:
        return max(float(header), 0.0)
    except ValueError:
        date = email.utils.parsedate_tz(header)
        return max(email.utils.mktime_tz(date) - time.time(), 0.0) if date else 0.0
