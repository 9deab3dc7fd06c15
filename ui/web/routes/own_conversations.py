"""Somebody's own conversations: listed by day, searched, renamed, deleted; exported as Markdown, HTML and JSON."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from assistant.records.saved_answers import Conversation, Records, SavedAnswer
from ui.rendering import answer_html, answer_markdown, frame_saved
from ui.rendering.answer_html import text
from ui.rendering.answer_texts import texts
from ui.rendering.framing import spoken_date
from ui.rendering.page_texts import PageTexts
from ui.rendering.plain_text import escape
from ui.web.access.visitors import owner_of, same_origin, texts_for
from ui.web.templates.chat_texts import chat_texts
from ui.web.templates.page_frame import rendered

_MINUTES = 24 * 60
_LONGEST_TITLE = 300


def conversation_routes(records: Records, subject: str) -> APIRouter:
    """Return the routes; a visitor without a name has no conversations."""
    routes = APIRouter(prefix="/c")

    @routes.get("", response_class=HTMLResponse)
    def listed(
        request: Request,
        find: Annotated[str, Query(max_length=200)] = "",
        offset: Annotated[int, Query(ge=-_MINUTES, le=_MINUTES)] = 0,
    ) -> HTMLResponse:
        """Return the list, by the days of who looks: `offset` is how many minutes their clock is ahead of UTC."""
        owner, page = owner_of(request), texts_for(request)
        return HTMLResponse(listed_html(records, owner, page, find=find, offset=offset) if owner else "")

    def own(conversation_id: str, request: Request) -> list[SavedAnswer]:
        owner = owner_of(request)
        found = records.conversation(owner, conversation_id) if owner else []
        if not found:
            raise HTTPException(404, "You have no such conversation.")
        return found

    @routes.get("/{conversation_id}.json")
    def export(conversation_id: str, request: Request) -> list[dict[str, Any]]:
        found = own(conversation_id, request)
        return [{**saved.contract(), "given_at": saved.given_at.isoformat()} for saved in found]

    @routes.get("/{conversation_id}.md")
    def export_markdown(conversation_id: str, request: Request) -> Response:
        found = own(conversation_id, request)
        return _file(as_markdown(found, subject, texts_for(request)), "text/markdown", f"{conversation_id}.md")

    @routes.get("/{conversation_id}.html")
    def export_html(conversation_id: str, request: Request) -> Response:
        found = own(conversation_id, request)
        return _file(as_html(found, subject, texts_for(request)), "text/html", f"{conversation_id}.html")

    @routes.patch("/{conversation_id}", dependencies=[Depends(same_origin)])
    def rename(
        conversation_id: str,
        request: Request,
        title: Annotated[str, Body(embed=True, min_length=1, max_length=_LONGEST_TITLE, pattern=r"\S")],
    ) -> dict[str, str]:
        owner = owner_of(request)
        if not owner or not records.rename(owner, conversation_id, title.strip()):
            raise HTTPException(404, "You have no such conversation.")
        return {"title": title.strip()}

    @routes.delete("/{conversation_id}", dependencies=[Depends(same_origin)])
    def forget(conversation_id: str, request: Request) -> dict[str, bool]:
        owner = owner_of(request)
        if not owner or not records.forget(owner, conversation_id):
            raise HTTPException(404, "You have no such conversation.")
        return {"deleted": True}

    return routes


def listed_html(records: Records, owner: str, page: PageTexts, *, find: str = "", offset: int = 0) -> str:
    """Return somebody's conversations, the latest first, grouped by day; `find` limits them to those that say it."""
    groups = by_day(records.conversations(owner, find=find), datetime.now(UTC), page, offset=offset)
    return rendered("conversations.html", page, said=chat_texts(page.code), groups=groups, find=find)


def by_day(
    past: Sequence[Conversation], now: datetime, page: PageTexts, *, offset: int = 0
) -> list[tuple[str, list[Conversation]]]:
    """Return conversations, latest first, under today, yesterday, the last seven days, or their month."""
    said, ahead = chat_texts(page.code), timedelta(minutes=offset)
    today = (now + ahead).date()

    def day_of(one: Conversation) -> str:
        changed = one.changed_at if one.changed_at.tzinfo else one.changed_at.replace(tzinfo=UTC)
        day = (changed + ahead).date()
        ago = (today - day).days
        if ago < 7:
            return said.today if ago < 1 else said.yesterday if ago == 1 else said.last_week
        return spoken_date(day.isoformat()[:7], texts(page.code))

    return [(day, list(group)) for day, group in groupby(past, key=day_of)]


def as_markdown(answers: Sequence[SavedAnswer], subject: str, page: PageTexts) -> str:
    """Return a conversation as Markdown: each question a heading, each quote a block quotation with its citation."""
    parts = []
    for saved in answers:
        shown = frame_saved(saved, subject=subject, language=page.code)
        parts.append(f"## {escape(' '.join(saved.question.split()))}\n\n{answer_markdown(shown)}")
    return "\n".join(parts)


def as_html(answers: Sequence[SavedAnswer], subject: str, page: PageTexts) -> str:
    """Return a conversation as one HTML file without scripts, which a word processor opens."""
    parts = [
        f"<h2>{text(saved.question)}</h2>{answer_html(frame_saved(saved, subject=subject, language=page.code))}"
        for saved in answers
    ]
    title = text(answers[0].question)
    return (
        f'<!doctype html><html lang="{page.code}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{''.join(parts)}</body></html>"
    )


def _file(content: str, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=headers)
