"""The check page: somebody pastes a quotation, or a text with several, and sees what becomes of each, word by word."""

from dataclasses import dataclass
from itertools import islice
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from assistant import Assistant
from assistant.checking import Check, ClaimRefused
from assistant.checking.claim import MAX_CHARACTERS
from assistant.documents.document_claims import (
    MAX_DOCUMENT,
    DocumentRefused,
    check_document,
    check_whole,
    is_article,
    quotations,
)
from assistant.documents.printed_documents import printed_file
from knowledge.fetching.fetcher import fetch
from knowledge.model.errors import SourceRefused
from ui.rendering import PlaceCard, verdict_frame, verdict_html
from ui.rendering.answer_html import text
from ui.rendering.document_report import document_report, report_html, report_markdown
from ui.rendering.page_texts import PageTexts
from ui.rendering.verdicts import refusal
from ui.texts.text_tables import text_table
from ui.web.access.current_visit import current_visit
from ui.web.access.request_limits import whole_form
from ui.web.access.visitors import same_origin, texts_for
from ui.web.templates.answer_tools import notice
from ui.web.templates.page_frame import rendered, whole_page
from ui.web.templates.reader_sentences import sentence_in


# What the check page says, in English and Chinese; what is said of a verdict is in `ui.rendering`.
@dataclass(frozen=True)
class CheckTexts:
    """The check page in one language. `{name}` marks what code fills in."""

    title: str
    promise: str
    label: str
    check: str
    result: str
    blank: str
    passage_too_long: str
    passage_found: str
    rest_unchecked: str
    document: str
    document_hint: str
    file: str
    address: str
    anywhere: str
    shown_as: str
    as_page: str
    working: str
    no_document: str
    rest_unshown: str
    nothing_attributed: str
    document_too_long: str
    line: str


def check_texts(language: str) -> CheckTexts:
    """Return the check page's texts for a language tag; English where we have no other."""
    return text_table(CheckTexts, "check", language)


MAX_PASSAGE = 100_000
"""Characters of a text whose quotations are checked at once."""
MAX_QUOTATIONS = 100
"""Quotations of one text that are checked."""
_LINKED = 1_500
"""Characters of an address up to which a checked quotation gets a link of its own."""


def check_routes(assistant: Assistant, *, documents: bool = False) -> APIRouter:
    """Return the page and what its form sends to; with `documents`, files and web pages are read and checked too.

    A stranger's file is read in this process, and an address fetched by it: only for who may change the library.
    """
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/check")
    def check(request: Request, claim: Annotated[str | None, Query(alias="q")] = None) -> HTMLResponse:
        return _page(assistant, texts_for(request), claim, documents=documents)

    @routes.post("/check")
    async def check_pasted(request: Request) -> Response:
        claim = str((await whole_form(request)).get("q", ""))
        address = current_visit().at(f"/check?q={quote(claim, safe='')}")
        if len(address) <= _LINKED:
            return RedirectResponse(address, 303)
        return await run_in_threadpool(_page, assistant, texts_for(request), claim, documents=documents)

    if documents:

        @routes.post("/check/document", dependencies=[Depends(same_origin)])
        async def check_brought(request: Request) -> Response:
            given = await whole_form(request)
            file = given.get("file")
            brought = Brought(
                name=(file.filename or "") if isinstance(file, UploadFile) else "",
                raw=await file.read() if isinstance(file, UploadFile) else b"",
                url=str(given.get("url", "")).strip(),
                anywhere="anywhere" in given,
                form=str(given.get("form", "page")),
            )
            await given.close()
            return await run_in_threadpool(_document_page, assistant, texts_for(request), brought)

    return routes


@dataclass(frozen=True)
class Brought:
    """A document that a visitor brings: a file's name and bytes, or an address; and the form of its report."""

    name: str
    raw: bytes
    url: str
    anywhere: bool
    form: str


_MOST = 1_000
"""Quotations of a document that are checked for one request."""


