"""The JSON API beside the page: `/api/ask`, `/api/check`, `/api/search`, `/api/sources`, in the shape the command line
prints."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant import Filters, Order
from assistant.quotes import quote_of
from assistant.records import Verdict
from ui.rendering import verdict_frame
from ui.web.answering import Answering
from ui.web.visitors import owner_of, same_origin, texts_for


class Asked(BaseModel):
    """A question with what limits its answer."""

    model_config = ConfigDict(extra="forbid")

    question: str
    history: list[str] = Field(default_factory=list, max_length=50)
    filters: Filters = Filters()
    order: Order = Order.RELEVANCE


class Claimed(BaseModel):
    """A quotation to check."""

    model_config = ConfigDict(extra="forbid")

    text: str
    occasion: str | None = Field(default=None, max_length=1_000)


class Judged(BaseModel):
    """What somebody says about a quote."""

    model_config = ConfigDict(extra="forbid")

    quote_id: str = Field(max_length=40)
    answer_id: str | None = Field(default=None, max_length=40)
    verdict: Verdict


def api_routes(answering: Answering) -> APIRouter:
    """Return the routes. Handlers are plain functions: they run in threads, so a slow one holds nobody up."""
    routes = APIRouter(prefix="/api")
    assistant = answering.assistant

    @routes.post("/ask")
    def ask(asked: Asked) -> dict[str, Any]:
        """Answer a question."""
        answer = assistant.ask(asked.question, history=asked.history, filters=asked.filters, order=asked.order)
        answering.records.save(answer)
        return answer.model_dump(mode="json")

    @routes.get("/ask")
    def ask_simply(question: Annotated[str, Query(alias="q")]) -> dict[str, Any]:
        """Answer a question given in the address."""
        return ask(Asked(question=question))

    @routes.post("/check")
    def check(claimed: Claimed, request: Request) -> dict[str, Any]:
        """Check a quotation; `shown` is what people see of the result, in their language."""
        found = assistant.check(claimed.text, occasion=claimed.occasion)
        shown = verdict_frame(found, subject=assistant.subject.name, language=texts_for(request).code)
        return found.model_dump(mode="json") | {"shown": shown.model_dump(mode="json")}

    @routes.get("/check")
    def check_simply(claim: Annotated[str, Query(alias="q")], request: Request) -> dict[str, Any]:
        """Check a quotation given in the address."""
        return check(Claimed(text=claim), request)

    @routes.get("/search")
    def search(
        question: Annotated[str, Query(alias="q")],
        count: Annotated[int, Query(alias="k", ge=1, le=1000)] = 20,
    ) -> list[dict[str, Any]]:
        """Return the ranked passages before anything is selected."""
        return [
            {"number": number, **quote_of(hit.passage).model_dump(mode="json"), "score": round(hit.score, 6)}
            for number, hit in enumerate(assistant.search(question, count), start=1)
        ]

    @routes.get("/sources")
    def sources() -> list[dict[str, Any]]:
        """List what the library holds."""
        return [summary.model_dump(mode="json") for summary in assistant.library.summaries()]

    @routes.post("/feedback", dependencies=[Depends(same_origin)])
    def feedback(judged: Judged, request: Request) -> dict[str, bool]:
        """Keep what somebody says about a quote."""
        owner = owner_of(request)
        if not answering.records.judge(judged.quote_id, judged.verdict, answer_id=judged.answer_id, owner=owner):
            raise HTTPException(404, "No such quote was shown.")
        return {"kept": True}

    return routes
