"""Killed at any moment while it writes: nothing acknowledged is lost, and every text agrees with its file."""

import os
import signal
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

import pytest

from assistant.records.relocation import relocate
from knowledge.library.backup import back_up, restore
from knowledge.library.integrity import broken_file, damaged
from knowledge.library.store import Library
from knowledge.readers import read
from tests.invented import BEES, MIRA

KILLS = 6


def library_at(path: Path) -> Library:
    return Library(f"sqlite:///{path}")


def add(library: Library, number: int) -> None:
    raw = BEES.replace("honey", f"honey {number}").encode()
    name = f"bees-{number}"
    library.add(read(raw, origin=f"{name}.txt", source_id=name, subject=MIRA), raw, origin=f"{name}.txt")


def holding(path: Path, sources: int) -> Library:
    library = library_at(path)
    for number in range(sources):
        add(library, number)
    return library


def killed(work: Callable[[Callable[[int], None]], None], seconds: float) -> list[int]:
    """Let a process work, kill it after it has told of its first step and so many seconds; return what it told."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(lambda number: (os.write(writes, f"{number}\n".encode()), None)[1])
        finally:
            os._exit(1)
    os.close(writes)
    with os.fdopen(reads) as told:
        first = told.readline()
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return [int(line) for line in (first, *told) if line.endswith("\n")]


def sound(library: Library) -> bool:
    """Whether all that `ilya doctor --deep` looks at in a library is well."""
    return broken_file(library) is None and not list(damaged(library, MIRA, derive=True))


def moments(most: float) -> list[float]:
    random = Random(7)
    return [random.uniform(0, most) for _ in range(KILLS)]


def test_a_killed_import_has_lost_nothing_that_it_told_of(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    library_at(path).engine.dispose()
    numbers, acknowledged = count(), 0

    def works(tell: Callable[[int], None]) -> None:
        library = library_at(path)
        for number in range(start, start + 1_000):
            add(library, number)
            tell(number)

    for seconds in moments(0.2):
        start = 1_000 * next(numbers)
        told = killed(works, seconds)
        library = library_at(path)
        held = {one.id for one in library.summaries()}
        assert {f"bees-{number}" for number in told} <= held
        assert len([one for one in held if int(one[5:]) >= start]) <= len(told) + 1
        assert sound(library)
        acknowledged += len(told)
        library.engine.dispose()
    assert acknowledged >= KILLS


def test_a_killed_backup_leaves_the_one_before_whole_and_the_library_as_it_was(tmp_path: Path) -> None:
    library = holding(tmp_path / "library.db", 3)
    library.engine.dispose()
    backup = tmp_path / "backup"

    def works(tell: Callable[[int], None]) -> None:
        for number in count():
            back_up(library_at(tmp_path / "library.db"), backup, MIRA)
            tell(number)

    for number, seconds in enumerate(moments(0.2)):
        assert killed(works, seconds)
        contents, _ = restore(backup, tmp_path / f"{number}" / "library.db", MIRA)
        assert contents == (3, ())
        assert sound(library)
    for left in tmp_path.glob(".backup-*"):
        os.utime(left, (0, 0))
    back_up(library, backup, MIRA)
    assert list(tmp_path.glob(".backup-*")) == []


def test_a_killed_restore_leaves_the_old_library_or_the_new_one(tmp_path: Path) -> None:
    for sources in (2, 4):
        back_up(holding(tmp_path / f"{sources}.db", sources), tmp_path / f"{sources}.backup", MIRA)
    place = tmp_path / "home" / "library.db"
    restore(tmp_path / "2.backup", place, MIRA)

    def works(tell: Callable[[int], None]) -> None:
        for number in count():
            restore(tmp_path / f"{(4, 2)[number % 2]}.backup", place, MIRA)
            tell(number)

    for seconds in moments(0.3):
        assert killed(works, seconds)
        assert place.exists()
        library = library_at(place)
        assert len(library.editions()) in (2, 4)
        assert sound(library)
        library.engine.dispose()


def test_at_every_step_of_taking_a_place_there_is_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(holding(tmp_path / "new.db", 4), tmp_path / "backup", MIRA)
    place = tmp_path / "library.db"
    library = holding(place, 2)  # its last words still stand in the file beside it
    seen = []
    for name in ("rename", "replace", "hardlink_to"):
        step = getattr(Path, name)

        def stepping(path: Path, target: Path, step: Callable[[Path, Path], object] = step) -> object:
            if path.parent == tmp_path or target.parent == tmp_path:
                seen.append(len(library_at(place).editions()) if place.exists() else None)
            return step(path, target)

        monkeypatch.setattr(Path, name, stepping)
    _, aside = restore(tmp_path / "backup", place, MIRA)
    assert set(seen) == {2}
    assert len(library_at(place).editions()) == 4
    assert aside is not None
    assert len(library_at(aside).editions()) == 2
    library.engine.dispose()


def test_a_killed_move_leaves_the_other_database_empty_or_full_and_can_be_begun_again(tmp_path: Path) -> None:
    library = holding(tmp_path / "library.db", 20)
    library.engine.dispose()
    done = set()
    for number, seconds in enumerate(moments(0.08)):
        other = tmp_path / f"{number}.db"
        library_at(other).engine.dispose()

        def works(tell: Callable[[int], None], other: Path = other) -> None:
            here, there = library_at(tmp_path / "library.db"), library_at(other)
            tell(0)
            relocate(here, there)
            tell(1)

        told = killed(works, seconds)
        there = library_at(other)
        assert len(there.editions()) in ((20,) if 1 in told else (0, 20))
        assert sound(there)
        if not there.editions():
            assert relocate(library, there).editions == 20
        assert [library.source(f"bees-{n}") for n in range(20)] == [there.source(f"bees-{n}") for n in range(20)]
        done.add(1 in told)
        there.engine.dispose()
    assert False in done
