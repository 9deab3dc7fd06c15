"""The served routes without the chat: health, API, metrics, shared pages, library, sign-in, behind one guard."""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from assistant.checking import ClaimRefused
from assistant.exceptions import QuestionRefused
from knowledge.model.errors import AskIlyaError
from ui.api import PREFIX, build_api
from ui.api.api_access import may, with_keys
from ui.api.api_application import old_routes
from ui.api.api_settings import ApiSettings
from ui.api.keys import Keys, Scope
from ui.api.problems import misread
from ui.mcp.mounted import MCP, mount_mcp
from ui.operations.request_ids import RequestIds
from ui.operations.request_logs import RequestLog
from ui.operations.request_metrics import METRICS, RequestMetrics, metrics_routes
from ui.web.access.access_control import Access, choose_guard, may_change_library, passwords_of
from ui.web.access.current_visit import Visits
from ui.web.access.request_limits import BodyLimit, HeadRequests, QuietHeaders
from ui.web.access.root_path import RootPath
from ui.web.access.sessions import SignIns
from ui.web.chat.streaming import Answering
from ui.web.page_settings import WebSettings
from ui.web.routes.check_page import check_routes
from ui.web.routes.first_page import FirstPage, first_routes
from ui.web.routes.library_page import library_routes
from ui.web.routes.own_conversations import conversation_routes
from ui.web.routes.problem_pages import ProblemPages
from ui.web.routes.quote_forms import quote_form_routes
from ui.web.routes.shared_pages import feedback_routes, page_routes
from ui.web.routes.sign_in_page import login_routes
from ui.web.routes.topics_page import topic_routes
from ui.web.routes.verify_page import verify_routes

STATIC = Path(__file__).parent / "static"


def build_services(answering: Answering, settings: WebSettings, *, host: str = "127.0.0.1") -> FastAPI:
    """Return the application without its chat, guarded as the settings and the address ask.

    Raises:
        NotOpen: others could reach the address and nothing says who may use the page.
    """
    # FastAPI's own documentation pages load scripts from a CDN
    app = FastAPI(title="ask-ilya", docs_url=None, redoc_url=None)
    app.state.queues = {}
    assistant = answering.assistant
    sign_ins, passwords = SignIns(assistant.library), passwords_of(settings, assistant.library)
    app.add_middleware(HeadRequests, streams=(MCP, "/gradio_api"))
    app.add_middleware(FirstPage, answering=answering)
    app.add_middleware(BodyLimit)
    app.add_middleware(ProblemPages)
    app.add_middleware(Visits)
    keys, api_settings = Keys(assistant.library), ApiSettings(home=assistant.settings.home)
    guard = choose_guard(settings, host, sign_ins, passwords)
    app.add_middleware(Access, guard=with_keys(guard, keys, api_settings, api=PREFIX, others=(METRICS, MCP)))
    app.add_middleware(QuietHeaders)
    app.add_middleware(RequestLog)
    app.add_middleware(RequestMetrics)
    app.add_middleware(RequestIds)
    if settings.root_path:
        app.add_middleware(RootPath, root=settings.root_path)
    app.add_exception_handler(AskIlyaError, _as_json)
    app.add_exception_handler(RequestValidationError, _as_one_sentence)
    app.mount(PREFIX, build_api(assistant, answering.records, keys, api_settings))
    app.include_router(old_routes())
    mount_mcp(app, assistant, keys, api_settings)
    app.include_router(metrics_routes(assistant, app.state.queues, may(Scope.METRICS, keys, api_settings)))
    app.include_router(feedback_routes(answering))
    may_change = may_change_library(settings, host)
    app.include_router(quote_form_routes(answering, api_settings))
    app.include_router(page_routes(answering, api_settings, may_change=may_change))
    app.include_router(check_routes(assistant, documents=may_change))
    app.include_router(verify_routes(assistant.settings.home))
    app.include_router(topic_routes(assistant))
    app.include_router(conversation_routes(answering.records, assistant.subject.name))
    app.include_router(first_routes(answering))
    app.include_router(library_routes(assistant, may_change=may_change))
    if passwords:
        app.include_router(login_routes(passwords, sign_ins))

    @app.get("/healthz")
    async def healthy() -> dict[str, str]:  # on the event loop: no queue of threads is before it
        return {"status": "ok"}

    @app.get("/readyz")
    def ready() -> dict[str, int | str]:
        return {"status": "ready", "sources": assistant.coverage().sources}

    app.mount("/look", StaticFiles(directory=STATIC), name="look")
    return app


async def _as_json(_: Request, error: Exception) -> JSONResponse:
    status = 422 if isinstance(error, QuestionRefused | ClaimRefused) else 503
    return JSONResponse({"error": str(error)}, status_code=status)


async def _as_one_sentence(request: Request, error: Exception) -> JSONResponse:
    """Tell what is wrong with a request; FastAPI repeats what was sent and fails at 1e400."""
    assert isinstance(error, RequestValidationError)
    status, sentence = misread(error, request)
    return JSONResponse({"detail": sentence}, status_code=status)
