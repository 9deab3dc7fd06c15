"""Errors of the API as problem details (RFC 9457): a status, one sentence, and the id under which the log has it."""

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.certificates.certified_quotes import CertificateRefused
from assistant.certificates.signing_keys import KeyRefused
from assistant.checking import ClaimRefused
from assistant.documents.document_claims import DocumentRefused
from assistant.exceptions import QuestionRefused
from assistant.quotes import UnknownQuote
from knowledge.model.errors import AskIlyaError, UnknownSource
from ui.api.schema import Problem
from ui.operations.request_ids import request_id
from ui.rendering.card_image import NotDrawable

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger(__name__)
_STATUS: tuple[tuple[type[AskIlyaError], int], ...] = (
    (QuestionRefused, 422),
    (ClaimRefused, 422),
    (CertificateRefused, 422),
    (DocumentRefused, 413),
    (KeyRefused, 422),
    (UnknownQuote, 404),
    (UnknownSource, 404),
    (NotDrawable, 404),
    (AskIlyaError, 503),
)
UNFORESEEN = "Something went wrong here; the log has it under this id."
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": HTTPStatus(status).phrase, "model": Problem, "content": {MEDIA_TYPE: {}}}
    for status in (400, 401, 403, 404, 406, 413, 415, 422, 429, 503)
}
"""What the description of the API says of errors."""


def describe_problems(app: FastAPI) -> None:
    """Let the description of an application give errors the media type that they have: clients are made from it.

    FastAPI writes the shape of every response under the media type of the good one.
    """
    described = app.openapi

    def openapi() -> dict[str, Any]:
        made = described()
        for operation in (one for path in made["paths"].values() for one in path.values()):
            for response in operation["responses"].values():
                content = response.get("content", {})
                if MEDIA_TYPE in content and "application/json" in content:
                    content[MEDIA_TYPE] = content.pop("application/json")
        return made

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI documents this as the way


def problem(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return a response that says in one sentence what went wrong, in the shape of RFC 9457."""
    told = problem_details(request, status, detail)
    return JSONResponse(told.model_dump(), status_code=status, headers=headers, media_type=MEDIA_TYPE)


def problem_details(request: Request, status: int, detail: str) -> Problem:
    """Return what went wrong under the id of the request."""
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, instance=request_id(request.scope))


def problem_of(error: AskIlyaError) -> tuple[int, str]:
    """Return the status and the sentence for one of our errors."""
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    return status, str(error)


def add_problem_handlers(app: FastAPI) -> None:
    """Let every error of an application become problem details."""

    @app.exception_handler(AskIlyaError)
    async def of_ours(request: Request, error: AskIlyaError) -> JSONResponse:
        return problem(request, *problem_of(error))

    @app.exception_handler(HTTPException)
    async def of_http(request: Request, error: HTTPException) -> JSONResponse:
        return problem(request, error.status_code, _sentence(error), error.headers)

    @app.exception_handler(RequestValidationError)
    async def of_input(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem(request, *misread(error, request))

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> JSONResponse:
        _LOG.error("request %s failed", request_id(request.scope), exc_info=error)
        return problem(request, 500, UNFORESEEN)


def _sentence(error: HTTPException) -> str:
    """Return what went wrong; the framework's own errors say no more than the name of their status."""
    if error.detail != HTTPStatus(error.status_code).phrase:
        return str(error.detail)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return f"This address takes {(error.headers or {}).get('Allow', 'another method')}."
    return "There is nothing at this address; /api/v1/openapi.json describes what there is."


def misread(error: RequestValidationError, request: Request) -> tuple[int, str]:
    """Return the status and one sentence; what was sent is not repeated, as it may not be text."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return 400, 'The body is not JSON; send an object such as {"question": "…"}.'
    if not _is_json(request) and first["loc"] == ("body",):
        return 415, "Send the body as application/json."
    return 422, wrong_input(first["loc"][1:] or first["loc"], first["msg"])


def wrong_input(place: Iterable[object], message: str) -> str:
    """Return in one sentence which field is wrong, and why.

    >>> wrong_input(("filters", "since"), "Value error, “x” is not an ISO date")
    'filters.since: “x” is not an ISO date'
    """
    return f"{'.'.join(map(str, place))}: {message.removeprefix('Value error, ')}"


def _is_json(request: Request) -> bool:
    return "json" in request.headers.get("content-type", "application/json").lower()
