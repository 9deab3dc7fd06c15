"""A small reverse proxy: serves another server under a path, with the path left on or taken off, and nothing else."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

_CHUNK = 65_536


@contextmanager
def proxied(site: str, path: str, *, strips: bool) -> Iterator[str]:
    """Yield the address of a proxy that passes what is under `path` to a site; all else it answers with 404."""
    loop = asyncio.new_event_loop()
    proxy = _Proxy(urlsplit(site).port or 80, path, strips=strips)
    # a loop of its own thread: a browser under test keeps one running in the thread of tests
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    starting = asyncio.run_coroutine_threadsafe(asyncio.start_server(proxy.serve, "127.0.0.1", 0), loop)
    server = starting.result(10)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}{path}"
        assert proxy.outside == []
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    while rest := asyncio.all_tasks() - {asyncio.current_task()}:  # one may begin while others end
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


class _Proxy:
    def __init__(self, port: int, path: str, *, strips: bool) -> None:
        self._port = port
        self._path = path
        self._strips = strips
        self.outside: list[str] = []
        """What was asked for outside of the path: links that led out of it."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the browser went away
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request, _, headers = head.partition("\r\n")
        method, target, version = request.split(" ")
        if not target.startswith((f"{self._path}/", f"{self._path}?")) and target != self._path:
            if target != "/favicon.ico":  # browsers ask for it by themselves
                self.outside.append(target)
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        inner = (target[len(self._path) :] or "/") if self._strips else target
        kept = [line for line in headers.split("\r\n") if line and not line.lower().startswith("connection:")]
        upstream, down = await asyncio.open_connection("127.0.0.1", self._port)
        lines = "\r\n".join([f"{method} {inner} {version}", *kept, "Connection: close"])
        down.write(f"{lines}\r\n\r\n".encode("latin-1"))
        sending = asyncio.create_task(_pump(reader, down))
        try:
            await _pump(upstream, writer)
        finally:
            sending.cancel()
            down.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(_CHUNK):
        writer.write(chunk)
        await writer.drain()
