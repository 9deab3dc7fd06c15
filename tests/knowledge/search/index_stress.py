"""Askers beside importers, in threads and processes: `python -m tests.knowledge.search.index_stress --sources 500`.

Importers add a source, take an older one out, and acknowledge both once the index is in step. Askers hold every state
they open against what was acknowledged before they opened it. Nobody may fail.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from langchain_core.embeddings import DeterministicFakeEmbedding

from knowledge.library.store import Library
from knowledge.search import Index
from knowledge.text.words import keys
from tests.invented import labelled_source

_KEPT = 4
"""Sources of an importer that are searched at a time."""


def main() -> None:
    """Run importers and askers in a folder of their own, or be one of the importers."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sources", type=int, default=100, help="sources that each importer adds")
    asked.add_argument("--importers", type=int, default=2, help="processes that import")
    asked.add_argument("--askers", type=int, default=4, help="threads that ask")
    asked.add_argument("--folder", type=Path, help="be an importer in this folder")
    asked.add_argument("--name", help="this importer's name")
    given = asked.parse_args()
    if given.folder:
        run_importer(given.folder, given.name, given.sources)
        return
    with tempfile.TemporaryDirectory() as folder:
        states = run(Path(folder), importers=given.importers, askers=given.askers, sources=given.sources)
    sys.stdout.write(f"{states} states were asked, nothing failed\n")


def run(folder: Path, *, importers: int, askers: int, sources: int) -> int:
    """Let importers and askers work side by side; return how many states were asked.

    Raises:
        AssertionError: an importer failed, or a state lacked what had been acknowledged.
    """
    open_index(folder)[1].sync()
    command = [sys.executable, "-m", "tests.knowledge.search.index_stress", "--folder", str(folder)]
    running = [
        subprocess.Popen([*command, "--sources", str(sources), "--name", f"i{number}"], stderr=subprocess.PIPE)
        for number in range(importers)
    ]
    serving = open_index(folder)
    with ThreadPoolExecutor(askers + 1) as pool:
        asking = [pool.submit(_ask_until_done, folder, *serving, running) for _ in range(askers)]
        asking.append(pool.submit(_ask_until_done, folder, *open_index(folder), running))
        said = [process.communicate()[1] for process in running]
    assert not any(process.returncode for process in running), b"".join(said).decode()
    return sum(asked.result() for asked in asking)


def open_index(folder: Path) -> tuple[Library, Index]:
    """Open the library and index of a stress, as a process or a thread of its own would."""
    library = Library(f"sqlite:///{folder / 'library.db'}")
    return library, Index(None, folder / "index", library, DeterministicFakeEmbedding(size=16))


def run_importer(folder: Path, name: str, sources: int) -> None:
    """Add sources one after another, keep the last few, acknowledge each step when it is done."""
    library, index = open_index(folder)
    for number in range(sources):
        source_id = f"{name}n{number}"
        text = _text(source_id)
        library.add(labelled_source(text, source_id), text.encode(), origin=source_id)
        if number >= _KEPT:
            _acknowledge(folder, f"-{name}n{number - _KEPT}")  # from now on it may be missing
            library.remove(f"{name}n{number - _KEPT}")
        index.sync()
        _acknowledge(folder, f"+{source_id}")


def _text(source_id: str) -> str:
    turns = (f"Mira Vane: The {source_id} bell rings {turn} times a day. Nobody hears it." for turn in range(3))
    return "\n\n".join(turns) + "\n"


def _acknowledge(folder: Path, line: str) -> None:
    with (folder / "acknowledged").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def _ask_until_done(folder: Path, library: Library, index: Index, running: list[subprocess.Popen[bytes]]) -> int:
    asked = 0
    while any(process.poll() is None for process in running) or not asked:
        _ask(folder, library, index)
        asked += 1
    return asked


def _ask(folder: Path, library: Library, index: Index) -> None:
    """Hold one state against what was acknowledged before it was opened and is still searched after it was asked."""
    before = _acknowledged(folder)
    snapshot, shingles = index.current(), index.shingles.current()
    vector = np.ones(16, dtype=np.float32) / 4
    if len(snapshot):
        near = index.nearest(snapshot, vector, 5)
        found = snapshot.score(vector, near)
        assert np.isfinite(found.plain).all()
        assert np.isfinite(snapshot.score_sample(vector).plain).all()
    told = {
        source_id: (
            np.flatnonzero(snapshot.by_words({source_id: 1.0})).tolist(),
            shingles.runs(keys(f"the {source_id} bell rings 1 times a day")),
        )
        for source_id in before
    }
    kept = before & _acknowledged(folder)
    for source_id in kept:
        numbers, runs = told[source_id]
        passages = [index.passage(snapshot.ids[number]) for number in numbers]
        assert passages, f"{source_id} was acknowledged and is not found"
        assert all(source_id in passage.text for passage in passages), f"{source_id} is answered by other words"
        assert len(runs.place), f"{source_id} was acknowledged and is not checked against"
        assert shingles.source(int(runs.place[0])).id == source_id


def _acknowledged(folder: Path) -> frozenset[str]:
    """Return the sources that must be found now."""
    held: set[str] = set()
    for line in _lines(folder / "acknowledged"):
        (held.add if line[0] == "+" else held.discard)(line[1:])
    return frozenset(held)


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        # a line that is being written has no end yet
        yield from path.read_text(encoding="utf-8").split("\n")[:-1]


if __name__ == "__main__":
    main()
