"""One uploaded file on its way into the library, and the folder that keeps each until its report is dismissed.

An item is `ID.json` and, once its bytes have come, `ID.bytes`. Each is replaced whole, so that another process never
reads half of one.
"""

import os
import secrets
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.library.importer import FileReport, Outcome

LONGEST_NAME = 200
"""Bytes of a file's name; file systems take 255."""
_FORGOTTEN_AFTER = 24 * 3600.0
"""Seconds after which a file that was announced and never came is forgotten."""


class UploadState(StrEnum):
    """How far an upload is."""

    AWAITED = "awaited"
    """Announced; its bytes have not come."""
    WAITING = "waiting"
    READING = "reading"
    INDEXING = "indexing"
    """In the library; its words are being made searchable."""
    DONE = "done"
    CANCELLED = "cancelled"


FINISHED = frozenset({UploadState.DONE, UploadState.CANCELLED})


class UploadItem(BaseModel):
    """One file: `done` of `total` passages are searchable; `report` says what was understood of it, once it is read."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    size: int
    state: UploadState
    done: int = 0
    total: int = 0
    report: FileReport | None = None

    @property
    def share(self) -> float:
        """Return how much of the work on it is done, from 0 to 1."""
        if self.state in FINISHED:
            return 1.0
        if self.state is UploadState.INDEXING:
            return 0.3 + 0.7 * (self.done / self.total if self.total else 0.0)
        return {UploadState.AWAITED: 0.0, UploadState.WAITING: 0.1}.get(self.state, 0.2)


def refused(name: str, reason: str) -> FileReport:
    """Return the report on a file that is not imported."""
    return FileReport(origin=name, outcome=Outcome.REFUSED, reason=reason)


def stored_name(name: str) -> str | None:
    """Return the bare name under which a file is imported, None where it cannot be stored under any.

    >>> stored_name("../talks/one.txt"), stored_name("C:/talks/.."), stored_name("a\\nb")
    ('one.txt', None, None)
    """
    bare = Path(name.replace("\\", "/")).name.lstrip(".")
    try:
        fits = bool(bare) and bare.isprintable() and len(bare.encode()) <= LONGEST_NAME
    except UnicodeEncodeError:
        return None
    return bare if fits else None


class UploadFolder:
    """The items on disk, in the order in which they were announced."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def announce(self, name: str, size: int, state: UploadState, report: FileReport | None = None) -> UploadItem:
        """Keep a new item and return it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        item = UploadItem(
            id=f"{time.time_ns():020d}-{secrets.token_hex(4)}", name=name, size=size, state=state, report=report
        )
        self.keep(item)
        return item

    def keep(self, item: UploadItem) -> None:
        """Write an item as it is now."""
        whole = self._path(item.id, "json")
        part = whole.with_suffix(f".{secrets.token_hex(4)}.part")
        part.write_text(item.model_dump_json())
        os.replace(part, whole)

    def item(self, item_id: str) -> UploadItem | None:
        """Return an item, None where there is no such item."""
        if not item_id.replace("-", "").isalnum():
            return None
        try:
            return UploadItem.model_validate_json(self._path(item_id, "json").read_text())
        except (FileNotFoundError, ValidationError):
            return None

    def items(self) -> list[UploadItem]:
        """Return every item; those that were announced a day ago and never came are forgotten."""
        return list(self._items())

    def _items(self) -> Iterator[UploadItem]:
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.glob("*.json")):
            item = self.item(path.stem)
            if item is None:
                continue
            age = time.time() - int(item.id.partition("-")[0]) / 1e9
            if item.state is UploadState.AWAITED and age > _FORGOTTEN_AFTER:
                self.forget(item)
            else:
                yield item

    def forget(self, item: UploadItem) -> None:
        """Take an item and its bytes away."""
        self._path(item.id, "json").unlink(missing_ok=True)
        self.bytes_of(item).unlink(missing_ok=True)

    def bytes_of(self, item: UploadItem) -> Path:
        """Return where an item's bytes stand, or will."""
        return self._path(item.id, "bytes")

    def _path(self, item_id: str, suffix: str) -> Path:
        return self.folder / f"{item_id}.{suffix}"
