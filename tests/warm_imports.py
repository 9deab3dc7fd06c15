"""What the server of `tests/forked.py` imports once, so that no process it forks has to."""

from ui.web.server import prepare_environment

prepare_environment()  # Gradio reads it when it is imported

import chromadb.api.rust  # noqa: E402
import langchain_core.runnables  # noqa: E402
import onnxruntime  # noqa: E402

import ui.cli.commands  # noqa: E402
import ui.web.application  # noqa: E402

__all__ = ["chromadb", "langchain_core", "onnxruntime", "ui"]
