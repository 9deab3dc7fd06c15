"""Routes for other sites: the quotation of the day with its feeds, oEmbed, and a quote's card as a picture."""

import re
from datetime import UTC, date, datetime
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi import Path as PathPart
from fastapi.responses import Response

from assistant import Assistant
from assistant.daily_quote import DailyQuotes
from assistant.integration.asynchronous import run
from assistant.quotes import find_quote
from assistant.records.saved_answers import Records
from ui.api.api_access import may
from ui.api.api_settings import ApiSettings
from ui.api.keys import Keys, Scope
from ui.api.negotiation import cached, cached_json
from ui.api.problems import RESPONSES
from ui.api.schema import EmbedRecord, Text, TodayRecord
from ui.languages import preferred_language
from ui.rendering.card_image import card_image, is_drawable
from ui.rendering.embeds import Embed, answer_embed, credit_lines, oembed, quote_embed
from ui.rendering.feeds import MEDIA_TYPES, FeedKind, daily_feed

_DAYS = 14
"""Entries of a feed."""
_SHARED = re.compile(r"/(q|a)/([^/]+)/?")
PICTURE = "image/png"
_API = "/api/v1"

Day = Annotated[date | None, Query(alias="date", description="A day as 2026-11-30; today (UTC) where none is given.")]
Id = Annotated[Text, PathPart(max_length=200)]
Pixels = Annotated[int | None, Query(ge=1, le=100_000)]


def site_of(request: Request, settings: ApiSettings) -> str:
    """Return where people open the page, without a slash at its end: as set, else the address a request came to."""
    if settings.page_url:
        return settings.page_url.rstrip("/")
    # the path of a proxy, which a mounted application's own path is no part of
    root = str(request.scope.get("app_root_path", request.scope.get("root_path", ""))).removesuffix(_API).rstrip("/")
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    return f"{'https' if secure else 'http'}://{request.url.netloc}{root}"


def sharing_routes(assistant: Assistant, records: Records, keys: Keys, settings: ApiSettings) -> APIRouter:
    """Return the routes; what they give may be kept by the client (ETag, If-None-Match)."""
    routes = APIRouter(responses=RESPONSES, dependencies=[may(Scope.READ, keys, settings)])
    daily, subject = DailyQuotes(assistant.library), assistant.subject.name
    pictured: dict[int | str, dict[str, Any]] = {200: {"description": "The picture.", "content": {PICTURE: {}}}}
    fed: dict[int | str, dict[str, Any]] = {
        200: {"description": "The feed.", "content": {kind: {} for kind in MEDIA_TYPES.values()}}
    }
    not_json: dict[int | str, dict[str, Any]] = {501: {"description": "Only JSON is given."}}

    @routes.get("/today", response_model=TodayRecord)
    async def today(request: Request, day: Day = None) -> Response:
        """Return the quotation of the day: one of the quotation book, the same for everybody who holds it."""
        wanted = day or datetime.now(UTC).date()
        found = await run(partial(daily.of, wanted))
        if found is None:
            raise HTTPException(404, "The quotation book is not held here, so there is no quotation of the day.")
        return cached_json(request, {"date": wanted.isoformat(), "quote": found.model_dump(mode="json")})

    async def feed(request: Request, kind: FeedKind) -> Response:
        days = await run(partial(daily.until, datetime.now(UTC).date(), _DAYS))
        language = preferred_language(request.headers.get("accept-language", ""), request.query_params.get("lang"))
        site = site_of(request, settings)
        written = await run(partial(daily_feed, days, kind, subject=subject, site=site, language=language))
        return cached(request, Response(written, media_type=MEDIA_TYPES[kind]))

    @routes.get("/today.atom", response_class=Response, responses=fed)
    async def today_as_atom(request: Request) -> Response:
        """Return the quotations of the last 14 days as an Atom feed."""
        return await feed(request, FeedKind.ATOM)

    @routes.get("/today.rss", response_class=Response, responses=fed)
    async def today_as_rss(request: Request) -> Response:
        """Return the quotations of the last 14 days as an RSS feed."""
        return await feed(request, FeedKind.RSS)

    @routes.get("/quotes/{quote_id}/card.png", response_class=Response, responses=pictured)
    async def picture(quote_id: Id, request: Request) -> Response:
        """Return a quote as a picture of 1200 by 630 pixels: all of its words with their attribution, or 404."""
        found = await run(partial(find_quote, assistant.library, quote_id))
        drawn = await run(partial(card_image, found.text, credit_lines(found)))
        return cached(request, Response(drawn, media_type=PICTURE))

    @routes.get("/oembed", response_model=EmbedRecord, responses=not_json)
    async def embed(
        request: Request,
        address: Annotated[Text, Query(alias="url", description="The address of a quote (/q/ID) or answer (/a/ID).")],
        max_width: Annotated[Pixels, Query(alias="maxwidth")] = None,
        max_height: Annotated[Pixels, Query(alias="maxheight")] = None,
        form: Annotated[str, Query(alias="format", description="Only `json`.")] = "json",
    ) -> Response:
        """Tell another site how to show a link to a quote or an answer (oEmbed 1.0)."""
        if form != "json":
            raise HTTPException(501, "Only format=json is given.")
        site = site_of(request, settings)
        shown = await run(partial(shared, assistant, records, address, site=site))
        if shown is None:
            raise HTTPException(404, "This is no address of a quote or an answer that is held here.")
        return cached_json(request, oembed(shown, site=site, max_width=max_width, max_height=max_height))

    return routes


def shared(assistant: Assistant, records: Records, address: str, *, site: str) -> Embed | None:
    """Return what is behind an address of the page at `site`; None where that is neither a quote nor an answer."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    ours = urlsplit(site)
    place = _SHARED.fullmatch(parts.path.removeprefix(ours.path))
    if place is None or parts.netloc != ours.netloc:
        return None
    if place[1] == "q":
        quote = records.quote(place[2])
        if quote is None:
            return None
        return quote_embed(quote, site=site, drawable=is_drawable(quote.text, credit_lines(quote)))
    saved = records.answer(place[2])
    if saved is None:
        return None
    first = saved.quotes[0].quote if saved.quotes else None
    drawable = first is not None and is_drawable(first.text, credit_lines(first))
    return answer_embed(saved, subject=assistant.subject.name, site=site, drawable=drawable)
