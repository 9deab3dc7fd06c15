"""The queue of uploads: what came is imported whoever leaves; it is cancelled, gone on with; its report stays."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from knowledge.library.importer import MAX_BYTES, Outcome
from ui.web.uploads.upload_items import UploadItem, UploadState, stored_name
from ui.web.uploads.upload_queue import UploadMoved, UploadQueue

CELLAR = """\
Ana Sol: What do you keep in cellar number {number}?

Mira Vane: In cellar number {number} I keep cheese and telescopes. Both of them ripen in the dark.

Ana Sol: And which of the two do you visit more often?

Mira Vane: I visit the cheese of cellar number {number}. A telescope there is only a promise, but cheese is company.
"""


async def chunks(words: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(words), 50):
        yield words[start : start + 50]


def received(queue: UploadQueue, item: UploadItem, words: bytes) -> None:
    """Send a file from a thread of its own: the browser of other tests has an event loop in this one."""
    with ThreadPoolExecutor() as threads:
        threads.submit(lambda: asyncio.run(queue.receive(item.id, chunks(words)))).result()


def bring(queue: UploadQueue, files: dict[str, bytes]) -> list[UploadItem]:
    """Announce and send files; return their items as they were announced."""
    items = queue.announce([(name, len(words)) for name, words in files.items()])
    for item, words in zip(items, files.values(), strict=True):
        if item.state is UploadState.AWAITED:
            received(queue, item, words)
    return items


def outcomes(queue: UploadQueue) -> list[Outcome | UploadState]:
    return [item.report.outcome if item.report else item.state for item in queue.items()]


def transcript(number: int) -> bytes:
    return CELLAR.format(number=number).encode()


def test_every_file_is_reported_in_its_order_and_its_words_are_searched(empty_assistant: Assistant) -> None:
    queue = UploadQueue(empty_assistant, threading.Lock())
    files = {f"cellar-{number}.txt": transcript(number) for number in range(3)}
    bring(queue, {**files, "empty.txt": b"", "again.txt": transcript(1)})
    queue.wait(280)
    assert [item.name for item in queue.items()] == [*files, "empty.txt", "again.txt"]
    assert outcomes(queue) == [Outcome.NEW] * 3 + [Outcome.REFUSED, Outcome.UNCHANGED]
    assert all(item.share == 1.0 for item in queue.items())
    assert len(empty_assistant.index.current()) == 6
    # nothing is left behind but the report, and a queue opened later has it still
    folder = empty_assistant.settings.home / "uploads"
    assert {path.suffix for path in folder.rglob("*") if path.is_file()} == {".json", ".lock"}
    later = UploadQueue(empty_assistant, threading.Lock())
    assert outcomes(later) == outcomes(queue)
    later.dismiss()
    assert queue.items() == []


def test_a_file_that_never_came_is_gone_on_with_when_it_is_chosen_again(empty_assistant: Assistant) -> None:
    queue = UploadQueue(empty_assistant, threading.Lock())
    first, second = queue.announce([("one.txt", 300), ("two.txt", 300)])
    assert next(iter(queue.announce([("two.txt", 300), ("one.txt", 301)]))).id == second.id
    received(queue, first, transcript(1))
    queue.wait(280)
    assert [item.state for item in queue.items()] == [UploadState.DONE, UploadState.AWAITED, UploadState.AWAITED]
    with pytest.raises(UploadMoved):
        received(queue, first, transcript(1))
    with pytest.raises(UploadMoved):
        received(queue, first.model_copy(update={"id": "../../secret"}), b"words")


def test_what_a_server_that_ended_left_is_imported_by_the_next(empty_assistant: Assistant) -> None:
    queue = UploadQueue(empty_assistant, threading.Lock())
    queue._work = lambda: None  # type: ignore[method-assign]  # the server ends before it began
    bring(queue, {"one.txt": transcript(1), "two.txt": transcript(2)})
    left = queue.items()[0]
    queue._become(left, UploadState.INDEXING)
    UploadQueue(empty_assistant, threading.Lock()).wait(280)
    assert outcomes(queue) == [Outcome.NEW, Outcome.NEW]


class Killed(BaseException):
    """The process is gone: nothing is caught, nothing runs after it."""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("removed", [False, True])
def test_what_was_added_before_a_kill_is_finished_and_what_was_taken_out_since_stays_out(
    empty_assistant: Assistant, monkeypatch: pytest.MonkeyPatch, *, removed: bool
) -> None:
    def killed(*_: object, **__: object) -> int:
        raise Killed

    queue = UploadQueue(empty_assistant, threading.Lock())
    with monkeypatch.context() as patched:
        patched.setattr(empty_assistant.index, "sync", killed)
        bring(queue, {"one.txt": transcript(1), "two.txt": transcript(2)})
        queue.wait(280)
    assert UploadState.INDEXING in [item.state for item in queue.items()]
    if removed:
        empty_assistant.library.remove("one")
    UploadQueue(empty_assistant, threading.Lock()).wait(280)
    assert outcomes(queue) == [Outcome.NEW, Outcome.NEW]
    held = ["two"] if removed else ["one", "two"]
    assert sorted(summary.id for summary in empty_assistant.library.summaries()) == held
    assert len(empty_assistant.index.current()) == 2 * len(held)


def test_what_waits_is_cancelled_at_once_and_not_imported(empty_assistant: Assistant) -> None:
    queue = UploadQueue(empty_assistant, threading.Lock())
    queue._work = lambda: None  # type: ignore[method-assign]
    one, _ = bring(queue, {"one.txt": transcript(1), "two.txt": transcript(2)})
    queue.cancel([one.id])
    UploadQueue(empty_assistant, threading.Lock()).wait(280)
    assert outcomes(queue) == [UploadState.CANCELLED, Outcome.NEW]
    assert [summary.id for summary in empty_assistant.library.summaries()] == ["two"]


def gated(assistant: Assistant) -> tuple[threading.Event, threading.Event]:
    """Make the index wait before it embeds; return the event it sets there, and the one it waits for."""
    reached, go_on = threading.Event(), threading.Event()
    sync: Callable[..., int] = assistant.index.sync

    def waiting(progress: Any = None, *, wait: bool = True) -> int:
        if progress and not go_on.is_set():
            progress(1, 4)
            reached.set()
            go_on.wait(60)
            progress(2, 4)
        return sync(progress, wait=wait)

    assistant.index.sync = waiting  # type: ignore[method-assign]
    return reached, go_on


def test_progress_within_a_file_is_told_and_a_new_source_cancelled_then_is_taken_out(
    empty_assistant: Assistant,
) -> None:
    reached, go_on = gated(empty_assistant)
    queue = UploadQueue(empty_assistant, threading.Lock())
    (item,) = bring(queue, {"one.txt": transcript(1)})
    assert reached.wait(250)
    (under,) = queue.items()
    assert (under.state, under.done, under.total) == (UploadState.INDEXING, 1, 4)
    assert 0.3 < under.share < 1
    queue.cancel([item.id])
    go_on.set()
    queue.wait(280)
    assert outcomes(queue) == [UploadState.CANCELLED]
    assert empty_assistant.library.summaries() == []
    assert len(empty_assistant.index.current()) == 0


def test_an_index_that_fails_is_told_in_the_report_and_the_next_files_are_imported(empty_assistant: Assistant) -> None:
    queue = UploadQueue(empty_assistant, threading.Lock())
    sync = empty_assistant.index.sync

    def broken(*_: object, **__: object) -> int:
        empty_assistant.index.sync = sync  # type: ignore[method-assign]
        raise RuntimeError("no such number")

    empty_assistant.index.sync = broken  # type: ignore[method-assign]
    bring(queue, {"one.txt": transcript(1)})
    queue.wait(280)
    bring(queue, {"two.txt": transcript(2)})
    queue.wait(280)
    one, two = (item.report for item in queue.items())
    assert one
    assert two
    assert "something went wrong" in str(one.reason)
    assert (two.outcome, two.reason) == (Outcome.NEW, None)


def test_what_cannot_be_taken_is_refused_before_it_is_sent(empty_assistant: Assistant) -> None:
    queue = UploadQueue(empty_assistant, threading.Lock())
    found = queue.announce([("a\nb", 10), ("\ud800", 10), ("film.vtt", MAX_BYTES + 1), ("fine.txt", 10)])
    assert [bool(item.report) for item in found] == [True, True, True, False]
    many = queue.announce([(f"{number}.txt", MAX_BYTES) for number in range(60)])
    refused = [item for item in many if item.report]
    assert 0 < len(refused) < len(many)
    assert "waiting already" in str(refused[0].report and refused[0].report.reason)


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("talk.txt", "talk.txt"),
        ("../../talk.txt", "talk.txt"),
        ("C:\\files\\talk.txt", "talk.txt"),
        ("..talk.txt", "talk.txt"),
        ("x" * 200, "x" * 200),
        ("数据.txt", "数据.txt"),
        *((name, None) for name in ("", ".", "..", "...", "/", "C:\\..\\..", "a\0b", "a\nb", "\ud800", "x" * 201)),
        ("数" * 67, None),
    ],
)
def test_no_name_leaves_the_folder_of_uploads_and_what_cannot_be_stored_is_refused(
    name: str, stored: str | None
) -> None:
    assert stored_name(name) == stored


def test_the_same_file_brought_again_by_name_replaces_what_it_brought(
    empty_assistant: Assistant, tmp_path: Path
) -> None:
    queue = UploadQueue(empty_assistant, threading.Lock())
    for number in (1, 2):
        bring(queue, {"cellar.txt": transcript(number)})
        queue.wait(280)
    assert outcomes(queue) == [Outcome.NEW, Outcome.REPLACED]
    assert [summary.id for summary in empty_assistant.library.summaries()] == ["cellar"]
