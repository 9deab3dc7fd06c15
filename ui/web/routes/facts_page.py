"""Correcting what a source says of itself, in the page: a form of its facts, each shown as the file's or a person's."""

from collections.abc import Mapping
from threading import Lock
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant import Assistant
from knowledge import Source
from knowledge.library.corrections import give_facts, take_back_facts
from knowledge.metadata.given_facts import fact_value
from knowledge.model.errors import FactRefused, UnknownSource
from knowledge.model.source import FactName, FactValue
from ui.rendering.answer_html import text
from ui.rendering.page_texts import PageTexts
from ui.web.access.request_limits import whole_form
from ui.web.access.visitors import same_origin, texts_for
from ui.web.templates.answer_tools import notice
from ui.web.templates.facts_texts import facts_texts
from ui.web.templates.page_frame import document, missing


def facts_routes(assistant: Assistant, changing: Lock) -> APIRouter:
    """Return the routes; `changing` is held while the library is changed."""
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/s/{source_id}/facts")
    def show(source_id: str, request: Request, saved: bool = False) -> HTMLResponse:
        page = texts_for(request)
        told = notice(facts_texts(page.code).saved, "done") if saved else ""
        return _page(assistant, source_id, page, told)

    @routes.post("/s/{source_id}/facts", dependencies=[Depends(same_origin)])
    async def correct(source_id: str, request: Request) -> Response:
        typed = {name: str(value) for name, value in (await whole_form(request)).items()}
        return await run_in_threadpool(_correct, source_id, texts_for(request), typed)

    def _correct(source_id: str, page: PageTexts, typed: Mapping[str, str]) -> Response:
        with changing:
            try:
                _store(assistant, source_id, typed)
            except UnknownSource:
                return missing(page)
            except FactRefused as refused:
                return _page(assistant, source_id, page, notice(str(refused)))
        return RedirectResponse(f"/s/{quote(source_id)}/facts?saved=true", 303)

    return routes


def _store(assistant: Assistant, source_id: str, typed: Mapping[str, str]) -> None:
    """Keep what the form changed; a field emptied, or back at what the file says, is a fact taken back."""
    held = assistant.library.source(source_id)
    given = {one.name: one for one in held.given}
    changed: dict[FactName, FactValue] = {}
    back: list[FactName] = []
    for name in FactName:
        if name.value not in typed or typed[name.value].strip() == _shown(held, name):
            continue
        if not typed[name.value].strip() or typed[name.value].strip() == _value(
            given[name].instead_of if name in given else None
        ):
            back += [name] if name in given else []
        else:
            changed[name] = fact_value(name, typed[name.value])
    if changed:
        give_facts(assistant.library, source_id, changed, assistant.subject)
    if back:
        take_back_facts(assistant.library, source_id, back)
    if changed or back:
        assistant.index.sync()


def _page(assistant: Assistant, source_id: str, page: PageTexts, told: str) -> HTMLResponse:
    try:
        source = assistant.library.source(source_id)
    except UnknownSource:
        return missing(page)
    own = facts_texts(page.code)
    given = {one.name: one for one in source.given}
    fields = "".join(
        f'<p><label>{text(own.names[name])} <input name="{name.value}" value="{text(_shown(source, name))}" '
        f'placeholder="{text(own.examples.get(name, ""))}"></label> '
        + (
            f'<span class="hint">{text(own.given.format(before=_value(given[name].instead_of) or own.nothing))}</span>'
            if name in given
            else ""
        )
        + "</p>"
        for name in FactName
    )
    body = (
        f'<h1><a href="/s/{text(source.id)}" dir="auto">{text(source.title)}</a></h1>{told}'
        f'<p class="promise">{text(own.promise)}</p>'
        f'<form class="facts-form" method="post" action="/s/{text(source.id)}/facts">{fields}'
        f'<button type="submit" class="primary">{text(own.save)}</button></form>'
    )
    return HTMLResponse(document(own.correct, body, page, here="/library"))


def _shown(source: Source, name: FactName) -> str:
    return _value(getattr(source, name.value))


def _value(value: FactValue) -> str:
    return value if isinstance(value, str) else ", ".join(value or ())
