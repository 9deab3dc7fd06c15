"""A model as the settings name it: asked with a prompt and a JSON schema, heard piece by piece.

Endpoints differ in what they understand, so a strict JSON schema is tried first, then JSON mode, then plain text;
the endpoint remembers which one worked.
"""

import os
import time
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from assistant.models.calls import Call, EndpointFailed, Trouble, Usage, failure
from assistant.settings import Settings

# A pause for an endpoint that fails again and again, so that nobody waits for it question after question.
IN_A_ROW = 2
"""Failures after which an endpoint rests."""

_FAILING = frozenset(
    {Trouble.NO_ROUTE, Trouble.TIMED_OUT, Trouble.ENDPOINT_ERROR, Trouble.BROKEN_OFF, Trouble.RATE_LIMITED}
)


class Rest:
    """Remembers how the last calls went. Safe to share between threads.

    Args:
        seconds: how long an endpoint rests; 0 lets it never rest.
        now: a clock that only goes forward, in seconds.
    """

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._now = now
        self._lock = Lock()
        self._failed = 0
        self._until = 0.0

    @property
    def resting(self) -> bool:
        """Return whether the endpoint is to be left alone now."""
        with self._lock:
            return self._now() < self._until

    def after(self, trouble: Trouble | None) -> None:
        """Note how a call ended: with trouble, or well."""
        with self._lock:
            self._failed = self._failed + 1 if trouble in _FAILING else 0
            if self._failed >= IN_A_ROW:
                self._until = self._now() + self._seconds


if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

OPENAI = "openai"
OPENAI_URL = "https://api.openai.com/v1"
MAX_CHARACTERS = 64_000
"""What is heard of one reply; the longest sensible one has about a thousand."""

_NOT_UNDERSTOOD = frozenset({400, 415, 422, 501})


class Mode(StrEnum):
    """How an endpoint is told the form of the reply, strictest first."""

    SCHEMA = "strict JSON schema"
    JSON = "JSON mode"
    TEXT = "plain text"


@dataclass(frozen=True)
class Schema:
    """A JSON schema with the name that the OpenAI interface asks for."""

    name: str
    body: dict[str, Any]


