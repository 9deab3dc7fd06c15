"""The library page: what is held, words per year, and, where the operator allows it, adding files and taking out."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse

from assistant import Assistant
from assistant.records.holdings import holdings
from knowledge.library.store import SourceSummary
from knowledge.model.errors import UnknownSource
from ui.rendering.answer_texts import texts
from ui.rendering.filter_form import LANGUAGE_NAMES
from ui.rendering.framing import holdings_line, spoken_date
from ui.rendering.page_texts import PageTexts
from ui.web.access.visitors import same_origin, texts_for
from ui.web.routes.facts_page import facts_routes
from ui.web.routes.review_page import review_routes
from ui.web.routes.upload_routes import upload_routes
from ui.web.templates.facts_texts import facts_texts
from ui.web.templates.library_texts import library_texts
from ui.web.templates.page_frame import whole_page
from ui.web.templates.review_texts import review_texts
from ui.web.uploads.upload_queue import UploadQueue


@dataclass(frozen=True)
class HeldRow:
    """One source as the table shows it; `apart` tells it from others of the same title, empty where none is."""

    id: str
    title: str
    apart: str
    date: str
    venue: str
    kind: str
    kind_class: str
    language: str
    words: str
    quotable: str
    unknown: str


@dataclass(frozen=True)
class YearBar:
    """Quotable words of one year: the count as text, and its share of the largest year in percent."""

    year: str
    count: str
    width: str


def library_routes(assistant: Assistant, *, may_change: bool) -> APIRouter:
    """Return the library page; with `may_change`, the routes that change the library too."""
    routes = APIRouter()

    @routes.get("/library")
    def library(request: Request) -> HTMLResponse:
        page = texts_for(request)
        held = assistant.library.summaries()
        return whole_page(
            "library.html", page.nav_library, page, here="/library", scripts=("library", "uploads"),
            said=library_texts(page.code), coverage=holdings_line(holdings(held), texts(page.code)),
            rows=held_rows(held, page), years=year_bars(held), may_change=may_change,
            correct=facts_texts(page.code).correct, review=review_texts(page.code).review,
        )  # fmt: skip

    if may_change:
        _changing(routes, assistant)
    return routes


def _changing(routes: APIRouter, assistant: Assistant) -> None:
    one_at_a_time = threading.Lock()
    routes.include_router(review_routes(assistant, one_at_a_time))
    routes.include_router(facts_routes(assistant, one_at_a_time))
    routes.include_router(upload_routes(UploadQueue(assistant, one_at_a_time)))

    @routes.delete("/api/library/sources/{source_id}", dependencies=[Depends(same_origin)])
    def remove(source_id: str) -> dict[str, bool]:
        """Take a source out of search; links to its quotes keep working."""
        try:
            with one_at_a_time:
                assistant.remove(source_id)
        except UnknownSource as error:
            raise HTTPException(404, str(error)) from error
        return {"removed": True}


def held_rows(held: Sequence[SourceSummary], page: PageTexts) -> list[HeldRow]:
    """Return the table's rows in the order of the sources."""
    words, said = texts(page.code), library_texts(page.code)
    titles = Counter(summary.title for summary in held)
    rows = []
    for summary in held:
        unknown = summary.turns.get("unknown", 0)
        rows.append(
            HeldRow(
                id=summary.id,
                title=summary.title,
                apart=said.told_apart.format(id=summary.id) if titles[summary.title] > 1 else "",
                date=spoken_date(summary.date, words) if summary.date else words.unknown_date,
                venue=summary.venue or "",
                kind=words.provenance[summary.provenance],
                kind_class=summary.provenance.value,
                language=LANGUAGE_NAMES.get(summary.language, summary.language),
                words=f"{summary.words:,}",
                quotable=f"{summary.quotable_words:,}",
                unknown=said.unknown(unknown) if unknown else "",
            )
        )
    return rows


def year_bars(held: Sequence[SourceSummary]) -> list[YearBar]:
    """Return the quotable words of each year that has any, oldest first."""
    counts: Counter[str] = Counter()
    for summary in held:
        if summary.date and summary.quotable_words:
            counts[summary.date[:4]] += summary.quotable_words
    most = max(counts.values(), default=1)
    return [YearBar(year, f"{count:,}", f"{70 * count / most:.1f}%") for year, count in sorted(counts.items())]
