"""Serving an application from this process, and requests that never went over a wire."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI, Request

from ui.web.server import address, listen


@contextmanager
def running(app: FastAPI, *, log_level: str = "warning") -> Iterator[str]:
    """Serve an application on loopback from a thread; yield its address."""
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level=log_level, proxy_headers=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield address(listening)
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()


def request(host: str = "127.0.0.1:7860", peer: str = "127.0.0.1", method: str = "GET", **headers: str) -> Request:
    """Return a request for `/` with these headers, a dash where a name has `_`."""
    sent = {"host": host, **headers}
    return Request(
        {
            "type": "http",
            "method": method,
            "path": "/",
            "query_string": b"",
            "client": (peer, 1),
            "server": ("127.0.0.1", 7860),
            "scheme": "http",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()],
        }
    )
