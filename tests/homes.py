"""Copies of data folders for tests that write to them."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path


def copy_home(home: Path, to: Path) -> Path:
    """Copy a data folder whose library may be open in this process; return the copy.

    SQLite copies its own file: to open and close it by hand would drop the locks this process holds on it, and
    another process could then take away its log (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    shutil.copytree(home, to, ignore=shutil.ignore_patterns("library.db*"), dirs_exist_ok=True)
    with closing(sqlite3.connect(home / "library.db")) as source, closing(sqlite3.connect(to / "library.db")) as copy:
        source.backup(copy)
    return to
