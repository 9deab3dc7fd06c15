"""Somebody's own conversations: exported as JSON, deleted."""

from typing import Any

from fastapi import APIRouter, Depends, HTTPException, Request

from assistant.records.saved_answers import Records
from ui.web.access.visitors import owner_of, same_origin


def conversation_routes(records: Records) -> APIRouter:
    """Return the routes; a visitor without a name has no conversations."""
    routes = APIRouter(prefix="/c")

    @routes.get("/{conversation_id}.json")
    def export(conversation_id: str, request: Request) -> list[dict[str, Any]]:
        owner = owner_of(request)
        found = records.conversation(owner, conversation_id) if owner else []
        if not found:
            raise HTTPException(404, "You have no such conversation.")
        return [{**saved.contract(), "given_at": saved.given_at.isoformat()} for saved in found]

    @routes.delete("/{conversation_id}", dependencies=[Depends(same_origin)])
    def forget(conversation_id: str, request: Request) -> dict[str, bool]:
        owner = owner_of(request)
        if not owner or not records.forget(owner, conversation_id):
            raise HTTPException(404, "You have no such conversation.")
        return {"deleted": True}

    return routes
