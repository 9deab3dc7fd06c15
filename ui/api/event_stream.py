"""An answer as server-sent events: `step`, `quote` for each verified quote, then `answer`; or `problem`.

Format: WHATWG HTML, section 9.2, written by sse-starlette. Each event's data is one JSON value of `ui.api.schema`.
"""

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from functools import partial
from typing import Any

from fastapi import Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from assistant.answers import Answer, Step
from assistant.integration.asynchronous import run
from assistant.models import Cancelled
from knowledge.model.errors import AskIlyaError
from ui.api.problems import UNFORESEEN, problem_details, problem_of
from ui.operations.request_ids import request_id

_LOG = logging.getLogger(__name__)
_PATIENCE = 30.0
"""Seconds a reader may take to accept one event before the answer is given up."""
MEDIA_TYPE = "text/event-stream"


def answer_stream(
    request: Request, events: AsyncGenerator[Any, None], finish: Callable[[Answer], dict[str, Any]]
) -> EventSourceResponse:
    """Return the response that streams an answer; `finish` keeps the answer and returns what is told of it.

    A reader that hangs up, or takes nothing for 30 seconds, ends the answer and any request to a model.
    """
    return EventSourceResponse(
        _told(request, events, finish), send_timeout=_PATIENCE, headers={"cache-control": "no-store"}
    )


def wants_stream(request: Request) -> bool:
    """Whether the caller asks for server-sent events."""
    return MEDIA_TYPE in request.headers.get("accept", "")


async def _told(
    request: Request, events: AsyncGenerator[Any, None], finish: Callable[[Answer], dict[str, Any]]
) -> AsyncIterator[ServerSentEvent]:
    try:
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Answer):
                    yield _event("answer", await run(partial(finish, event)))
                else:
                    name = "step" if isinstance(event, Step) else "quote"
                    yield _event(name, event.model_dump(mode="json"))
    except Cancelled:
        return
    except AskIlyaError as error:
        status, detail = problem_of(error)
        yield _problem(request, status, detail)
    except Exception:  # noqa: BLE001 - the status line is long sent: the stream itself must say that it failed
        _LOG.exception("request %s failed", request_id(request.scope))
        yield _problem(request, 500, UNFORESEEN)


def _problem(request: Request, status: int, detail: str) -> ServerSentEvent:
    return _event("problem", problem_details(request, status, detail).model_dump())


def _event(name: str, data: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)
