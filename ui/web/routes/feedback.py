"""What readers say about a quote: `/api/feedback`, called by the page."""

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.records.saved_answers import Verdict
from ui.web.access.visitors import owner_of, same_origin
from ui.web.chat.streaming import Answering


class Judged(BaseModel):
    """What somebody says about a quote."""

    model_config = ConfigDict(extra="forbid")

    quote_id: str = Field(max_length=40)
    answer_id: str | None = Field(default=None, max_length=40)
    verdict: Verdict


def feedback_routes(answering: Answering) -> APIRouter:
    """Return the route that keeps what somebody says about a quote."""
    routes = APIRouter(prefix="/api")

    @routes.post("/feedback", dependencies=[Depends(same_origin)])
    def feedback(judged: Judged, request: Request) -> dict[str, bool]:
        """Keep what somebody says about a quote."""
        owner = owner_of(request)
        if not answering.records.judge(judged.quote_id, judged.verdict, answer_id=judged.answer_id, owner=owner):
            raise HTTPException(404, "No such quote was shown.")
        return {"kept": True}

    return routes
