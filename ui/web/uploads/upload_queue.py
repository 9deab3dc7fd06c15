"""The queue of uploads: files are announced, received, and imported one after the other by a thread of the server.

What a visitor sees is read from disk, so that closing the page, or a restart of the server, loses nothing that came.
Files are imported in small batches, because making words searchable costs less for several sources at once.
"""

import logging
import os
import shutil
import threading
from collections.abc import AsyncIterable, Collection, Iterable, Sequence
from pathlib import Path

from assistant import Assistant
from knowledge.library.file_locks import exclusive
from knowledge.library.importer import MAX_BYTES, FileReport, Outcome
from knowledge.model.errors import AskIlyaError
from ui.web.uploads.upload_items import (
    FINISHED,
    UploadFolder,
    UploadItem,
    UploadState,
    refused,
    stored_name,
)

_LOG = logging.getLogger(__name__)
_BATCH = 6
"""Files made searchable together; chosen by hand: more embed faster, fewer show progress sooner."""
_MOST = 2_000
"""Files that may wait at once."""
_MOST_BYTES = 2_000_000_000
"""Bytes that may wait at once: forty files of the largest size, far more transcripts than anybody has."""
NAMELESS = "the file's name cannot be stored; give it a name of letters and digits."
TOO_MANY = "too much is waiting already; bring it once some of that is finished."
UNFORESEEN = "something went wrong here; the log has it."


class UploadMoved(AskIlyaError):
    """What is uploaded is not awaited (any more): cancelled, finished, or never announced."""


class _Cancelled(Exception):
    """Ends the making searchable of a source that its visitor no longer wants."""


