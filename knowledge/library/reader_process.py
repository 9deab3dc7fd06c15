"""The child process that reads files for `bounded_reader`: one file after the other, each within limits.

Over its standard streams go pickled messages, each behind its length in eight bytes. The limit of processor time ends
the process by a signal, that of memory by an error; the parent tells both from how the process ends.
"""

import gc
import pickle
import signal
import sys
import traceback
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from knowledge.model.errors import SourceRefused
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.readers import read
from knowledge.speakers.map_application import with_known_speakers
from knowledge.text.language import language_of

OUT_OF_MEMORY = 77
"""The exit code of a child that met its limit of memory."""


@dataclass(frozen=True)
class Task:
    """A file to read, with its limits: `seconds` of processor time, `memory` in bytes for the whole process."""

    raw: bytes
    origin: str
    source_id: str
    subject: Subject
    seconds: float
    memory: int


@dataclass(frozen=True)
class Failed:
    """Why a file gave no source: `reason` is a sentence for a person, or `trace` that of an error of ours."""

    reason: str | None = None
    trace: str | None = None


def serve() -> None:
    """Read files until the parent closes the stream."""
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a parser prints must not mix with the messages
    while (task := receive(incoming)) is not None:
        send(outgoing, _within_limits(task))


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    packed = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(packed).to_bytes(8, "big") + packed)
    stream.flush()


def receive(stream: BinaryIO) -> Task | None:
    """Return the next task; None at the end of the stream."""
    length = stream.read(8)
    if len(length) < 8:
        return None
    task = pickle.loads(stream.read(int.from_bytes(length, "big")))  # the parent's own, over a pipe nobody else has
    assert isinstance(task, Task)
    return task


def _within_limits(task: Task) -> Source | Failed:
    _prepare()
    _limit(task.seconds, task.memory)
    gc.disable()  # readers make no circles, and looking for some costs half of the time
    try:
        found = read(task.raw, origin=task.origin, source_id=task.source_id, subject=task.subject)
        return with_known_speakers(found)
    except SourceRefused as refused:
        return Failed(reason=refused.reason)
    except MemoryError:
        raise SystemExit(OUT_OF_MEMORY) from None
    except Exception:  # noqa: BLE001  # handed to the parent, which tells it
        return Failed(trace=traceback.format_exc())
    finally:
        _limit(0, task.memory)
        gc.enable()


@cache
def _prepare() -> None:
    """Load what nearly every file needs, once: that is no work of the file's."""
    language_of("the bees dance " * 40)


def _limit(seconds: float, memory: int) -> None:
    """Let the system end this process after so many seconds of work (0: never), or refuse it more memory."""
    if sys.platform != "win32":
        import resource

        signal.setitimer(signal.ITIMER_PROF, seconds)
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))
