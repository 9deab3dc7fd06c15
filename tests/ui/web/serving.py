"""Serves the page over the data folder named on the command line; run by the browser tests in a process of its own.

Gradio leaves event loops and sockets to the garbage collector, which the suite treats as errors; and a restart of
the page should be a restart.
"""

import sys
from pathlib import Path

from assistant import Assistant, Settings
from tests.invented import MIRA
from ui.web import serve

if __name__ == "__main__":
    settings = Settings(home=Path(sys.argv[1]), starter=False)
    serve(Assistant.open(settings, subject=MIRA), host="127.0.0.1", port=0)
