"""Reading in a child process with limits of time and memory: no file can stall or end the program that adds it.

One child is kept for all files of a program; a file that breaks a limit ends it, and the next file starts another.
"""

import atexit
import contextlib
import logging
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from typing import BinaryIO

from knowledge.library.reader_process import OUT_OF_MEMORY, Failed, Task, send
from knowledge.model.errors import SourceRefused
from knowledge.model.source import Source
from knowledge.model.subject import Subject

_LOG = logging.getLogger(__name__)
MEMORY = 2_000_000_000
"""Bytes of memory for reading one file; chosen by hand, so that a small server survives it."""
SECONDS = 4.5
"""Processor time for a megabyte, and for anything smaller."""
_MAX_SECONDS = 120.0
"""Seconds of processor time that the largest file gets; chosen by hand, since a person waits."""
_MAX_WAITING = 900.0
"""Seconds on the clock: a starved machine takes long over little work, and the work itself is bounded by the child."""
_CHUNK = 1 << 20
_SERVE = "from knowledge.library.reader_process import serve; serve()"


def read_bounded(
    raw: bytes, *, origin: str, source_id: str, subject: Subject, seconds: float | None = None, memory: int = MEMORY
) -> Source:
    """Return the source that a raw file holds, with the speakers that a known map tells.

    `seconds` (of processor time; by default 4.5 for each megabyte) and `memory` (bytes) bound the reading.

    Raises:
        SourceRefused: it cannot become a source, or not within the limits.
    """
    allowed = min(SECONDS * max(1.0, len(raw) / 1_000_000), _MAX_SECONDS) if seconds is None else seconds
    return _CHILD.read(Task(raw, origin, source_id, subject, allowed, memory))


class _Child:
    """The child process, started when first needed and again after it ended; one file at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def read(self, task: Task) -> Source:
        with self._lock:
            process = self._running()
            try:
                assert process.stdin is not None
                assert process.stdout is not None
                send(process.stdin, task)  # type: ignore[arg-type]  # a buffered writer
                answer = _answer(process.stdout, time.monotonic() + _MAX_WAITING)  # type: ignore[arg-type]
            except (EOFError, BrokenPipeError, TimeoutError) as ended:
                code = self._end(kill=isinstance(ended, TimeoutError))
                raise SourceRefused(task.origin, _why(code, ended)) from ended
            except BaseException:
                self._end(kill=True)  # interrupted in mid-message
                raise
        if isinstance(answer, Source):
            return answer
        if answer.reason is not None:
            raise SourceRefused(task.origin, answer.reason)
        _LOG.error("reading %s failed:\n%s", task.origin, answer.trace)
        raise SourceRefused(
            task.origin, "it could not be read, by a fault of this program; save its text as .txt and report this file."
        )

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _SERVE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
            self._owner = os.getpid()
        return self._process

    def _end(self, *, kill: bool) -> int:
        """End the child and return its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        if kill:
            process.kill()
        code = process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(BrokenPipeError):  # what was not sent is not missed
                if stream is not None:
                    stream.close()
        return code

    def close(self) -> None:
        """End the child when the program ends."""
        if self._process is not None and self._owner == os.getpid():
            self._end(kill=True)


def _answer(stream: BinaryIO, deadline: float) -> Source | Failed:
    length = int.from_bytes(_exactly(stream, 8, deadline), "big")
    answer = pickle.loads(_exactly(stream, length, deadline))  # our own child's, over a pipe nobody else has
    assert isinstance(answer, Source | Failed)
    return answer


def _exactly(stream: BinaryIO, length: int, deadline: float) -> bytes:
    """Return so many bytes.

    Raises:
        TimeoutError: they did not come until the deadline.
        EOFError: the stream ended before.
    """
    parts: list[bytes] = []
    missing = length
    while missing:
        if sys.platform != "win32" and not select.select([stream], [], [], max(deadline - time.monotonic(), 0))[0]:
            raise TimeoutError
        part = os.read(stream.fileno(), min(missing, _CHUNK))
        if not part:
            raise EOFError
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _why(code: int, ended: Exception) -> str:
    if isinstance(ended, TimeoutError) or (sys.platform != "win32" and code == -signal.SIGPROF):
        return "it takes too long to read; save its text as .txt, or split it, and add that."
    if code in (OUT_OF_MEMORY, -9):
        return "it needs too much memory to read; save its text as .txt, or split it, and add that."
    return f"reading it ended the reader (code {code}); save its text as .txt and add that."


_CHILD = _Child()
atexit.register(_CHILD.close)
