"""Answers that a client may keep: an ETag over what is sent, and 304 for who has it already (RFC 9110, RFC 9111)."""

import hashlib
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from ui.api.api_access import is_public

_SECONDS = 300
"""The words of a quote never change; a date or an address beside them may be corrected."""


def cached_json(request: Request, content: Any) -> Response:
    """Return JSON that a client may keep."""
    return cached(request, JSONResponse(content))


def cached(request: Request, response: Response) -> Response:
    """Return the response with its ETag, or 304 when the client has this very body."""
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    headers = {
        "etag": tag,
        "cache-control": f"{'public' if is_public(request.scope) else 'private'}, max-age={_SECONDS}",
        "vary": "accept",
    }
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
