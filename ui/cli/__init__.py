"""The command `ilya`: ask, search, sources, add, chat. Heavy libraries are imported when a command needs them."""

import errno
import os
import resource
import sys

from ui.cli.commands import app

__all__ = ["app", "main"]

_FILES = 64
"""Files that every command can do with; fewer are told as the cause of what a file or a store complains of."""


def main() -> None:
    """Run the command line; an error meant for people becomes one sentence on stderr and exit code 1."""
    from knowledge.model.errors import AskIlyaError, IndexUnavailable, LibraryUnavailable

    # the matrices of one question are small: more threads of BLAS only wait for each other, at twice the CPU time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    allowed = _allow_files()
    try:
        app()
    except Exception as error:
        stopped = not isinstance(error, AskIlyaError) or isinstance(error, LibraryUnavailable | IndexUnavailable)
        if (allowed < _FILES and stopped) or _lacks_files(error):
            sys.stderr.write(
                f"This program may open only {allowed} files at a time, and needs more: run `ulimit -n 1024` before "
                "it, or raise the limit of its service. Nothing of the library is lost.\n"
            )
        elif isinstance(error, AskIlyaError):
            sys.stderr.write(f"{error}\n")
        else:
            raise
        sys.exit(1)


def _allow_files() -> int:
    """Take as many open files as the system lets us have, and return how many those are."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (OSError, ValueError):  # macOS names a limit that it does not grant
            return soft
    return sys.maxsize if hard == resource.RLIM_INFINITY else hard


def _lacks_files(error: BaseException | None) -> bool:
    """Whether an error, or what it came of, is that no more files may be open."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
            return True
        error = error.__cause__ or error.__context__
    return False
