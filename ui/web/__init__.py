"""The web page: FastAPI with Gradio mounted on it."""

from ui.web.server import serve

__all__ = ["serve"]
