"""Whole states of what is built from the library, one folder each: written aside, checked, moved into place.

One writes at a time, between threads and processes. Who reads keeps the generation it opened until it lets go, and an
older one is removed only when nobody holds it. What stands in a folder is held against its checksums when it is
opened, so that damage is an error and never an empty answer.
"""

import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import finalize

from knowledge.library.file_locks import exclusive, share, unshared
from knowledge.model.errors import AskIlyaError

_MANIFEST = "manifest.json"
_DRAFT = "draft-"
_BLOCK = 1 << 20


class Damaged(AskIlyaError):
    """A generation's files are not what was written; `name` is its folder's."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name


class Generation:
    """A whole state, held: its files stay as long as this object is referred to.

    `key` says what it was made of.
    """

    def __init__(self, folder: Path, held: int) -> None:
        self.folder = folder
        self.name = folder.name
        self.key = folder.name.partition("-")[2]
        self._let_go = finalize(self, os.close, held)

    def verify(self) -> None:
        """Hold every file against its checksum.

        Raises:
            Damaged: one is missing, has another length, or other bytes.
        """
        try:
            listed = json.loads((self.folder / _MANIFEST).read_bytes())
            expected = {str(name): (int(size), int(check)) for name, (size, check) in listed.items()}
        except (ValueError, TypeError, AttributeError) as error:
            raise Damaged(self.name, "its list of files cannot be read") from error
        for name, (size, check) in expected.items():
            path = self.folder / name
            try:
                same = path.stat().st_size == size and _checksum(path) == check
            except FileNotFoundError as error:
                raise Damaged(self.name, f"{name} is missing") from error
            if not same:
                raise Damaged(self.name, f"{name} is not what was written")


class Generations:
    """The generations in one folder.

    Args:
        folder: where they are kept; several processes and threads may share it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest_name(self) -> str | None:
        """Return the name of the newest generation, None when there is none; costs a look into the folder."""
        try:
            return max((name for name in os.listdir(self._folder) if name[:8].isdigit()), default=None)
        except FileNotFoundError:
            return None

    def newest(self) -> Generation | None:
        """Hold and return the newest generation, None when there is none.

        Raises:
            Damaged: its list of files is gone.
        """
        while (name := self.newest_name()) is not None:
            folder = self._folder / name
            try:
                held = share(folder / _MANIFEST)
            except FileNotFoundError as error:
                if self.newest_name() == name:
                    raise Damaged(name, "its list of files is missing") from error
                continue  # a newer one has taken its place
            if held is not None:
                return Generation(folder, held)
        return None

    @contextmanager
    def writer(self) -> Iterator["Writer"]:
        """Wait until nobody else writes, and be the one who does.

        Raises:
            OSError: the folder cannot be written.
        """
        with exclusive(self._folder / "lock"):
            yield Writer(self._folder, self)


class Writer:
    """The one who may publish. Got from `Generations.writer`."""

    def __init__(self, folder: Path, generations: Generations) -> None:
        self._folder = folder
        self._generations = generations

    def publish(self, key: str, write: Callable[[Path], None]) -> str:
        """Let `write` fill a folder, check it and make it the newest generation; return its name.

        Raises:
            OSError: it could not be written; the generation before it is still the newest.
        """
        last = self._generations.newest_name()
        name = f"{int(last[:8]) + 1 if last else 1:08d}-{key}"
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self._folder))
        try:
            draft.chmod(0o755)  # a shared folder is read by others than who wrote it
            write(draft)
            _write_manifest(draft)
            draft.rename(self._folder / name)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        self._sweep(keep=name)
        return name

    def _sweep(self, *, keep: str) -> None:
        """Remove older generations that nobody holds, and what writers left that were killed."""
        for entry in self._folder.iterdir():
            if entry.name.startswith(_DRAFT):
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.is_dir() and entry.name != keep:
                self._remove(entry)

    def _remove(self, entry: Path) -> None:
        try:
            with unshared(entry / _MANIFEST) as is_free:
                if is_free:
                    _discard(entry)
        except FileNotFoundError:  # damaged: nobody can open it
            _discard(entry)


def _discard(folder: Path) -> None:
    """Take a folder out of sight in one step, then delete it."""
    gone = folder.with_name(f"{_DRAFT}{folder.name}")
    folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _write_manifest(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    listed = {str(path.relative_to(folder)): (path.stat().st_size, _checksum(path)) for path in files}
    (folder / _MANIFEST).write_text(json.dumps(listed), encoding="utf-8")


def _checksum(path: Path) -> int:
    """Return the CRC-32 of a file: it stands for accidents, and costs half of what a cryptographic hash does."""
    found = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found = zlib.crc32(block, found)
    return found
