"""Calling a scripted endpoint."""

from typing import Any

import pytest

from assistant import Settings
from assistant.models import Call, Cancellation, Endpoint, EndpointFailed, Trouble
from assistant.selection.picks import PICKS
from evals.hostile.endpoint_server import Exchange, HostileServer
from evals.hostile.personalities import GOOD

ASKED = [("system", "Point at sentences."), ("user", "Reply with JSON.")]


def endpoint_of(server: HostileServer, **options: Any) -> Endpoint:
    endpoint = Endpoint(Settings(model="hostile", openai_base_url=server.url, **options))
    endpoint.prepare()
    return endpoint


def heard(endpoint: Endpoint, seconds: float = 5, cancellation: Cancellation | None = None) -> tuple[str, Call]:
    with Call(seconds, cancellation) as call:
        return "".join(endpoint.call(ASKED, PICKS, call)), call


def trouble_of(server: HostileServer, seconds: float = 5, **options: Any) -> Trouble:
    with pytest.raises(EndpointFailed) as failed:
        heard(endpoint_of(server, **options), seconds)
    return failed.value.trouble


def fails_first(times: int, status: int, *headers: tuple[str, str]) -> Any:
    def answers(exchange: Exchange) -> None:
        if exchange.attempt <= times:
            exchange.refuse(status, headers=headers)
        else:
            exchange.answer(GOOD)

    return answers
