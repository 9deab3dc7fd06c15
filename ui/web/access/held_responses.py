"""Responses that are changed as a whole: held back until their last byte, remade, sent with their new length."""

from abc import ABC, abstractmethod

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeldResponses(ABC):
    """ASGI middleware that remakes the bodies of some responses; all others pass as they come, streams among them.

    Args:
        app: whose responses are remade.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    @abstractmethod
    def holds(self, scope: Scope, start: Message) -> bool:
        """Whether a response is held back, told by its status and headers, which may be changed in `start`."""

    @abstractmethod
    async def remade(self, scope: Scope, start: Message, body: bytes) -> bytes:
        """Return the body to send instead of the whole one; `start` may be changed too."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and send what is held back once it is whole."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = {**scope}  # routes write into theirs on the way in
        held: Message | None = None
        body = b""

        async def whole(message: Message) -> None:
            nonlocal held, body
            if message["type"] == "http.response.start" and self.holds(asked, message):
                held = message
                return
            if message["type"] == "http.response.body" and held is not None:
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                body = await self.remade(asked, held, body)
                if scope["method"] != "HEAD":  # there the length is that of the body that GET would have
                    MutableHeaders(scope=held)["content-length"] = str(len(body))
                await send(held)
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self._app(scope, receive, whole)
