"""The speaker review: somebody reads a source stretch by stretch and says who speaks; only then is it quotable."""

import re
from collections.abc import Mapping
from itertools import groupby
from threading import Lock
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant import Assistant
from assistant.curation import decision
from knowledge import Source
from knowledge.model.errors import SpanError, UnknownSource
from knowledge.model.turns import Role
from knowledge.speakers.review import Decision, Proposal, propose
from knowledge.text.sentences import sentences
from ui.web.access.request_limits import whole_form
from ui.web.access.visitors import same_origin, texts_for
from ui.web.templates.answer_tools import notice
from ui.web.templates.page_frame import document, missing
from ui.web.templates.review_form import Row, review_html
from ui.web.templates.review_texts import review_texts

_FIELD = re.compile(r"r(\d+)-(\d+)")


def review_routes(assistant: Assistant, changing: Lock) -> APIRouter:
    """Return the routes; `changing` is held while the library is changed."""
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/s/{source_id}/speakers")
    def review(source_id: str, request: Request, by: str = "", saved: int | None = None) -> HTMLResponse:
        words = review_texts(texts_for(request).code)
        told = ""
        if saved is not None and (source := _held(assistant, source_id)):
            count = f"{source.quotable_words():,}"
            told = notice(words.saved.format(count=saved, words=count) if saved else words.nothing, "done")
        return _page(assistant, source_id, request, by=by, told=told)

    @routes.post("/s/{source_id}/speakers", dependencies=[Depends(same_origin)])
    async def decide(source_id: str, request: Request, by: str = "") -> Response:
        given = {name: str(value) for name, value in (await whole_form(request)).items()}
        return await run_in_threadpool(_decide, source_id, request, given, by)

    def _decide(source_id: str, request: Request, given: Mapping[str, str], by: str) -> Response:
        with changing:
            source = _held(assistant, source_id)
            if source is None:
                return missing(texts_for(request))
            try:
                decisions = _decisions(assistant, source, given, by_sentence=by == "sentence")
                if decisions:
                    assistant.review(source, decisions)
            except SpanError:
                told = notice(review_texts(texts_for(request).code).moved)
                return _page(assistant, source_id, request, by=by, told=told)
        return RedirectResponse(f"/s/{quote(source_id)}/speakers?by={quote(by)}&saved={len(decisions)}", 303)

    return routes


def rows(source: Source, *, by_sentence: bool) -> list[Row]:
    """Return what is decided on, in the order of the source: proposed stretches, known turns; or every sentence."""
    guesses: dict[int, list[Proposal]] = {}
    for guess in propose(source):
        guesses.setdefault(guess.turn, []).append(guess)
    found = []
    for number, turn in enumerate(source.turns):
        mine = guesses.get(number, [])
        spans = [(span.start, span.end) for span in sentences(source.text, turn.start, turn.end)]
        if spans and not by_sentence:
            spans = [(guess.start, guess.end) for guess in mine] or [(spans[0][0], spans[-1][1])]
        for start, end in spans:
            fits = next((guess for guess in mine if guess.start <= start and end <= guess.end), None)
            found.append(Row(start=start, end=end, number=number, turn=turn, guess=fits))
    return found


def _held(assistant: Assistant, source_id: str) -> Source | None:
    try:
        return assistant.library.source(source_id)
    except UnknownSource:
        return None


def _page(assistant: Assistant, source_id: str, request: Request, *, by: str, told: str) -> HTMLResponse:
    page = texts_for(request)
    source = _held(assistant, source_id)
    if source is None:
        return missing(page)
    by_sentence = by == "sentence"
    body = told + review_html(
        source, rows(source, by_sentence=by_sentence), page, subject=assistant.subject.name, by_sentence=by_sentence
    )
    title = f"{review_texts(page.code).review}: {source.title}"
    return HTMLResponse(document(title, body, page, scripts=("review",), here="/library"))


def _decisions(assistant: Assistant, source: Source, given: Mapping[str, str], *, by_sentence: bool) -> list[Decision]:
    """Return what differs from what is known; neighbours in one turn with the same speaker become one decision.

    Raises:
        SpanError: what was decided on is no longer a stretch of the source.
    """
    known = rows(source, by_sentence=by_sentence)
    asked = {row.field for row in known}
    if any(_FIELD.fullmatch(name) and name not in asked for name in given):
        raise SpanError(f"the turns of {source.id} have changed")
    other = given.get("other", "").strip()[:200] or None
    found = []
    for (role, _), run in groupby(known, key=lambda row: (_decided(row, given), row.number)):
        stretch = list(run)
        if role:
            found.append(decision(assistant.subject, stretch[0].start, stretch[-1].end, role, other))
    return found


def _decided(row: Row, given: Mapping[str, str]) -> Role | None:
    """Return the speaker decided on, None where that is the one already known."""
    chosen = given.get(row.field)
    return Role(chosen) if chosen in set(Role) and chosen != row.turn.role else None
