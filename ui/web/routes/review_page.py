"""The speaker review: somebody reads a source stretch by stretch and says who speaks; only then is it quotable."""

import re
from collections.abc import Callable, Mapping
from itertools import groupby
from threading import Lock
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant import Assistant
from assistant.curation import decision
from assistant.models import Endpoint
from assistant.models.calls import EndpointFailed
from assistant.selection.speaker_proposals import ModelLabeller
from knowledge import Source
from knowledge.library.corrections import forget_review
from knowledge.model.errors import SourceRefused, SpanError, UnknownSource
from knowledge.model.turns import Role
from knowledge.speakers.review import Decision, Labeller, Proposal, propose
from knowledge.text.sentences import sentences
from ui.rendering.page_texts import PageTexts
from ui.web.access.current_visit import current_visit
from ui.web.access.request_limits import whole_form
from ui.web.access.visitors import same_origin, texts_for
from ui.web.routes.facts_page import history_lines
from ui.web.templates.answer_tools import notice
from ui.web.templates.page_frame import document, missing
from ui.web.templates.reader_sentences import sentence_in
from ui.web.templates.review_form import Row, Way, review_html
from ui.web.templates.review_texts import review_texts

_FIELD = re.compile(r"r(\d+)-(\d+)")


def review_routes(assistant: Assistant, changing: Lock) -> APIRouter:
    """Return the routes; `changing` is held while the library is changed."""
    routes = APIRouter(default_response_class=HTMLResponse)
    review = Review(assistant, changing)

    @routes.get("/s/{source_id}/speakers")
    def show(
        source_id: str, request: Request, by: str = "", guess: str = "", saved: int | None = None, change: int = 0
    ) -> HTMLResponse:
        page = texts_for(request)
        return review.page(source_id, page, by=by, guess=guess, told=lambda held: _told(held, page, saved, change))

    @routes.post("/s/{source_id}/speakers", dependencies=[Depends(same_origin)])
    async def decide(source_id: str, request: Request, by: str = "") -> Response:
        given = {name: str(value) for name, value in (await whole_form(request)).items()}
        return await run_in_threadpool(review.decide, source_id, texts_for(request), given, by)

    @routes.post("/s/{source_id}/speakers/forget", dependencies=[Depends(same_origin)])
    def forget(source_id: str, request: Request) -> Response:
        return review.forget(source_id, texts_for(request))

    return routes


class Review:
    """The review of one assistant's sources."""

    def __init__(self, assistant: Assistant, changing: Lock) -> None:
        self._assistant = assistant
        self._changing = changing
        self._endpoint = Endpoint.from_settings(assistant.settings)

    def page(
        self, source_id: str, page: PageTexts, *, by: str, told: Callable[[Source], str], guess: str = ""
    ) -> HTMLResponse:
        """Return the form, with a model's proposals where they are asked for and a model is set."""
        source = _held(self._assistant, source_id)
        if source is None:
            return missing(page)
        subject, said = self._assistant.subject, review_texts(page.code)
        notices, labeller = told(source), None
        if guess == "model" and self._endpoint:
            labeller = ModelLabeller(self._endpoint, subject=subject.name)
        by_sentence = by == "sentence"
        try:
            found = rows(source, by_sentence=by_sentence, labeller=labeller)
        except EndpointFailed as failed:
            notices += notice(said.model_failed.format(reason=str(failed)))
            found = rows(source, by_sentence=by_sentence)
        address = f"/s/{quote(source.id)}/speakers"
        ways = [
            Way(said.by_stretch, address, not by_sentence and labeller is None),
            Way(said.by_sentence, f"{address}?by=sentence", by_sentence and labeller is None),
            # stretches as a model cuts them are only a view: what is decided on them are sentences
            Way(said.ask_model if self._endpoint else "", f"{address}?by=sentence&guess=model", labeller is not None),
        ]
        history = history_lines(self._assistant.library, source, page)
        body = review_html(source, found, page, subject, told=notices, ways=ways, history=history)
        title = f"{said.review}: {source.title}"
        return HTMLResponse(document(title, body, page, scripts=("review",), here="/library"))

    def decide(self, source_id: str, page: PageTexts, given: Mapping[str, str], by: str) -> Response:
        """Store what the form decided, and show what it freed."""
        with self._changing:
            source = _held(self._assistant, source_id)
            if source is None:
                return missing(page)
            change = 0
            try:
                decisions = _decisions(self._assistant, source, given, by_sentence=by == "sentence")
                if decisions:
                    reviewed = self._assistant.review(source, decisions)
                    change = reviewed.quotable_words() - source.quotable_words()
            except SpanError:
                moved = notice(review_texts(page.code).moved)
                return self.page(source_id, page, by=by, told=lambda _: moved)
        place = f"/s/{quote(source_id)}/speakers?by={quote(by)}&saved={len(decisions)}&change={change}"
        return RedirectResponse(current_visit().at(place), 303)

    def forget(self, source_id: str, page: PageTexts) -> Response:
        """Take every decision on a source back."""
        with self._changing:
            try:
                forget_review(self._assistant.library, source_id, self._assistant.subject)
            except UnknownSource:
                return missing(page)
            except SourceRefused as refused:
                reason = sentence_in(page.code, refused.reason)
                return self.page(source_id, page, by="", told=lambda _: notice(reason))
            self._assistant.index.sync()
        said = review_texts(page.code).forgotten
        return self.page(
            source_id, page, by="", told=lambda held: notice(said.format(words=f"{held.quotable_words():,}"), "done")
        )


def _told(source: Source, page: PageTexts, saved: int | None, change: int) -> str:
    """Return what saving did, where the address says that something was saved."""
    said = review_texts(page.code)
    if saved is None:
        return ""
    if not saved:
        return notice(said.nothing, "done")
    words = f"{source.quotable_words():,}"
    return notice(said.saved[saved != 1].format(count=saved, words=words, change=f"{change:+,}"), "done")


def rows(source: Source, *, by_sentence: bool, labeller: Labeller | None = None) -> list[Row]:
    """Return what is decided on, in the order of the source: proposed stretches, known turns; or every sentence.

    Raises:
        EndpointFailed: the labeller's model did not reply.
    """
    guesses: dict[int, list[Proposal]] = {}
    for guess in propose(source, labeller):
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
