"""Locks on files that hold between threads and between processes, and end with whoever holds them.

Each lock is taken on a file opened for it, so that two threads of one process keep each other out as two processes do
(flock belongs to the open file, not to the process). A process that is killed lets go.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path


@contextmanager
def exclusive(path: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a file alone, making it where it is missing; yield whether it is held, always true when waiting.

    Raises:
        OSError: the file cannot be made or opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    held = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield _locked(held, LOCK_EX if wait else LOCK_EX | LOCK_NB)
    finally:
        os.close(held)


def share(path: Path) -> int | None:
    """Return a descriptor that holds an existing file with others, until it is closed; None when it is going away.

    Raises:
        FileNotFoundError: there is no such file.
    """
    held = os.open(path, os.O_RDONLY)
    try:
        # what was opened may have been taken away, and made anew under its name, before it was locked
        if _locked(held, LOCK_SH | LOCK_NB) and os.path.samestat(os.fstat(held), path.stat()):
            return held
    except BaseException:
        os.close(held)
        raise
    os.close(held)
    return None


@contextmanager
def unshared(path: Path) -> Iterator[bool]:
    """Yield whether nobody shares an existing file, and let nobody begin to meanwhile."""
    held = os.open(path, os.O_RDONLY)
    try:
        yield _locked(held, LOCK_EX | LOCK_NB)
    finally:
        os.close(held)


def _locked(held: int, kind: int) -> bool:
    try:
        flock(held, kind)
    except BlockingIOError:
        return False
    return True
