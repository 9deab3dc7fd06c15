"""What must be said to Gradio before it is imported: no analytics, no history of runs, nothing fetched from outside."""

import os

_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SHARE": "False",
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_SSR_MODE": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def prepare_environment() -> None:
    """Set the variables that Gradio and its Hugging Face client read when they are imported."""
    os.environ.update(_QUIET)
