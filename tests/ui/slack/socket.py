"""Slack's end of Socket Mode: a real websocket server that delivers envelopes and collects acknowledgements."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Condition, Thread
from time import monotonic
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

_IDS = count(1)


class FakeSocket:
    """The server. Connections stand in the order in which they were opened; those that ended are gone."""

    def __init__(self) -> None:
        self.changed = Condition()
        self.connections: list[ServerConnection] = []
        self.opened = 0
        self.acks: list[dict[str, Any]] = []
        self.server: Server = serve(self._hold, "127.0.0.1", 0)

    @property
    def url(self) -> str:
        """Return the address that `apps.connections.open` gives."""
        return f"ws://127.0.0.1:{self.server.socket.getsockname()[1]}/link"

    def deliver(self, payload: dict[str, Any], kind: str = "events_api", to: ServerConnection | None = None) -> str:
        """Send a payload over a connection, the first by default; return the envelope's id."""
        envelope_id = f"E{next(_IDS)}"
        envelope = {"envelope_id": envelope_id, "type": kind, "payload": payload, "accepts_response_payload": True}
        (to or self.connections[0]).send(json.dumps(envelope))
        return envelope_id

    def wait_for_ack(self, envelope_id: str, seconds: float = 60) -> dict[str, Any]:
        """Return the acknowledgement of an envelope."""

        def found() -> dict[str, Any] | None:
            return next((ack for ack in self.acks if ack["envelope_id"] == envelope_id), None)

        with self.changed:
            assert self.changed.wait_for(lambda: found() is not None, seconds), f"{envelope_id} is not acknowledged"
            ack = found()
        assert ack is not None
        return ack

    def wait_for_connections(self, opened: int, alive: int, seconds: float = 120) -> None:
        """Wait until so many connections were opened in all and so many are left."""
        with self.changed:
            done = self.changed.wait_for(lambda: self.opened >= opened and len(self.connections) == alive, seconds)
        assert done, f"{self.opened} opened, {len(self.connections)} left"

    def _hold(self, connection: ServerConnection) -> None:
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        with self.changed:
            self.connections.append(connection)
            self.opened += 1
            self.changed.notify_all()
        try:
            for message in connection:
                with self.changed:
                    self.acks.append(json.loads(message) | {"at": monotonic()})
                    self.changed.notify_all()
        except ConnectionClosed:
            return
        finally:
            with self.changed:
                self.connections.remove(connection)
                self.changed.notify_all()


@contextmanager
def fake_socket() -> Iterator[FakeSocket]:
    """Run the server for the length of a `with` block."""
    socket = FakeSocket()
    thread = Thread(target=socket.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield socket
    finally:
        socket.server.shutdown()
        thread.join(5)
