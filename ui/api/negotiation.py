"""Content negotiation: the forms of a quote by `Accept` (RFC 9110), and ETags (RFC 9111)."""

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse, Response

from assistant import Assistant, Quote
from assistant.certificates.certified_quotes import Certificate
from assistant.certificates.issuing import certify
from assistant.certificates.signing_keys import signing_key
from knowledge.library.editions import origin_of
from ui.api.api_access import is_public
from ui.rendering.citations import Form, export

# Answers that a client may keep: an ETag over what is sent, and 304 for who has it already (RFC 9110, RFC 9111).
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
        "vary": "accept, accept-language",
    }
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


CERTIFICATE = "application/vnd.ask-ilya.certificate+json"


class Offered(NamedTuple):
    """One form: its media type and how a quote is written in it."""

    media_type: str
    write: Callable[[Quote, Assistant], Response]


def _exported(form: Form, media_type: str) -> Offered:
    return Offered(
        media_type, lambda quote, _: Response(export([quote], form), media_type=f"{media_type}; charset=utf-8")
    )


def certificate_of(assistant: Assistant, quote: Quote) -> Certificate:
    """Return the certificate of a quote, made from the raw file that the library keeps; signed where there is a key."""
    raw = assistant.library.raw(quote.source)
    origin = origin_of(assistant.library, quote.source) or quote.source.id
    key = signing_key(assistant.settings.home)
    return certify(quote, raw, origin=origin, subject=assistant.subject, key=key)


def _certified(quote: Quote, assistant: Assistant) -> Response:
    return Response(certificate_of(assistant, quote).model_dump_json(indent=2), media_type=CERTIFICATE)


OFFERED = (
    Offered("application/json", lambda quote, _: JSONResponse(quote.model_dump(mode="json"))),
    _exported(Form.BIBTEX, "application/x-bibtex"),
    _exported(Form.CSL_JSON, "application/vnd.citationstyles.csl+json"),
    _exported(Form.RIS, "application/x-research-info-systems"),
    _exported(Form.MARKDOWN, "text/markdown"),
    _exported(Form.HTML, "text/html"),
    _exported(Form.PLAIN, "text/plain"),
    Offered(CERTIFICATE, _certified),
)


def best_form(accept: str) -> Offered:
    """Return the offered form that an `Accept` header prefers; the first of equally good ones.

    Raises:
        HTTPException: 406, none of them is acceptable.
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]

    def quality(offered: Offered) -> float:
        kind = offered.media_type.partition("/")[0]
        for wanted in (offered.media_type, f"{kind}/*", "*/*"):
            found = [weight for name, weight in ranges if name == wanted]
            if found:
                return max(found)
        return 0.0

    best = max(OFFERED, key=quality)
    if quality(best) <= 0:
        raise HTTPException(406, f"A quote comes as {', '.join(offered.media_type for offered in OFFERED)}.")
    return best


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return name, 0.0
    return name, 1.0
