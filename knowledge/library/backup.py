"""One file that holds a whole library: sources with their raw files, answers, votes, keys and sign-ins.

A backup is taken while others read and write, and is one moment of the database. Search files are not in it: they are
made anew. A backup is checked before it is called one, and again before it takes a library's place.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from sqlalchemy import URL

from knowledge.library.integrity import broken_file, damaged
from knowledge.library.store import Library
from knowledge.model.errors import LibraryUnavailable
from knowledge.model.subject import Subject

_DATABASE = "library.db"
_MANIFEST = "manifest.json"
_BESIDE = ("-wal", "-shm")
"""What the names of the files beside SQLite's end in."""
_LEFT = 24 * 3600.0
"""Seconds after which the folder of a copy in the making is one that a killed process left."""


class Contents(NamedTuple):
    """What a backup holds."""

    sources: int
    damaged: tuple[str, ...]
    """Ids of sources that were damaged when it was taken."""


def back_up(library: Library, to: Path, subject: Subject) -> Contents:
    """Write a library into one file, readable by its owner only; return what it holds.

    Raises:
        LibraryUnavailable: the library is no SQLite file, is not whole, or the file cannot be written.
    """
    if library.engine.dialect.name != "sqlite":
        raise LibraryUnavailable(
            "This library is on a database server: back it up with the server's own tool (pg_dump for Postgres)."
        )
    try:
        _clear(to.parent)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=to.parent) as folder:
            copy, draft = Path(folder, _DATABASE), Path(folder, "draft")
            _copy(library, copy)
            contents = _checked(copy, subject)
            manifest = {
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "sha256": _digest(copy),
                "sources": contents.sources,
                "damaged": contents.damaged,
            }
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600))
            with ZipFile(draft, "w") as file:
                file.write(copy, _DATABASE)
                file.writestr(_MANIFEST, json.dumps(manifest))
            draft.replace(to)
    except OSError as error:
        raise LibraryUnavailable(
            f"The backup {to} cannot be written ({error.strerror}): name a file in a folder of yours that has room."
        ) from error
    return contents


def restore(backup: Path, to: Path, subject: Subject) -> tuple[Contents, Path | None]:
    """Put a backup in a library's place; return what it holds and where what stood there was put aside.

    Args:
        backup: a file that `back_up` wrote.
        to: SQLite's file of the library.
        subject: whose words the readers look for.

    Raises:
        LibraryUnavailable: the file is no backup or not whole, or there is no room; nothing has changed.
    """
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _clear(to.parent)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=to.parent) as folder:
            copy = Path(folder, _DATABASE)
            with ZipFile(backup) as file:
                manifest = json.loads(file.read(_MANIFEST))
                file.extract(_DATABASE, folder)
            if _digest(copy) != manifest["sha256"]:
                raise ValueError("its database is not what was written")
            contents = _checked(copy, subject)
            return contents, _take_place(copy, to)
    except (BadZipFile, KeyError, TypeError, ValueError) as error:
        raise LibraryUnavailable(
            f"{backup} is not a whole backup of `ilya backup` ({error}). Nothing was changed."
        ) from error
    except OSError as error:
        raise LibraryUnavailable(
            f"{backup} cannot be restored ({error.strerror}): check that the file is there, and that "
            f"{to.parent} can be written and has room. Nothing was changed."
        ) from error


def _copy(library: Library, to: Path) -> None:
    """Copy one moment of the database, however it is read and written meanwhile."""
    taken = library.engine.raw_connection()
    try:
        with closing(sqlite3.connect(to)) as copy:
            held = taken.driver_connection
            assert isinstance(held, sqlite3.Connection)
            held.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    finally:
        taken.close()


def _checked(copy: Path, subject: Subject) -> Contents:
    """Go through a copy as a library; it is brought to today's tables where it is older."""
    library = Library(URL.create("sqlite", database=str(copy)))
    try:
        if broken := broken_file(library):
            raise LibraryUnavailable(f"The library's file is damaged ({broken}): `ilya doctor` tells what is left.")
        wrong = tuple(one.source_id for one in damaged(library, subject))
        return Contents(len(library.editions()), wrong)
    finally:
        library.engine.dispose()


def _take_place(copy: Path, to: Path) -> Path | None:
    """Keep what stands there aside, under one name, and put the copy into its place, which is never empty."""
    aside = to.with_name(f"{to.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    held = to.exists()
    if held:
        _put_aside(to, aside)
    for end in _BESIDE:
        if (beside := to.with_name(to.name + end)).exists():
            beside.rename(aside.with_name(aside.name + end))
    copy.replace(to)
    return aside if held else None


def _put_aside(path: Path, aside: Path) -> None:
    """Give SQLite's file a second name, with what stood in the log beside it; a damaged one is moved as it is.

    SQLite throws away a log that does not fit its file: a person may still want to look at it.
    """
    if _is_sound(path):
        with closing(sqlite3.connect(path)) as held:
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with suppress(OSError):  # a file system without second names
            aside.hardlink_to(path)
            return
    path.rename(aside)


def _is_sound(path: Path) -> bool:
    """Whether SQLite finds a file whole, which it does not touch for that."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as held:
            return bool(held.execute("PRAGMA quick_check").fetchall() == [("ok",)])
    except sqlite3.DatabaseError:
        return False


def _clear(folder: Path) -> None:
    """Remove copies in the making that killed processes left: they hold a whole library."""
    for kind in (".backup-*", ".restore-*"):
        for left in folder.glob(kind):
            if left.is_dir() and time.time() - left.stat().st_mtime > _LEFT:
                shutil.rmtree(left)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
