"""The web application: health, API, shared pages on FastAPI; the chat page of Gradio mounted at the root."""

from pathlib import Path

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from assistant import Assistant
from assistant.checking import ClaimRefused
from assistant.errors import QuestionRefused
from assistant.records import Records
from knowledge.errors import AskIlyaError
from ui.web.access import Access, choose_guard, may_change_library, passwords_of
from ui.web.answering import Answering
from ui.web.api import api_routes
from ui.web.checking import check_routes
from ui.web.conversing import conversation_routes
from ui.web.headers import QuietHeaders
from ui.web.limits import BodyLimit
from ui.web.login import login_routes
from ui.web.page import build_page
from ui.web.pages import page_routes
from ui.web.settings import WebSettings
from ui.web.shelf import shelf_routes
from ui.web.sign_ins import SignIns

STATIC = Path(__file__).parent / "static"
_STYLES = ("tones", "cards", "reader", "page")
_SCRIPTS = ("cards", "reader", "filters", "page")
_AT_ONCE = 32
_WAITING = 500


def build_app(assistant: Assistant, settings: WebSettings, *, host: str = "127.0.0.1") -> FastAPI:
    """Return the application over an open assistant, guarded as the settings and the address ask.

    Raises:
        NotOpen: others could reach the address and nothing says who may use the page.
    """
    # FastAPI's own documentation pages load scripts from a CDN
    app = FastAPI(title="ask-ilya", docs_url=None, redoc_url=None)
    answering = Answering(assistant, Records(assistant.library))
    sign_ins, passwords = SignIns(assistant.library), passwords_of(settings)
    app.add_middleware(BodyLimit)
    app.add_middleware(Access, guard=choose_guard(settings, host, sign_ins, passwords))
    app.add_middleware(QuietHeaders)
    app.add_exception_handler(AskIlyaError, _as_json)
    app.include_router(api_routes(answering))
    may_change = may_change_library(settings, host)
    app.include_router(page_routes(answering, may_change=may_change))
    app.include_router(check_routes(assistant))
    app.include_router(conversation_routes(answering.records))
    app.include_router(shelf_routes(assistant, may_change=may_change))
    if passwords:
        app.include_router(login_routes(passwords, sign_ins))

    @app.get("/healthz")
    async def healthy() -> dict[str, str]:  # on the event loop: no queue of threads is before it
        return {"status": "ok"}

    @app.get("/readyz")
    def ready() -> dict[str, int | str]:
        return {"status": "ready", "sources": assistant.coverage().sources}

    app.mount("/look", StaticFiles(directory=STATIC), name="look")
    return _with_chat(app, build_page(answering))


def _with_chat(app: FastAPI, page: gr.Blocks) -> FastAPI:
    page.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING, api_open=False)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        max_file_size="1mb",
        theme=_theme(),
        head=_head(),
    )
    return mounted


def _head() -> str:
    # linked, not given as `css`: what Gradio is given it rewrites, and loses media queries
    styles = "".join(f'<link rel="stylesheet" href="/look/{name}.css">' for name in _STYLES)
    return styles + "".join(f'<script src="/look/{name}.js" defer></script>' for name in _SCRIPTS)


def _theme() -> gr.themes.Base:
    # names of fonts that machines have; Gradio's own would be loaded
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        font=["system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )


async def _as_json(_: Request, error: Exception) -> JSONResponse:
    status = 422 if isinstance(error, QuestionRefused | ClaimRefused) else 503
    return JSONResponse({"error": str(error)}, status_code=status)
