"""The library page: what is held, words per year, and, where the operator allows it, adding files and taking out."""

import threading
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from assistant import Assistant
from knowledge.library.importer import MAX_BYTES, FileReport, Outcome
from knowledge.library.store import SourceSummary
from knowledge.model.errors import UnknownSource
from ui.rendering.answer_html import text
from ui.rendering.answer_texts import texts
from ui.rendering.framing import spoken_date
from ui.rendering.page_texts import PageTexts
from ui.web.access.request_limits import FILES
from ui.web.access.visitors import same_origin, texts_for
from ui.web.routes.facts_page import facts_routes
from ui.web.routes.review_page import review_routes
from ui.web.templates.facts_texts import facts_texts
from ui.web.templates.page_frame import document

_LONGEST_NAME = 200
"""Bytes of a file's name; file systems take 255."""


def shelf_routes(assistant: Assistant, *, may_change: bool) -> APIRouter:
    """Return the library page; with `may_change`, the routes that change the library too."""
    routes = APIRouter()

    @routes.get("/library")
    def library(request: Request) -> HTMLResponse:
        page = texts_for(request)
        held = assistant.library.summaries()
        body = (
            f"<h1>{text(page.nav_library)}</h1>{_years(held, page)}{_adding(page) if may_change else ''}"
            f"{_table(held, page, may_change=may_change)}"
        )
        return HTMLResponse(document(page.nav_library, body, page, scripts=("library",), here="/library"))

    if may_change:
        _changing(routes, assistant)
    return routes


def _changing(routes: APIRouter, assistant: Assistant) -> None:
    one_at_a_time = threading.Lock()
    routes.include_router(review_routes(assistant, one_at_a_time))
    routes.include_router(facts_routes(assistant, one_at_a_time))

    @routes.post(FILES, dependencies=[Depends(same_origin)])
    async def add(request: Request, name: Annotated[str, Query(max_length=255)]) -> dict[str, Any]:
        """Import the file in the body; report what was understood of it."""
        body = await request.body()
        report = await run_in_threadpool(_import, assistant, one_at_a_time, name, body)
        return report.model_dump(mode="json") | {"shown": _shown(report, texts_for(request))}

    @routes.delete("/api/library/sources/{source_id}", dependencies=[Depends(same_origin)])
    def remove(source_id: str) -> dict[str, bool]:
        """Take a source out of search; links to its quotes keep working."""
        try:
            with one_at_a_time:
                assistant.remove(source_id)
        except UnknownSource as error:
            raise HTTPException(404, str(error)) from error
        return {"removed": True}


def _import(assistant: Assistant, lock: threading.Lock, name: str, body: bytes) -> FileReport:
    # a place of its own by name, so that the same file brought again replaces what it brought before
    folder = assistant.settings.home / "uploads"
    bare = Path(name.replace("\\", "/")).name.lstrip(".")
    if not bare or not bare.isprintable() or len(bare.encode()) > _LONGEST_NAME:
        raise HTTPException(422, "Please give the file a name of letters and digits; this one cannot be stored.")
    with lock:
        folder.mkdir(exist_ok=True)
        path = folder / bare
        try:
            path.write_bytes(body)
            reports = assistant.add([path])
        finally:
            path.unlink(missing_ok=True)
    if not reports:
        raise HTTPException(422, bare)
    return reports[0].model_copy(update={"origin": bare})


def _shown(report: FileReport, page: PageTexts) -> dict[str, str]:
    """Return what the report says in the page's language; why words are not quotable stays in the reader's own."""
    why = page.refused_file.format(reason=report.reason) if report.reason else " ".join(report.notes)
    return {"outcome": page.outcomes[report.outcome], "why": why}


def _adding(page: PageTexts) -> str:
    columns = "".join(f"<th>{text(title)}</th>" for title in page.report_columns)
    return (
        f'<form class="adding"><label class="drop"><span>{text(page.drop_here)}</span>'
        f'<input type="file" multiple></label><progress hidden value="0" aria-label="{text(page.adding)}"></progress>'
        f'<p class="state" role="status" data-done="{text(page.added)}" data-failed="{text(page.failed_file)}" '
        f'data-refused="{text(page.outcomes[Outcome.REFUSED])}" '
        f'data-large="{text(page.too_large.format(limit=MAX_BYTES // 1_000_000))}" data-limit="{MAX_BYTES}"></p></form>'
        f'<div class="sheet" tabindex="0" role="region" aria-label="{text(page.adding)}">'
        f'<table class="reports" hidden><thead><tr>{columns}</tr></thead><tbody></tbody></table></div>'
    )


def _table(held: list[SourceSummary], page: PageTexts, *, may_change: bool) -> str:
    titles = page.source_columns + ((page.remove,) if may_change else ())
    columns = "".join(f'<th scope="col">{text(title)}</th>' for title in titles)
    rows = "".join(_row(summary, page, may_change=may_change) for summary in held)
    return (
        f'<div class="sheet" tabindex="0" role="region" aria-label="{text(page.nav_library)}"><table class="sources">'
        f"<thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(summary: SourceSummary, page: PageTexts, *, may_change: bool) -> str:
    words = texts(page.code)
    cells = [
        f'<th scope="row"><a href="/s/{text(summary.id)}" dir="auto">{text(summary.title)}</a></th>',
        f"<td>{text(spoken_date(summary.date, words) if summary.date else words.unknown_date)}</td>",
        f'<td dir="auto">{text(summary.venue or "")}</td>',
        f'<td><span class="badge {summary.provenance.value}">{text(words.provenance[summary.provenance])}</span></td>',
        f"<td>{text(summary.language)}</td>",
        f'<td class="count">{text(f"{summary.words:,}")}</td>',
        f'<td class="count">{text(f"{summary.quotable_words:,}")}</td>',
        f"<td>{_speakers(summary, page, may_change=may_change)}</td>",
    ]
    if may_change:
        correct = facts_texts(page.code).correct
        cells.append(
            f'<td><a href="/s/{text(summary.id)}/facts">{text(correct)}</a> '
            f'<button type="button" class="take-out" data-id="{text(summary.id)}" '
            f'aria-label="{text(f"{page.remove}: {summary.title}")}">{text(page.remove)}</button></td>'
        )
    return f"<tr>{''.join(cells)}</tr>"


def _speakers(summary: SourceSummary, page: PageTexts, *, may_change: bool) -> str:
    unknown = summary.turns.get("unknown", 0)
    told = text(page.speakers_unknown.format(count=unknown) if unknown else page.speakers_known)
    return f'<a href="/s/{text(summary.id)}/speakers">{told}</a>' if may_change and unknown else told


def _years(held: list[SourceSummary], page: PageTexts) -> str:
    counts: dict[str, int] = {}
    for summary in held:
        if summary.date and summary.quotable_words:
            counts[summary.date[:4]] = counts.get(summary.date[:4], 0) + summary.quotable_words
    if not counts:
        return ""
    most = max(counts.values())
    bars = "".join(
        f'<li><span class="year">{year}</span><span class="bar" style="width:{70 * count / most:.1f}%"></span>'
        f'<span class="count">{count:,}</span></li>'
        for year, count in sorted(counts.items())
    )
    return f'<section class="years"><h2>{text(page.words_per_year)}</h2><ol>{bars}</ol></section>'
