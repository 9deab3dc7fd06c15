"""The verify page: a certificate, with or without the file it is about, is verified for anybody, without an account.

Nothing of the library is read for it: what is shown comes from what the visitor brings, and from this site's own key.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from assistant.certificates.brought_certificates import LARGEST, verify_brought
from assistant.certificates.certified_quotes import CertificateRefused, read_certificate
from assistant.certificates.signing_keys import KeyRefused, signing_key, written
from assistant.certificates.verification import Finding, Outcome, Standing
from ui.rendering.page_texts import PageTexts
from ui.texts.text_tables import text_table
from ui.web.access.request_limits import whole_form
from ui.web.access.visitors import same_origin, texts_for
from ui.web.templates.answer_tools import notice
from ui.web.templates.page_frame import rendered, whole_page


@dataclass(frozen=True)
class VerifyTexts:
    """The verify page in one language. `{name}` marks what code fills in."""

    title: str
    promise: str
    certificate: str
    file: str
    key: str
    verify: str
    result: str
    own_key: str
    standing: dict[Standing, str]
    outcome: dict[Outcome, str]
    step: dict[str, str]
    details: dict[str, dict[Outcome, str]]
    """What a step found, where it is not told in the words of the verification itself; `{parts}` are fields."""
    no_certificate: str
    refused: str
    too_large: str
    wrong_key: str
    issued: str


class Row(NamedTuple):
    """One step as the page shows it."""

    step: str
    outcome: Outcome
    told: str
    detail: str


def verify_routes(home: Path) -> APIRouter:
    """Return the page, what its form sends to, and this site's public key; all open to everybody."""
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/verify")
    def verify_page(request: Request) -> HTMLResponse:
        return _page(texts_for(request), home)

    @routes.get("/verify/key")
    def own_key(request: Request) -> Response:
        held = signing_key(home)
        return PlainTextResponse(held.public_pem) if held else _page(texts_for(request), home, status=404)

    @routes.post("/verify", dependencies=[Depends(same_origin)])
    async def verify_brought(request: Request) -> Response:
        given = await whole_form(request)
        certificate, file = [await _bytes(given.get(name)) for name in ("certificate", "file")]
        key = str(given.get("key") or "").strip()
        await given.close()
        return await run_in_threadpool(_verified, texts_for(request), home, certificate, file, key)

    return routes


async def _bytes(field: object) -> bytes:
    return await field.read() if isinstance(field, UploadFile) else str(field or "").encode()


def _verified(page: PageTexts, home: Path, brought: bytes, file: bytes, key: str) -> HTMLResponse:
    said = _texts(page)
    if not brought.strip():
        return _page(page, home, notice(said.no_certificate))
    if len(file) > LARGEST:
        return _page(page, home, notice(said.too_large.format(limit=LARGEST // 1_000_000)))
    try:
        certificate = read_certificate(brought)
        found = verify_brought(certificate, file, home=home, keys=[key] if key else [])
    except CertificateRefused as refused:
        return _page(page, home, notice(said.refused.format(reason=refused)))
    except KeyRefused:
        return _page(page, home, notice(said.wrong_key))
    issued = said.issued.format(
        at=certificate.issued_at, by=certificate.issued_by, speaker=certificate.speaker,
        **{name: f"{count:,}" for name, count in certificate.inspected.model_dump().items()},
    )  # fmt: skip
    told = rendered(
        "verified.html", page, said=said, standing=found.standing, certificate=certificate, issued=issued,
        rows=[_row(finding, said) for finding in found.findings],
    )  # fmt: skip
    return _page(page, home, told)


def _row(finding: Finding, said: VerifyTexts) -> Row:
    ours = said.details.get(finding.what, {}).get(finding.outcome)
    detail = ours.format(parts=", ".join(finding.parts)) if ours else finding.detail
    return Row(said.step.get(finding.what, finding.what), finding.outcome, said.outcome[finding.outcome], detail)


def _page(page: PageTexts, home: Path, told: str = "", *, status: int = 200) -> HTMLResponse:
    said, held = _texts(page), signing_key(home)
    own = said.own_key.format(key=written(held.public)) if held else ""
    response = whole_page("verify.html", said.title, page, here="/verify", said=said, told=Markup(told), own=own)
    response.status_code = status
    return response


def _texts(page: PageTexts) -> VerifyTexts:
    return text_table(VerifyTexts, "verify", page.code)
