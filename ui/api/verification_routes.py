"""The route that verifies: `/verify`, a certificate with or without its file; the library is not read for it."""

import json
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException
from fastapi.openapi.models import Example
from fastapi.responses import JSONResponse, Response

from assistant.certificates.brought_certificates import LARGEST, verify_brought
from assistant.certificates.certified_quotes import read_certificate
from assistant.integration.asynchronous import run
from ui.api.api_access import may
from ui.api.api_settings import ApiSettings
from ui.api.keys import Keys, Scope
from ui.api.problems import RESPONSES
from ui.api.schema import VerificationRecord, VerifyRequest

_EXAMPLE = Path(__file__).parent / "example_certificate.json"


def verification_routes(home: Path, keys: Keys, settings: ApiSettings) -> APIRouter:
    """Return the route; certificates are verified in threads of their own, files read in a bounded process."""
    routes = APIRouter(responses=RESPONSES, dependencies=[may(Scope.CHECK, keys, settings)])

    @routes.post("/verify", response_model=VerificationRecord)
    async def verify(brought: Annotated[VerifyRequest, Body(openapi_examples=_examples())]) -> Response:
        """Verify a certificate: what its file proves, what is only stated, who signed."""
        if brought.file and len(brought.file) > LARGEST:
            raise HTTPException(413, f"The file has more than {LARGEST // 1_000_000} MB; verify it with `ilya verify`.")
        return JSONResponse(await run(partial(_verified, brought, home)))

    return routes


def _verified(brought: VerifyRequest, home: Path) -> dict[str, Any]:
    told = brought.certificate if isinstance(brought.certificate, str) else json.dumps(brought.certificate)
    certificate = read_certificate(told.encode())
    found = verify_brought(certificate, brought.file, home=home, keys=brought.keys)
    return found.model_dump(mode="json")


@cache
def _examples() -> dict[str, Example]:
    certificate = _EXAMPLE.read_text(encoding="utf-8")  # as text: the description drops fields that are null
    return {"certificate": {"summary": "A certificate without its file", "value": {"certificate": certificate}}}
