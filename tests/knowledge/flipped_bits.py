"""Flips bits of a data folder's files, one after another, and tells what somebody who asks then gets to see.

`python -m tests.knowledge.flipped_bits HOME --each 200` goes through a library of your own, a copy of it.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from langchain_core.embeddings import Embeddings

from assistant import Assistant, Settings
from knowledge.model.errors import AskIlyaError
from knowledge.model.subject import Subject
from tests.homes import copy_home


class Seen(NamedTuple):
    """What is shown: quotes and passages with their attribution, verdicts, the list of sources."""

    answers: tuple[str, ...]
    verdicts: tuple[str, ...]
    sources: tuple[str, ...]


class Flip(NamedTuple):
    """One flipped bit, and what came of it.

    `outcome` is `same`, `refused` with its sentence, `wrong` with
    what was shown, `crashed` with what nobody meant for people."""

    file: str
    bit: int
    outcome: str
    told: str


class Reader:
    """Somebody who opens a data folder and asks.

    Args:
        questions: what they ask.
        claims: what they check.
        subject: whom it is about, the default one where it is None.
        embeddings: loaded once.
    """

    def __init__(
        self,
        questions: Sequence[str],
        claims: Sequence[str],
        subject: Subject | None = None,
        embeddings: Embeddings | None = None,
    ) -> None:
        self._questions, self._claims = questions, claims
        self._subject, self._embeddings = subject, embeddings

    def look(self, home: Path) -> Seen:
        """Return what is shown over a data folder.

        Raises:
            AskIlyaError: the one sentence that is shown instead.
        """
        settings = Settings(home=home, starter=False)
        assistant = Assistant.open(settings, subject=self._subject, embeddings=self._embeddings)
        try:
            answers = tuple(assistant.ask(question).model_dump_json() for question in self._questions)
            verdicts = tuple(assistant.check(claim).model_dump_json() for claim in self._claims)
            sources = tuple(one.model_dump_json() for one in assistant.library.summaries())
            return Seen(answers, verdicts, sources)
        finally:
            assistant.library.engine.dispose()


def flips(home: Path, reader: Reader, *, each: int, seed: int = 0, only: str = "*") -> Iterator[Flip]:
    """Flip `each` bits of every file, each in a copy of a folder of its own; yield what came of it."""
    chosen = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        whole = copy_home(home, Path(folder) / "whole")
        expected = reader.look(whole)
        files = sorted(path for path in whole.rglob(only) if path.is_file() and path.stat().st_size)
        names = [path.relative_to(whole) for path in files if not path.name.endswith(("-shm", "-wal", ".lock"))]
        for name in names:
            # most bytes of a young database are empty room
            written = [place for place, byte in enumerate((whole / name).read_bytes()) if byte]
            for place in sorted(chosen.sample(written, min(each, len(written)))):
                bit = 8 * place + chosen.randrange(8)
                copy = Path(folder) / "copy"
                shutil.copytree(whole, copy, ignore=shutil.ignore_patterns("*-shm", "*-wal", "page.log"))
                _flip(copy / name, bit)
                yield Flip(str(name), bit, *_outcome(reader, copy, expected))
                shutil.rmtree(copy)


def _outcome(reader: Reader, home: Path, expected: Seen) -> tuple[str, str]:
    try:
        seen = reader.look(home)
    except AskIlyaError as error:
        return "refused", str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody was to see it
        return "crashed", f"{type(error).__name__}: {error}"
    for part in Seen._fields:
        had, has = getattr(expected, part), getattr(seen, part)
        if had != has:
            changed = [f"{before} -> {after}" for before, after in zip(had, has, strict=False) if before != after]
            return "wrong", f"{part}: {changed or [len(had), len(has)]}"
    return "same", ""


def _flip(path: Path, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(bit // 8)
        found = file.read(1)[0]
        file.seek(bit // 8)
        file.write(bytes([found ^ 1 << bit % 8]))


def main() -> None:
    """Go through a copy of a library and print what was not the same."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("home", type=Path)
    asked.add_argument("--each", type=int, default=20, help="bits of each file")
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--only", default="*", help="files of this name")
    given = asked.parse_args()
    reader = Reader(["What is AGI?", "Why did OpenAI give up on robotics?"], ["There was no path to data on robotics."])
    counted: Counter[tuple[str, str]] = Counter()
    for flip in flips(given.home, reader, each=given.each, seed=given.seed, only=given.only):
        counted[flip.file.split("/")[-1], flip.outcome] += 1
        if flip.outcome in ("wrong", "crashed"):
            sys.stdout.write(f"{flip.file} bit {flip.bit}: {flip.told[:400]}\n")
    for (file, outcome), count in sorted(counted.items()):
        sys.stdout.write(f"{file}: {outcome} {count}\n")


if __name__ == "__main__":
    main()
