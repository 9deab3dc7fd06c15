"""Events of the chat: somebody asks, stops, opens or closes the page; a stop reaches the model at once."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any, cast

import gradio as gr
from fastapi import Request

from assistant.models import Cancellation
from assistant.question.questions import MAX_CHARACTERS
from assistant.records.saved_answers import SavedAnswer
from ui.rendering.filter_form import filters_html, read_wishes
from ui.rendering.page_texts import PageTexts, page_texts
from ui.web.access.root_path import rooted
from ui.web.access.visitors import owner_of, texts_for
from ui.web.chat.streaming import Answering
from ui.web.templates.answer_tools import question_message, unanswered


# Answers under way, by the tab that asked, so that pressing stop or closing the tab stops the model too.
class UnderWay:
    """Knows the answers each open tab waits for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[str, set[Cancellation]] = {}

    @contextmanager
    def answering(self, tab: str | None) -> Iterator[Cancellation]:
        """Yield the way to stop one answer while it is under way; leaving, for whatever reason, stops it."""
        cancellation = Cancellation()
        with self._lock:
            self._waiting.setdefault(tab or "", set()).add(cancellation)
        try:
            yield cancellation
        finally:
            cancellation.cancel()
            with self._lock:
                rest = self._waiting[tab or ""]
                rest.discard(cancellation)
                if not rest:
                    del self._waiting[tab or ""]

    def stop(self, tab: str | None) -> None:
        """Stop every answer that a tab waits for."""
        with self._lock:
            found = list(self._waiting.get(tab or "", ()))
        for cancellation in found:
            cancellation.cancel()


_ECHO = MAX_CHARACTERS
"""Characters of a question that the chat repeats: all of one that can be asked."""
_LINKS = 'class="answer-links"'
_TAG = re.compile(r"<[^>]*>")

Message = Mapping[str, Any]
Update = Any
"""A component's new value, or Gradio's word for leaving it alone."""


class Chat:
    """The handlers of the page's events; each returns what the page's components show next."""

    def __init__(self, answering: Answering, root: str = "") -> None:
        self._answering = answering
        self._root = root
        self._subject = answering.assistant.subject.name
        self._under_way = UnderWay()

    def reply(
        self,
        question: str,
        messages: Sequence[Message],
        chosen: str,
        code: str,
        conversation: str,
        request: gr.Request,
    ) -> Iterator[tuple[Update, ...]]:
        """Yield (messages, question box, ask button, stop button, conversation) as the answer grows."""
        page, owner = page_texts(code), owner_of(_underlying(request))
        wishes = read_wishes(chosen)
        before = until(messages or (), wishes.place if wishes else None)
        asked = [*before, {"role": "user", "content": question_message(_echo(question))}]
        box = gr.update(value="")  # emptied once: the next question may be typed while this one is answered
        if wishes is None:
            shown = [
                *asked,
                {"role": "assistant", "content": rooted(unanswered(page.bad_filters, question, page), self._root)},
            ]
            yield (shown, box, gr.skip(), gr.skip(), conversation)
            return
        kept = sum(_LINKS in _text_of(message["content"]) for message in before) if wishes.place is not None else None
        shown = asked
        with self._under_way.answering(request.session_hash) as cancellation:
            replies = self._answering.replies(
                question, history=questions_in(before), wishes=wishes, page=page, cancellation=cancellation
            )
            for reply in replies:
                shown = [*asked, {"role": "assistant", "content": rooted(reply.content, self._root)}]
                if not reply.last:
                    yield (shown, box, gr.update(visible=False), gr.update(visible=True), gr.skip())
                    box = gr.skip()
                if reply.answer and owner:
                    conversation = self._answering.records.go_on(owner, conversation, reply.answer, after=kept)
                if reply.refused:
                    box = gr.update(value=question)
            if cancellation.requested:
                shown = stopped(shown, rooted(unanswered(page.stopped, question, page, "halted"), self._root))
        yield (shown, box, gr.skip(), gr.skip(), conversation)

    def stop(self, request: gr.Request) -> None:
        """Stop the answers that a tab waits for, also a model at work on them: because it says so, or was closed."""
        self._under_way.stop(request.session_hash)

    def greet(self, request: gr.Request) -> tuple[Update, ...]:
        """Return what a visitor sees first, in their language.

        That is (language, messages, composer, filters, question box, ask, stop, conversation).
        """
        page = texts_for(_underlying(request))
        query = dict(request.query_params)
        visitor = owner_of(_underlying(request))
        conversation = query.get("c", "")
        restored = self._answering.records.conversation(visitor, conversation) if visitor and conversation else []
        placeholder = page.placeholder.format(subject=self._subject)
        # without a question in the address the box keeps what a reload brought back into it
        asked = {"value": query["q"]} if query.get("q") else {}
        return (
            page.code,
            [
                message
                for number, saved in enumerate(restored, start=1)
                for message in self._messages(saved, page, last=number == len(restored))
            ],
            gr.update(visible=True),
            filters_html(page),
            gr.update(placeholder=placeholder, label=page.question_label, **asked),
            gr.update(value=page.ask),
            gr.update(value=page.stop),
            conversation if restored else "",
        )

    def _messages(self, saved: SavedAnswer, page: PageTexts, *, last: bool) -> list[dict[str, str]]:
        body = rooted(self._answering.restored(saved, page, last=last), self._root)
        asked = question_message(_echo(saved.question))
        return [{"role": "user", "content": asked}, {"role": "assistant", "content": body}]


def until(messages: Sequence[Message], place: int | None) -> list[dict[str, Any]]:
    """Return the messages before the question at a place, counted from 0; all of them without a place."""
    kept: list[dict[str, Any]] = []
    for message in messages:
        if message["role"] == "user":
            if place == 0:
                break
            place = place - 1 if place is not None else None
        kept.append(dict(message))
    return kept


def questions_in(messages: Sequence[Message]) -> list[str]:
    """Return the questions of a chat, oldest first, whichever shape Gradio gives its messages in."""
    said = (_text_of(message["content"]) for message in messages if message["role"] == "user")
    return [html.unescape(_TAG.sub("", content)) for content in said]


def stopped(messages: Sequence[Message], note: str) -> list[dict[str, Any]]:
    """Return the chat with its unfinished answer closed by a note that it was stopped."""
    shown = [dict(message) for message in messages]
    if shown and shown[-1]["role"] == "assistant":
        begun = _text_of(shown[-1]["content"])
        if '<p class="step"' in begun:
            shown[-1] = {"role": "assistant", "content": begun.split('<p class="step"')[0] + note + "</div>"}
    elif shown:
        shown.append({"role": "assistant", "content": note})
    return shown


def _underlying(request: gr.Request) -> Request:
    return cast(Request, request.request)


def _echo(question: str) -> str:
    asked = question.strip()
    return asked if len(asked) <= _ECHO else f"{asked[:_ECHO]} …"


def _text_of(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content if isinstance(part, Mapping))
