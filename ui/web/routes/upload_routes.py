"""The addresses of the upload queue: announce files, send each, see how far they are, cancel, dismiss the report."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import ClientDisconnect

from ui.rendering.answer_texts import texts
from ui.rendering.framing import spoken_date
from ui.rendering.page_texts import PageTexts
from ui.web.access.request_limits import UPLOADS
from ui.web.access.visitors import same_origin, texts_for
from ui.web.templates.library_texts import library_texts
from ui.web.templates.reader_sentences import notes_in, sentence_in
from ui.web.uploads.upload_items import FINISHED, UploadItem, UploadState
from ui.web.uploads.upload_queue import UploadMoved, UploadQueue


class Announced(BaseModel):
    """A file that a visitor chose: its name, and its size in bytes."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=1_000)
    size: int = Field(ge=0)


Files = Annotated[list[Announced], Body(embed=True, max_length=5_000)]
Ids = Annotated[list[str] | None, Body(embed=True, max_length=5_000)]


def upload_routes(queue: UploadQueue) -> APIRouter:
    """Return the routes over a queue; every answer but to a file is the whole list."""
    routes = APIRouter(prefix=UPLOADS)
    ours = [Depends(same_origin)]

    @routes.get("")
    def listed(request: Request) -> dict[str, Any]:
        return _listed(queue.items(), texts_for(request))

    @routes.post("", dependencies=ours)
    def announce(files: Files, request: Request) -> dict[str, Any]:
        """Name the files that will be sent; the answer has an id for each, in the same order."""
        found = queue.announce([(file.name, file.size) for file in files])
        return _listed(queue.items(), texts_for(request)) | {"announced": [item.id for item in found]}

    @routes.put("/{item_id}", dependencies=ours)
    async def send(item_id: str, request: Request) -> dict[str, Any]:
        """Keep the bytes of an announced file: the body."""
        try:
            return _shown(await queue.receive(item_id, request.stream()), texts_for(request))
        except UploadMoved as moved:
            raise HTTPException(409, str(moved)) from moved
        except ClientDisconnect as gone:
            raise HTTPException(400, "The file was not sent to its end.") from gone

    @routes.post("/cancel", dependencies=ours)
    def cancel(request: Request, ids: Ids = None) -> dict[str, Any]:
        """Cancel some uploads, or all that are not finished."""
        queue.cancel(ids)
        return _listed(queue.items(), texts_for(request))

    @routes.delete("", dependencies=ours)
    def dismiss(request: Request) -> dict[str, Any]:
        """Forget the report on finished uploads."""
        queue.dismiss()
        return _listed(queue.items(), texts_for(request))

    return routes


def _listed(items: list[UploadItem], page: PageTexts) -> dict[str, Any]:
    finished = sum(item.state in FINISHED for item in items)
    return {
        "uploads": [_shown(item, page) for item in items],
        "finished": finished,
        "active": any(item.state not in FINISHED | {UploadState.AWAITED} for item in items),
        "share": sum(item.share for item in items) / len(items) if items else 1.0,
        "overall": library_texts(page.code).overall.format(done=finished, count=len(items)),
    }


def _shown(item: UploadItem, page: PageTexts) -> dict[str, Any]:
    """Return an upload in the page's language; why words are not quotable stays in the reader's own."""
    said, report = library_texts(page.code), item.report
    state = said.states[item.state]
    if item.state is UploadState.DONE and report:
        state = said.outcomes[report.outcome]
    elif item.state is UploadState.INDEXING and item.total:
        state = f"{state} ({100 * item.done // item.total} %)"
    why = ""
    if report:
        why = notes_in(page.code, report.notes)
        if report.reason:
            why = said.refused_file.format(reason=sentence_in(page.code, report.reason))
    return {
        "id": item.id,
        "name": item.name,
        "size": item.size,
        "state": item.state.value,
        "share": item.share,
        "shown": {
            "state": state,
            "why": why,
            "title": report.title if report else None,
            "date": spoken_date(report.date, texts(page.code)) if report and report.date else None,
            "quotable": f"{report.quotable_words:,}" if report and report.source_id else None,
        },
        "source_id": report.source_id if report and item.state is not UploadState.CANCELLED else None,
    }