class Endpoint:
    """The endpoint and model that the settings name. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        if not settings.model:
            raise ValueError("the settings name no model")
        self.model = settings.model
        self.provider = settings.model_provider
        self.url = (settings.openai_base_url or OPENAI_URL) if self.provider == OPENAI else None
        self._settings = settings
        self._modes = list(Mode) if self.provider == OPENAI else [Mode.TEXT]
        self._rest = Rest(settings.model_rest_seconds)

    @classmethod
    def from_settings(cls, settings: Settings) -> "Endpoint | None":
        """Return the endpoint, or None when the settings name no model, or no key and no address for it."""
        reachable = settings.openai_api_key or settings.openai_base_url or settings.model_provider != OPENAI
        return cls(settings) if settings.model and reachable else None

    def prepare(self) -> None:
        """Import the client library, which takes seconds the first time, before a time limit runs."""
        os.environ.setdefault("LANGSMITH_TRACING", "false")
        import_module("langchain_openai" if self.url else "langchain.chat_models")

    @property
    def key(self) -> str:
        """Return what tells this model from others, for caches."""
        return f"{self.provider} {self.url} {self.model}"

    @property
    def mode(self) -> Mode:
        """Return the mode that is tried first: the last one that worked."""
        return self._modes[0]

    def call(self, messages: Sequence[tuple[str, str]], schema: Schema, call: Call) -> Iterator[str]:
        """Yield the text of the reply as it arrives; closing the iterator closes the request.

        `call.usage` is set when the endpoint reports it.

        Raises:
            EndpointFailed: no reply, no whole reply, or more than `MAX_CHARACTERS`; or the endpoint rests.
        """
        if self._rest.resting:
            raise EndpointFailed(Trouble.RESTING)
        try:
            yield from self._in_modes(messages, schema, call)
        except EndpointFailed as failed:
            self._rest.after(None if call.hurried else failed.trouble)
            raise
        except GeneratorExit:
            self._rest.after(None)
            raise
        self._rest.after(None)

    def _in_modes(self, messages: Sequence[tuple[str, str]], schema: Schema, call: Call) -> Iterator[str]:
        for mode in list(self._modes):
            started = False
            try:
                for text in self._stream(mode, messages, schema, call):
                    started = True
                    yield text
            except EndpointFailed as refusal:
                if started or refusal.status not in _NOT_UNDERSTOOD or mode is self._modes[-1]:
                    raise
                continue
            self._modes = self._modes[self._modes.index(mode) :] if mode in self._modes else self._modes
            return

    def _stream(self, mode: Mode, messages: Sequence[tuple[str, str]], schema: Schema, call: Call) -> Iterator[str]:
        found = None
        heard = 0
        with ExitStack() as opened:
            try:
                model = self._chat_model(mode, call, opened)
                for chunk in opened.enter_context(closing(_chunks(model, messages, _form(mode, schema)))):
                    self._count(chunk, call)
                    text = chunk.text
                    heard += len(text)
                    if heard > MAX_CHARACTERS:
                        call.stop(Trouble.TOO_LONG)
                    if call.stopped_by:
                        break
                    yield text
            except EndpointFailed as error:
                found = error
            # a hostile endpoint can make the client library fail in any way, and its errors quote the endpoint
            except Exception as error:  # noqa: BLE001
                found = failure(error, connected=call.connected)
        if call.stopped_by:
            raise EndpointFailed(call.stopped_by)
        if found:
            raise found

    def _chat_model(self, mode: Mode, call: Call, opened: ExitStack) -> "BaseChatModel":
        # pydantic's warning about an oddly shaped reply would print the reply
        warnings.filterwarnings("ignore", message="Pydantic serializer warnings", category=UserWarning)
        if self.url is None:
            return self._other_model(call)
        from langchain_openai import ChatOpenAI

        from assistant.models.transport import http_client, idle_client, timeouts

        return ChatOpenAI(
            model=self.model,
            base_url=self.url,
            api_key=self._settings.openai_api_key or SecretStr("none"),
            http_client=opened.enter_context(http_client(self.url, call, retries=self._settings.model_retries)),
            max_retries=0,  # the transport retries, within the time limit
            http_async_client=idle_client(),
            timeout=timeouts(call),
            stream_usage=mode is not Mode.TEXT,
            use_responses_api=False,
        )

    def _other_model(self, call: Call) -> "BaseChatModel":
        from langchain.chat_models import init_chat_model

        limits: dict[str, Any] = {"timeout": call.remaining, "max_retries": self._settings.model_retries}
        try:
            model: BaseChatModel = init_chat_model(self.model, model_provider=self.provider, **limits)
        except ImportError:
            raise EndpointFailed(Trouble.MISSING_PACKAGE) from None
        except (ValueError, TypeError):
            raise EndpointFailed(Trouble.MISCONFIGURED) from None
        return model

    def _count(self, chunk: "AIMessageChunk", call: Call) -> None:
        if counted := chunk.usage_metadata:
            tokens = counted["input_tokens"], counted["output_tokens"]
            prices = self._settings.model_usd_per_million_in, self._settings.model_usd_per_million_out
            usd = None
            if prices[0] is not None and prices[1] is not None:
                usd = (tokens[0] * prices[0] + tokens[1] * prices[1]) / 1_000_000
            call.usage = Usage(tokens_in=tokens[0], tokens_out=tokens[1], usd=usd)


def _chunks(
    model: "BaseChatModel", messages: Sequence[tuple[str, str]], form: dict[str, Any]
) -> Generator["AIMessageChunk", None, None]:
    yield from model.stream(list(messages), **form)


def _form(mode: Mode, schema: Schema) -> dict[str, Any]:
    """Return what `with_structured_output` would bind, past the client's own parser: it fails on text around JSON."""
    if mode is Mode.SCHEMA:
        named = {"name": schema.name, "schema": schema.body, "strict": True}
        return {"extra_body": {"response_format": {"type": "json_schema", "json_schema": named}}}
    if mode is Mode.JSON:
        return {"extra_body": {"response_format": {"type": "json_object"}}}
    return {}
