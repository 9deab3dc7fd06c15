"""A small reverse proxy: serves another server under a path, with the path left on or taken off, and nothing else."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_CHUNK = 65_536


class Proxy:
    """A proxy that listens on this machine; `address` is where the site is reached through it, under the path.

    `outside` holds what was asked for beside the path: each is a link or a request that led out of it.
    Threads and sockets only: the browser's own event loop runs in the thread of the test.
    """

    def __init__(self, site: str, path: str, *, strips: bool) -> None:
        self._behind = ("127.0.0.1", urlsplit(site).port or 80)
        self._path = path
        self._strips = strips
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}{path}"
        self.outside: list[str] = []

    def serve(self) -> None:
        """Take connections until `close`."""
        while True:
            try:
                taken, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(taken,), daemon=True).start()

    def close(self) -> None:
        """Take no connection any more."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _pass_on(self, browser: socket.socket) -> None:
        with browser, suppress(ConnectionError):  # a browser that goes away in the middle is no fault
            head, rest = _head(browser)
            if not head:
                return
            request, _, headers = head.partition("\r\n")
            method, target, version = request.split(" ")
            if not (target == self._path or target.startswith((f"{self._path}/", f"{self._path}?"))):
                if target != "/favicon.ico":  # browsers ask for it by themselves
                    self.outside.append(target)
                browser.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            inner = (target[len(self._path) :] or "/") if self._strips else target
            kept = [line for line in headers.split("\r\n") if line and not line.lower().startswith("connection:")]
            lines = "\r\n".join([f"{method} {inner} {version}", *kept, "Connection: close", "", ""])
            with socket.create_connection(self._behind) as behind:
                behind.sendall(lines.encode("latin-1") + rest)
                threading.Thread(target=_pump, args=(browser, behind), daemon=True).start()
                _pump(behind, browser)


@contextmanager
def proxied(site: str, path: str, *, strips: bool) -> Iterator[Proxy]:
    """Yield a proxy that passes what is under `path` to a site; all else it answers with 404."""
    proxy = Proxy(site, path, strips=strips)
    thread = threading.Thread(target=proxy.serve)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join(10)


def _head(browser: socket.socket) -> tuple[str, bytes]:
    """Return a request's lines and what of its body came with them; nothing where the browser thought better of it."""
    got = b""
    while b"\r\n\r\n" not in got:
        chunk = browser.recv(_CHUNK)
        if not chunk:
            return "", b""
        got += chunk
    head, _, rest = got.partition(b"\r\n\r\n")
    return head.decode("latin-1"), rest


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):  # either end may close first
        while chunk := source.recv(_CHUNK):
            target.sendall(chunk)
