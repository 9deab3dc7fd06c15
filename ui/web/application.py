"""The web application: health, API, shared pages on FastAPI; the chat page of Gradio mounted at the root."""

import gradio as gr
from fastapi import FastAPI

from assistant import Assistant
from assistant.records.saved_answers import Records
from ui.operations.operation_settings import OperationSettings
from ui.operations.tracing import trace
from ui.web.chat.layout import build_page
from ui.web.chat.streaming import Answering
from ui.web.page_settings import WebSettings
from ui.web.services import STATIC, build_services

_AT_ONCE = 32
"""Questions of all visitors answered at once, the others wait in Gradio's queue; chosen by hand."""
_WAITING = 500
"""Questions that may wait; chosen by hand."""


def build_app(assistant: Assistant, settings: WebSettings, *, host: str = "127.0.0.1") -> FastAPI:
    """Return the application over an open assistant, guarded as the settings and the address ask.

    Raises:
        NotOpen: others could reach the address and nothing says who may use the page.
    """
    answering = Answering(assistant, Records(assistant.library))
    app = build_services(answering, settings, host=host)
    page = build_page(answering, settings.root_path)
    app.state.queues["page"] = lambda: len(page._queue)
    if OperationSettings().traces:
        trace(app)
    return _with_chat(app, page, settings.root_path)


def _with_chat(app: FastAPI, page: gr.Blocks, root: str) -> FastAPI:
    page.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING, api_open=False)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        root_path=root or None,
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        max_file_size="1mb",
        theme=_theme(),
        favicon_path=str(STATIC / "icon-180.png"),
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
