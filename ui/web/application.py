"""The web application: health, API and static files on FastAPI, the chat page of Gradio mounted at the root."""

from pathlib import Path

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from assistant import Assistant
from assistant.errors import QuestionRefused
from assistant.records import Records
from knowledge.errors import AskIlyaError
from ui.web.answering import Answering
from ui.web.api import api_routes
from ui.web.headers import QuietHeaders
from ui.web.page import build_page

STATIC = Path(__file__).parent / "static"
_AT_ONCE = 32
_WAITING = 500


def build_app(assistant: Assistant) -> FastAPI:
    """Return the application over an open assistant."""
    # FastAPI's own documentation pages load scripts from a CDN
    app = FastAPI(title="ask-ilya", docs_url=None, redoc_url=None)
    answering = Answering(assistant, Records(assistant.library))
    app.add_middleware(QuietHeaders)
    app.add_exception_handler(AskIlyaError, _as_json)
    app.include_router(api_routes(answering))

    @app.get("/healthz")
    def healthy() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    def ready() -> dict[str, int | str]:
        return {"status": "ready", "sources": assistant.coverage().sources}

    app.mount("/look", StaticFiles(directory=STATIC), name="look")
    page = build_page(answering)
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
        max_file_size="50mb",
        theme=_theme(),
        css_paths=[STATIC / "tones.css", STATIC / "cards.css", STATIC / "page.css"],
        head=f"<script>{(STATIC / 'page.js').read_text('utf-8')}</script>",
    )
    return mounted


def _theme() -> gr.themes.Base:
    # names of fonts that machines have; Gradio's own would be loaded
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        font=["system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )


async def _as_json(_: Request, error: Exception) -> JSONResponse:
    status = 422 if isinstance(error, QuestionRefused) else 503
    return JSONResponse({"error": str(error)}, status_code=status)
