"""Responses that are remade: whole and with their new length; all others pass as they come."""

from typing import Any

from starlette.types import Message, Receive, Scope, Send

from tests import loops
from ui.web.access.held_responses import HeldResponses


class Louder(HeldResponses):
    """Makes plain text loud."""

    def holds(self, scope: Scope, start: Message) -> bool:
        return (b"content-type", b"text/plain") in start["headers"]

    async def remade(self, scope: Scope, start: Message, body: bytes) -> bytes:
        assert scope["path"] == "/bees"
        return body.upper() + b"!"


def sent(kind: bytes, *parts: bytes, **scope: Any) -> list[Message]:
    """Return what reaches a server of an application that answers in these parts."""
    found: list[Message] = []

    async def app(inner: Scope, receive: Receive, send: Send) -> None:
        inner["path"] = "/written by a route"
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        for number, part in enumerate(parts, 1):
            await send({"type": "http.response.body", "body": part, "more_body": number < len(parts)})

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        found.append(message)

    asked = {"type": "http", "method": "GET", "path": "/bees", **scope}
    loops.run(Louder(app)(asked, receive, send))
    return found


def test_what_is_held_is_sent_whole_with_its_new_length() -> None:
    start, body = sent(b"text/plain", b"bees ", b"dance")
    assert (start["status"], dict(start["headers"])[b"content-length"]) == (200, b"11")
    assert body == {"type": "http.response.body", "body": b"BEES DANCE!"}


def test_other_responses_pass_in_their_parts() -> None:
    start, *bodies = sent(b"text/event-stream", b"bees ", b"dance")
    assert [one["body"] for one in bodies] == [b"bees ", b"dance"]
    assert b"content-length" not in dict(start["headers"])


def test_the_length_that_head_tells_stays() -> None:
    start, _ = sent(b"text/plain", b"", method="HEAD")
    assert b"content-length" not in dict(start["headers"])


def test_what_is_no_request_of_a_page_is_left_alone() -> None:
    assert len(sent(b"text/plain", b"bees ", b"dance", type="websocket")) == 3