def _document_page(assistant: Assistant, page: PageTexts, brought: Brought) -> Response:
    said = check_texts(page.code)
    if not brought.name and not brought.url:
        return _page(assistant, page, None, documents=True, told=notice(said.no_document))
    raw, name = brought.raw, brought.name
    try:
        if not name:
            raw, name = fetch(brought.url, allow_private=assistant.settings.allow_private_addresses)
        printed = printed_file(raw, name)
    except SourceRefused as refused:
        reason = sentence_in(page.code, refused.reason)
        return _page(assistant, page, None, documents=True, told=notice(f"{name or brought.url}: {reason}"))
    try:
        checked = check_whole(assistant.checker, printed, anywhere=brought.anywhere, most=_MOST)
    except DocumentRefused:
        too_long = said.document_too_long.format(count=f"{len(printed.text):,}", limit=f"{MAX_DOCUMENT:,}")
        return _page(assistant, page, None, documents=True, told=notice(too_long))
    subject = assistant.subject.name
    report = document_report(
        checked, name=name, subject=subject, how=said.anywhere.format(subject=subject), language=page.code
    )
    if brought.form == "html":
        return _download(report_html(report), "text/html", "report.html")
    if brought.form == "md":
        return _download(report_markdown(report), "text/markdown", "report.md")
    rows = [
        (row, Markup(verdict_html(row.frame, lambda place: _tools(place, page))) if row.frame else "")
        for row in report.rows[:MAX_QUOTATIONS]
    ]
    told = rendered("document_report.html", page, report=report, rows=rows)
    if len(report.rows) > MAX_QUOTATIONS:
        told = notice(said.rest_unshown.format(count=MAX_QUOTATIONS)) + told
    return _page(assistant, page, None, documents=True, told=told)


def _download(content: str, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


def _page(
    assistant: Assistant, page: PageTexts, claim: str | None, *, documents: bool = False, told: str = ""
) -> HTMLResponse:
    said, subject = check_texts(page.code), assistant.subject.name
    if claim is not None:
        told = _checked(assistant, page, claim) if claim.strip() else notice(said.blank)
    form = rendered("check_document.html", page, said=said, subject=subject) if documents else ""
    return whole_page(
        "check.html", said.title.format(subject=subject), page, here="/check", said=said, documents=Markup(form),
        told=Markup(told), kept=claim if claim and len(claim) <= MAX_PASSAGE else "",
    )  # fmt: skip


def _checked(assistant: Assistant, page: PageTexts, claim: str) -> str:
    if len(claim) > MAX_PASSAGE:
        said, limit = check_texts(page.code), f"{MAX_PASSAGE:,}"
        return notice(said.passage_too_long.format(count=f"{len(claim):,}", limit=limit))
    found = quotations(claim, assistant.subject)
    if not found and is_article(claim):
        said, subject = check_texts(page.code), assistant.subject.name
        return notice(said.nothing_attributed.format(subject=subject))
    if len(found) > 1 or (found and len(claim) > MAX_CHARACTERS):
        return _passage(assistant, page, claim, len(found))
    try:
        result = assistant.check(claim)
    except ClaimRefused:
        return notice(refusal(claim, language=page.code))
    return _verdict(assistant, page, result)


def _verdict(assistant: Assistant, page: PageTexts, check: Check) -> str:
    frame = verdict_frame(check, subject=assistant.subject.name, language=page.code)
    return verdict_html(frame, lambda place: _tools(place, page))


def _passage(assistant: Assistant, page: PageTexts, passage: str, count: int) -> str:
    said, parts = check_texts(page.code), []
    for row in islice(check_document(assistant.checker, passage), MAX_QUOTATIONS):
        if row.check:
            shown = _verdict(assistant, page, row.check)
        else:
            shown = notice(refusal(row.quotation.text, language=page.code))
        line = text(said.line.format(number=row.quotation.line))
        claimed = f'<p class="claim"><span class="line">{line}</span> <q dir="auto">{text(row.quotation.text)}</q></p>'
        parts.append(f'<li class="claimed-quotation">{claimed}{shown}</li>')
    counted = text(said.passage_found.format(count=count, subject=assistant.subject.name))
    rest = notice(said.rest_unchecked.format(count=MAX_QUOTATIONS)) if count > MAX_QUOTATIONS else ""
    return f'<p class="facts">{counted}</p>{rest}<ol class="claims">{"".join(parts)}</ol>'


def _tools(place: PlaceCard, page: PageTexts) -> str:
    """Return what can be done with a place: read it where it stands; hand the words on where they are the subject's."""
    at = current_visit().at
    if place.quote_id is None:
        address = at(f"/s/{quote(place.source_id)}?start={place.start}&end={place.end}#mark")
        return f'<div class="tools"><a class="read" href="{text(address)}">{text(page.read)}</a></div>'
    quoted = text(at(f"/q/{place.quote_id}"))
    return (
        f'<div class="tools"><a class="read" href="{quoted}#mark">{text(page.read)}</a>'
        f'<a class="link" href="{quoted}">{text(page.link)}</a>'
        f'<a class="cite" href="{quoted}/cite">{text(page.cite)}</a></div>'
    )
