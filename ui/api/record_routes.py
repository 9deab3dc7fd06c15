"""Routes that hand out what is held: `/quotes`, `/answers`, `/sources`, `/topics`."""

from functools import partial
from math import ceil
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi import Path as PathPart
from fastapi.responses import Response

from assistant import Assistant
from assistant.integration.asynchronous import run
from assistant.quotes import find_quote
from assistant.records.holdings import holdings
from assistant.records.saved_answers import Records
from knowledge.model.source import Source
from knowledge.model.turns import Turn
from knowledge.starter.topics import topic_summaries
from ui.api.api_access import may
from ui.api.api_settings import ApiSettings
from ui.api.keys import Keys, Scope
from ui.api.negotiation import OFFERED, best_form, cached, cached_json
from ui.api.problems import RESPONSES
from ui.api.schema import AnswerRecord, HoldingsRecord, QuoteRecord, SourcePage, SummaryRecord, Text, TopicRecord

_TURNS = 50
"""Turns of a source on one page."""

Id = Annotated[Text, PathPart(max_length=200)]


def record_routes(assistant: Assistant, records: Records, keys: Keys, settings: ApiSettings) -> APIRouter:
    """Return the routes; what they give may be kept by the client (ETag, If-None-Match)."""
    routes = APIRouter(responses=RESPONSES, dependencies=[may(Scope.READ, keys, settings)])
    library = assistant.library
    forms: dict[int | str, dict[str, Any]] = {
        200: {"description": "The quote, as `Accept` asks.", "content": {form.media_type: {} for form in OFFERED}},
        304: {"description": "The client has this very body."},
    }

    @routes.get("/quotes/{quote_id}", response_model=QuoteRecord, responses=forms)
    async def quote(quote_id: Id, request: Request) -> Response:
        """Return a quote by its permanent id: JSON, BibTeX, CSL-JSON, Markdown, HTML, text or a certificate."""
        form = best_form(request.headers.get("accept", ""))
        found = await run(partial(find_quote, library, quote_id))
        return cached(request, await run(partial(form.write, found, assistant)))

    @routes.get("/answers/{answer_id}", response_model=AnswerRecord)
    async def answer(answer_id: Id, request: Request) -> Response:
        """Return a saved answer; every quote is read and verified anew, those that no longer stand are `lost`."""
        saved = await run(partial(records.answer, answer_id))
        if saved is None:
            raise HTTPException(404, "There is no such answer.")
        return cached_json(request, {"id": saved.id} | saved.contract())

    @routes.get("/sources", response_model=list[SummaryRecord])
    async def sources(request: Request) -> Response:
        """List what the library holds, oldest first, undated last."""
        held = await run(library.summaries)
        return cached_json(request, [summary.model_dump(mode="json") for summary in held])

    @routes.get("/holdings", response_model=HoldingsRecord)
    async def held_figures(request: Request) -> Response:
        """Count what may be quoted: appearances, writings, words, first and last year."""
        return cached_json(request, holdings(await run(library.summaries)).model_dump(mode="json"))

    @routes.get("/topics", response_model=list[TopicRecord])
    async def topics(request: Request) -> Response:
        """List the topics of the quotation book, with the questions that it answers; empty where it is not held."""
        held = {summary.id for summary in await run(library.summaries)}
        return cached_json(request, [topic.model_dump(mode="json") for topic in topic_summaries(held=held)])

    @routes.get("/sources/{source_id}", response_model=SourcePage)
    async def source(source_id: Id, request: Request, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
        """Return a source's turns, 50 a page, with the words of each."""
        found = await run(partial(library.source, source_id))
        pages = max(1, ceil(len(found.turns) / _TURNS))
        if page > pages:
            raise HTTPException(404, f"There is no page {page}; the last page of this source is {pages}.")
        response = cached_json(request, _page(found, page, pages))
        response.headers["link"] = ", ".join(_links(request, page, pages))
        return response

    return routes


def _page(source: Source, page: int, pages: int) -> dict[str, Any]:
    first = (page - 1) * _TURNS
    return {
        "source": {
            "id": source.id,
            "title": source.title,
            "date": source.date,
            "venue": source.venue,
            "url": source.url,
            "language": source.language,
            "provenance": source.provenance.value,
            "sha256": source.sha256,
        },
        "page": page,
        "pages": pages,
        "turns": [_turn(source, turn) for turn in source.turns[first : first + _TURNS]],
    }


def _turn(source: Source, turn: Turn) -> dict[str, Any]:
    return {
        "start": turn.start,
        "end": turn.end,
        "speaker": turn.speaker,
        "role": turn.role.value,
        "certainty": turn.certainty.value if turn.certainty else None,
        "said_at": source.said_at(turn.start),
        "text": source.text[turn.start : turn.end],
    }


def _links(request: Request, page: int, pages: int) -> list[str]:
    """Return the neighbouring pages as RFC 8288 has them, relative to this address."""
    wanted = {"first": 1, "prev": page - 1, "next": page + 1, "last": pages}
    return [f'<?page={number}>; rel="{name}"' for name, number in wanted.items() if 1 <= number <= pages]
