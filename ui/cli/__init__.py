"""The command `ilya`: ask, search, sources, add, chat. Heavy libraries are imported when a command needs them."""

import os
import sys

from ui.cli.commands import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; an error meant for people becomes one sentence on stderr and exit code 1."""
    from knowledge.model.errors import AskIlyaError

    # the matrices of one question are small: more threads of BLAS only wait for each other, at twice the CPU time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except AskIlyaError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
