"""Routes that are asked something: `/ask`, `/search`, `/check`; with the worked examples of their description."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException, Query, Request
from fastapi.openapi.models import Example
from fastapi.responses import JSONResponse, Response

from assistant import Answer, Assistant
from assistant.documents.document_claims import check_whole
from assistant.documents.printed_documents import printed_text
from assistant.integration.asynchronous import run
from assistant.quotes import quote_of
from assistant.records.saved_answers import Records
from ui.api.api_access import may
from ui.api.api_settings import ApiSettings
from ui.api.event_stream import MEDIA_TYPE, answer_stream, wants_stream
from ui.api.keys import Keys, Scope
from ui.api.problems import RESPONSES
from ui.api.schema import (
    AnswerRecord,
    AskRequest,
    CheckRecord,
    CheckRequest,
    DocumentRecord,
    PassageRecord,
    SearchRequest,
    Text,
)
from ui.languages import preferred_language
from ui.operations.request_metrics import count_answer
from ui.rendering import verdict_frame

# Worked examples in the description of the API; a test sends each of them.
EXAMPLES: dict[str, dict[str, Example]] = {
    "ask": {
        "plain": {"summary": "A question", "value": {"question": "Why did OpenAI give up on robotics?"}},
        "limited": {
            "summary": "Only what was said until 2023, oldest first",
            "value": {"question": "What is next-token prediction?", "filters": {"until": "2023"}, "order": "date"},
        },
    },
    "question": {"plain": {"summary": "A question", "value": "Will we run out of data?"}},
    "search": {"plain": {"summary": "Five passages", "value": {"question": "robotics", "count": 5}}},
    "claim": {"plain": {"summary": "A quotation", "value": "There was no path to data on robotics."}},
    "check": {
        "quotation": {
            "summary": "One quotation",
            "value": {"text": "There was no path to data on robotics.", "occasion": "Dwarkesh Podcast, 2023"},
        },
        "document": {
            "summary": "Every quotation of a text",
            "value": {"document": "He said: “There was no path to data on robotics at the time.”"},
        },
    },
}


_MOST = 1_000
"""Quotations of a document that are checked for one request."""


def question_routes(assistant: Assistant, records: Records, keys: Keys, settings: ApiSettings) -> APIRouter:
    """Return the routes; they wait in threads of their own, so a slow answer holds nobody up."""
    routes = APIRouter(responses=RESPONSES)
    allowed = partial(may, keys=keys, settings=settings)

    def told(answer: Answer) -> dict[str, Any]:
        count_answer(answer, surface="api")
        return {"id": answer.id} | answer.model_dump(mode="json")

    def kept(answer: Answer) -> dict[str, Any]:
        records.save(answer)
        return told(answer)

    async def answered(asked: AskRequest, request: Request, finish: Callable[[Answer], dict[str, Any]]) -> Response:
        wishes = {"history": asked.history, "filters": asked.filters, "order": asked.order}
        if wants_stream(request):
            return answer_stream(request, assistant.astream(asked.question, **wishes), finish)
        return JSONResponse(await run(partial(finish, await assistant.aask(asked.question, **wishes))))

    streamed: dict[int | str, dict[str, Any]] = {
        200: {"description": "The answer, or events `step`, `quote`, `answer`.", "content": {MEDIA_TYPE: {}}}
    }

    @routes.post("/ask", response_model=AnswerRecord, responses=streamed, dependencies=[allowed(Scope.ASK)])
    async def ask(asked: Annotated[AskRequest, Body(openapi_examples=EXAMPLES["ask"])], request: Request) -> Response:
        """Answer a question. With `Accept: text/event-stream` each verified quote arrives as soon as it stands."""
        return await answered(asked, request, kept)

    @routes.get("/ask", response_model=AnswerRecord, responses=streamed, dependencies=[allowed(Scope.ASK)])
    async def ask_by_address(
        question: Annotated[Text, Query(alias="q", openapi_examples=EXAMPLES["question"])], request: Request
    ) -> Response:
        """Answer a question given in the address. The answer is not kept: who wants its address later posts."""
        return await answered(AskRequest(question=question), request, told)

    def ranked(question: str, count: int) -> list[dict[str, Any]]:
        return [
            {"number": number, **quote_of(hit.passage).model_dump(mode="json"), "score": round(hit.score, 6)}
            for number, hit in enumerate(assistant.search(question, count), start=1)
        ]

    @routes.get("/search", response_model=list[PassageRecord], dependencies=[allowed(Scope.SEARCH)])
    async def search(
        question: Annotated[Text, Query(alias="q", openapi_examples=EXAMPLES["question"])],
        count: Annotated[int, Query(alias="k", ge=1, le=1000)] = 20,
    ) -> Response:
        """Return the ranked passages before anything is selected, best first."""
        return JSONResponse(await run(partial(ranked, question, count)))

    @routes.post("/search", response_model=list[PassageRecord], dependencies=[allowed(Scope.SEARCH)])
    async def search_by_body(wanted: Annotated[SearchRequest, Body(openapi_examples=EXAMPLES["search"])]) -> Response:
        """Return the ranked passages before anything is selected, best first."""
        return JSONResponse(await run(partial(ranked, wanted.question, wanted.count)))

    @routes.post("/check", response_model=CheckRecord | DocumentRecord, dependencies=[allowed(Scope.CHECK)])
    async def check(
        claimed: Annotated[CheckRequest, Body(openapi_examples=EXAMPLES["check"])], request: Request
    ) -> Response:
        """Tell whether a quotation is his, word by word; or find and check every quotation of a document."""
        if (claimed.text is None) is (claimed.document is None):
            raise HTTPException(422, "Send either `text`, one quotation, or `document`, a text with quotations.")
        if claimed.document is not None:
            return JSONResponse(await run(partial(_document, assistant, claimed.document, claimed.anywhere)))
        language = _language(request)
        return JSONResponse(await run(partial(checked, assistant, claimed.text or "", claimed.occasion, language)))

    @routes.get("/check", response_model=CheckRecord, dependencies=[allowed(Scope.CHECK)])
    async def check_by_address(
        claim: Annotated[Text, Query(alias="q", openapi_examples=EXAMPLES["claim"])], request: Request
    ) -> Response:
        """Check a quotation given in the address."""
        language = _language(request)
        return JSONResponse(await run(partial(checked, assistant, claim, None, language)))

    return routes


def checked(assistant: Assistant, text: str, occasion: str | None, language: str) -> dict[str, Any]:
    """Return the verdict; `shown` is what people see of it, in the caller's language."""
    found = assistant.check(text, occasion=occasion)
    shown = verdict_frame(found, subject=assistant.subject.name, language=language)
    return found.model_dump(mode="json") | {"shown": shown.model_dump(mode="json")}


def _document(assistant: Assistant, document: str, anywhere: bool) -> dict[str, Any]:
    printed = printed_text(document)
    checked = check_whole(assistant.checker, printed, anywhere=anywhere, most=_MOST)
    return {
        "visible": printed.text if printed.text != document else None,
        "passed_over": checked.passed_over,
        "left": checked.left,
        "quotations": [
            {
                "line": row.quotation.line,
                "start": row.quotation.start,
                "end": row.quotation.end,
                "text": row.quotation.text,
                "parts": row.quotation.parts,
                "check": row.check.model_dump(mode="json") if row.check else None,
                "refused": row.refused,
            }
            for row in checked.rows
        ],
    }


def _language(request: Request) -> str:
    return preferred_language(request.headers.get("accept-language", ""))
