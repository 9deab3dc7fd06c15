"""Serves the page over the data folder named on the command line; run by the browser tests in a process of its own.

Gradio leaves event loops and sockets to the garbage collector, which the suite treats as errors; and a restart of
the page should be a restart. `TEST_PAUSE` makes the assistant slow: seconds before each thing it says.
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant import Assistant, Settings
from tests.invented import MIRA
from ui.web import serve


class Unhurried(Assistant):
    """An assistant that takes its time."""

    def stream(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """Stream as ever, with pauses."""
        for event in super().stream(*args, **kwargs):
            time.sleep(float(os.environ["TEST_PAUSE"]))
            yield event


if __name__ == "__main__":
    kind = Unhurried if "TEST_PAUSE" in os.environ else Assistant
    settings = Settings(home=Path(sys.argv[1]), starter=False)
    serve(kind.open(settings, subject=MIRA), host="127.0.0.1", port=0)
