"""Correcting what a source says of itself: a form of its facts, each the file's or a person's, and their history."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from assistant import Assistant
from knowledge import Source
from knowledge.library.corrections import changes_of, give_facts, take_back_facts, undo_change
from knowledge.library.store import Library
from knowledge.metadata.given_facts import fact_value
from knowledge.model.errors import FactRefused, UnknownSource
from knowledge.model.source import FactName, FactValue
from ui.rendering.answer_texts import texts
from ui.rendering.framing import spoken_date
from ui.rendering.page_texts import PageTexts
from ui.web.access.current_visit import current_visit
from ui.web.access.request_limits import whole_form
from ui.web.access.visitors import same_origin, texts_for
from ui.web.templates.answer_tools import notice
from ui.web.templates.facts_texts import FactsTexts, facts_texts
from ui.web.templates.page_frame import missing, whole_page


@dataclass(frozen=True)
class FactField:
    """A field of the form; `given` says what stood there before a person gave it, empty where none did."""

    name: str
    label: str
    value: str
    example: str
    given: str


@dataclass(frozen=True)
class ChangeLine:
    """A change as the page lists it; `number` names it where it can be undone."""

    when: str
    told: str
    number: int | None


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
        back = typed.pop("take-back", None)
        return await run_in_threadpool(_correct, source_id, texts_for(request), {back: ""} if back else typed)

    @routes.post("/s/{source_id}/undo", dependencies=[Depends(same_origin)])
    def undo(source_id: str, request: Request, change: Annotated[int, Form()]) -> Response:
        page = texts_for(request)
        with changing:
            try:
                undo_change(assistant.library, source_id, change)
            except UnknownSource:
                return missing(page)
            except FactRefused:
                return _page(assistant, source_id, page, notice(facts_texts(page.code).not_undone))
            assistant.index.sync()
        return _saved(source_id)

    def _correct(source_id: str, page: PageTexts, typed: Mapping[str, str]) -> Response:
        with changing:
            try:
                _store(assistant, source_id, typed)
            except UnknownSource:
                return missing(page)
            except FactRefused as refused:
                return _page(assistant, source_id, page, notice(str(refused)))
        return _saved(source_id)

    return routes


def _saved(source_id: str) -> Response:
    return RedirectResponse(current_visit().at(f"/s/{quote(source_id)}/facts?saved=true"), 303)


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
    said = facts_texts(page.code)
    return whole_page(
        "facts.html", f"{said.correct}: {source.title}", page, here="/library", said=said, source=source,
        told=Markup(told), fields=_fields(source, said), history=history_lines(assistant.library, source, page),
    )  # fmt: skip


def _fields(source: Source, said: FactsTexts) -> list[FactField]:
    given = {one.name: one for one in source.given}
    return [
        FactField(
            name=name.value,
            label=said.names[name],
            value=_shown(source, name),
            example=said.examples.get(name, ""),
            given=said.given.format(before=_value(given[name].instead_of) or said.nothing) if name in given else "",
        )
        for name in FactName
    ]


def history_lines(library: Library, source: Source, page: PageTexts) -> list[ChangeLine]:
    """Return what persons changed about a source, newest first, in the page's language."""
    said = facts_texts(page.code)
    lines = []
    for change in changes_of(library, source.id):
        parts = [
            said.fact_changed.format(
                name=said.names[one.name],
                before=_value(one.before) or said.nothing,
                after=_value(one.after) or said.nothing,
            )
            for one in change.facts
        ]
        if change.quotable_before != change.quotable_after:
            numbers = {"before": f"{change.quotable_before:,}", "after": f"{change.quotable_after:,}"}
            parts.append(said.words_changed.format(**numbers))
        told = "; ".join(parts) or said.details_changed
        lines.append(
            ChangeLine(
                when=spoken_date(change.changed_at.date().isoformat(), texts(page.code)),
                told=said.undone.format(told=told) if change.undone else told,
                number=change.number if change.can_be_undone else None,
            )
        )
    return lines


def _shown(source: Source, name: FactName) -> str:
    return _value(getattr(source, name.value))


def _value(value: FactValue) -> str:
    return value if isinstance(value, str) else ", ".join(value or ())