class UploadQueue:
    """Uploads of one data folder; `changing` is held while the library is changed."""

    def __init__(self, assistant: Assistant, changing: threading.Lock) -> None:
        self._assistant = assistant
        self._changing = changing
        self._landing = assistant.settings.home / "uploads"
        self._kept = UploadFolder(self._landing / "queue")
        self._lock = threading.Lock()
        self._progress: dict[str, tuple[int, int]] = {}
        self._unwanted: set[str] = set()
        self._worker: threading.Thread | None = None
        self._take_up()

    def announce(self, files: Iterable[tuple[str, int]]) -> list[UploadItem]:
        """Return an item for each (name, bytes): to be sent, or refused at once.

        A file that was announced before and never came is awaited again, so that choosing it anew goes on with it.
        """
        with self._lock:
            held = self._kept.items()
            awaited = {(item.name, item.size): item for item in held if item.state is UploadState.AWAITED}
            count = sum(item.state not in FINISHED for item in held)
            size = sum(item.size for item in held if item.state not in FINISHED)
            found = []
            for name, length in files:
                if again := awaited.pop((name, length), None):
                    found.append(again)
                    continue
                reason = _refusal(name, length, count, size)
                if reason:
                    shown = name.encode(errors="replace").decode()
                    found.append(self._kept.announce(shown, length, UploadState.DONE, refused(shown, reason)))
                    continue
                found.append(self._kept.announce(name, length, UploadState.AWAITED))
                count, size = count + 1, size + length
            return found

    async def receive(self, item_id: str, body: AsyncIterable[bytes]) -> UploadItem:
        """Keep the bytes of an announced file; the import begins by itself.

        Raises:
            UploadMoved: it is not awaited.
        """
        item = self._awaited(item_id)
        part = self._kept.bytes_of(item).with_suffix(f".{threading.get_ident()}.part")
        try:
            with part.open("wb") as file:
                async for chunk in body:
                    file.write(chunk)
            with self._lock:
                item = self._awaited(item_id)
                os.replace(part, self._kept.bytes_of(item))
                received = item.model_copy(
                    update={"state": UploadState.WAITING, "size": self._kept.bytes_of(item).stat().st_size}
                )
                self._kept.keep(received)
        finally:
            part.unlink(missing_ok=True)
        self._work()
        return received

    def items(self) -> list[UploadItem]:
        """Return every upload, in the order of announcement, with its progress."""
        found = []
        for item in self._kept.items():
            done, total = self._progress.get(item.id, (item.done, item.total))
            found.append(item.model_copy(update={"done": done, "total": total}))
        return found

    def cancel(self, ids: Collection[str] | None = None) -> None:
        """Stop uploads, all of them without ids: what waits is not imported, what was just added is taken out again."""
        with self._lock:
            for item in self._kept.items():
                if item.state in FINISHED or (ids is not None and item.id not in ids):
                    continue
                if item.state in (UploadState.AWAITED, UploadState.WAITING):
                    self._finish(item, UploadState.CANCELLED)
                else:
                    self._unwanted.add(item.id)

    def dismiss(self) -> None:
        """Forget the finished uploads; what they brought stays in the library."""
        for item in self._kept.items():
            if item.state in FINISHED:
                self._kept.forget(item)

    def wait(self, seconds: float) -> None:
        """Return when nothing is being imported, or after so many seconds."""
        worker = self._worker
        if worker:
            worker.join(seconds)

    def _awaited(self, item_id: str) -> UploadItem:
        item = self._kept.item(item_id)
        if item is None or item.state is not UploadState.AWAITED:
            raise UploadMoved("This file is not awaited any more; choose it again.")
        return item

    def _take_up(self) -> None:
        """Go on with what a server that ended left; what another one is importing is left to it."""
        if any(item.state not in FINISHED for item in self._kept.items()):
            self._work()

    @property
    def _claim(self) -> Path:
        return self._kept.folder / "worker.lock"

    def _work(self) -> None:
        """Start the thread that imports, unless it runs; it ends when nothing waits."""
        with self._lock:
            if self._worker is None:
                self._worker = threading.Thread(target=self._import_all, name="uploads", daemon=True)
                self._worker.start()

    def _import_all(self) -> None:
        try:
            with exclusive(self._claim):
                self._finish_left()
                while batch := self._next():
                    self._import(batch)
        finally:
            with self._lock:
                if self._worker is threading.current_thread():
                    self._worker = None

    def _finish_left(self) -> None:
        """Finish what a process that ended was importing; only who holds the claim imports, so nobody does.

        What is in the library is not read into it again: somebody may have taken it out since.
        """
        added = []
        for item in self._kept.items():
            if item.state is UploadState.INDEXING and item.report:
                added.append(item)
            elif item.state in (UploadState.READING, UploadState.INDEXING):
                self._become(item, UploadState.WAITING)
        while added:
            added = self._made_searchable(added)

    def _next(self) -> list[UploadItem]:
        """Return what is imported next: a few that wait, no two of one name; without any, the thread has ended."""
        with self._lock:
            batch: dict[str, UploadItem] = {}
            for item in self._kept.items():
                name = stored_name(item.name) or item.name
                if item.state is UploadState.WAITING and name not in batch:
                    batch[name] = item
                if len(batch) == _BATCH:
                    break
            if not batch:
                self._worker = None
            return list(batch.values())

    def _import(self, batch: Sequence[UploadItem]) -> None:
        """Read each file, then make the words of all of them searchable."""
        added = []
        for waiting in batch:
            with self._lock:
                item = self._kept.item(waiting.id)
                if item is None or item.state is not UploadState.WAITING:
                    continue  # cancelled meanwhile
                item = self._become(item, UploadState.READING)
            report = self._read(item)
            if report.outcome in (Outcome.NEW, Outcome.REPLACED):
                added.append(self._become(item, UploadState.INDEXING, report))
            else:
                self._finish(item, UploadState.DONE, report)
        while added:
            added = self._made_searchable(added)

    def _read(self, item: UploadItem) -> FileReport:
        """Import one file into the library; the place of its name, so that a newer file replaces what it brought."""
        path = self._landing / (stored_name(item.name) or item.id)
        try:
            shutil.copyfile(self._kept.bytes_of(item), path)
            with self._changing:
                report = self._assistant.add([path], searchable=False)[0]
        except (AskIlyaError, OSError) as error:
            return refused(item.name, str(error))
        except Exception:  # noqa: BLE001  # whatever a file does, the others are imported
            _LOG.exception("%s could not be imported", item.name)
            return refused(item.name, UNFORESEEN)
        finally:
            path.unlink(missing_ok=True)
        return report.model_copy(update={"origin": item.name})

    def _made_searchable(self, added: list[UploadItem]) -> list[UploadItem]:
        """Embed the words of sources just added, and finish them; return those left where one was cancelled."""
        ids = {item.id for item in added}

        def advance(done: int, total: int) -> None:
            self._progress.update(dict.fromkeys(ids, (done, total)))
            if self._unwanted & ids:
                raise _Cancelled

        try:
            if self._unwanted & ids:
                raise _Cancelled
            self._assistant.index.sync(advance)
        except _Cancelled:
            return self._without_unwanted(added)
        except Exception as error:  # noqa: BLE001  # told in the report, and in the log
            # the words are in the library; the next change of the index makes them searchable
            _LOG.exception("uploads could not be made searchable")
            reason = str(error) if isinstance(error, AskIlyaError) else UNFORESEEN
            for item in added:
                report = (item.report or refused(item.name, reason)).model_copy(update={"reason": reason})
                self._finish(item, UploadState.DONE, report)
            return []
        for item in added:
            self._finish(item, UploadState.DONE, item.report)
        return []

    def _without_unwanted(self, added: list[UploadItem]) -> list[UploadItem]:
        """Take new sources that are no longer wanted out; what replaced an older edition stays."""
        left = []
        for item in added:
            report = item.report
            if item.id not in self._unwanted:
                left.append(item)
            elif report and report.source_id and report.outcome is Outcome.NEW:
                self._assistant.library.remove(report.source_id)
                self._finish(item, UploadState.CANCELLED)
            else:
                self._unwanted.discard(item.id)
                left.append(item)
        if not left:
            self._assistant.index.sync()
        return left

    def _become(self, item: UploadItem, state: UploadState, report: FileReport | None = None) -> UploadItem:
        changed = item.model_copy(update={"state": state, "report": report})
        self._kept.keep(changed)
        return changed

    def _finish(self, item: UploadItem, state: UploadState, report: FileReport | None = None) -> None:
        self._become(item, state, report)
        self._kept.bytes_of(item).unlink(missing_ok=True)
        self._progress.pop(item.id, None)
        self._unwanted.discard(item.id)


def _refusal(name: str, length: int, count: int, size: int) -> str | None:
    if stored_name(name) is None:
        return NAMELESS
    if length > MAX_BYTES:
        return f"it has {length // 1_000_000} MB, more than {MAX_BYTES // 1_000_000}; split it."
    if count >= _MOST or size + length > _MOST_BYTES:
        return TOO_MANY
    return None
