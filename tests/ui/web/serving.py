"""Serves the page over the data folder it is given; run by the browser tests in a process of its own.

Gradio leaves event loops and sockets to the garbage collector, which the suite treats as errors; and a restart of
the page should be a restart. `TEST_GATE` names a file: until it exists, every answer stops short after its first quote.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant import Assistant, Settings
from assistant.answers import NumberedQuote
from assistant.models import Cancellation
from tests.invented import MIRA
from ui.web import serve


class Gated(Assistant):
    """An assistant that waits behind its first quote for the gate to open, or for nobody to want the rest."""

    def stream(self, *args: Any, cancellation: Cancellation | None = None, **kwargs: Any) -> Iterator[Any]:
        """Stream as ever, up to the gate."""
        gate = Path(os.environ["TEST_GATE"])
        for event in super().stream(*args, cancellation=cancellation, **kwargs):
            yield event
            while isinstance(event, NumberedQuote) and not gate.exists():
                if cancellation and cancellation.requested:
                    break
                time.sleep(0.02)


def serve_home(home: str) -> None:
    """Serve the page over a data folder until the process is ended."""
    kind = Gated if "TEST_GATE" in os.environ else Assistant
    settings = Settings(home=Path(home), starter=False)
    serve(kind.open(settings, subject=MIRA), host="127.0.0.1", port=0)
