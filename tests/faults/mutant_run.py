"""Mutants of the modules that keep the promise, drawn at random with a fixed seed: which of them does no test notice?

    python -m tests.faults.mutant_run [--count 100] [--seed 1] [--only PART OF A PATH]

Every module gives as many. A mutant lives when all tests of its module (`mutants.yaml`) pass.
"""

import argparse
import ast
import random
import sys
import time
from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

import yaml

from tests.faults.mutations import Mutation, mutations
from tests.faults.workshop import ROOT, Workshop, workshop

_LIST = Path(__file__).with_name("mutants.yaml")


class Drawn(NamedTuple):
    """One mutant of a module, and the tests it is run against."""

    file: str
    tests: tuple[str, ...]
    mutation: Mutation


def draw(count: int, seed: int, only: str = "") -> list[Drawn]:
    """Return mutants, in turn one of each module, the same ones for the same seed and code."""
    chance = random.Random(seed)
    rooms = yaml.safe_load(_LIST.read_text(encoding="utf-8"))
    files = [(file, tuple(room["tests"])) for room in rooms for file in room["files"] if only in file]
    heaps = [_shuffled(file, tests, chance) for file, tests in files]
    turns = zip_longest(*heaps)
    drawn = islice((one for turn in turns for one in turn if one is not None), count)
    return sorted(drawn, key=lambda one: (one.file, one.mutation))


def _shuffled(file: str, tests: tuple[str, ...], chance: random.Random) -> Iterator[Drawn]:
    text = (ROOT / file).read_text(encoding="utf-8")
    found = mutations(text)
    chance.shuffle(found)
    return (Drawn(file, tests, one) for one in found if _is_python(one.of(text)))


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def main() -> int:
    """Run the mutants; tell those that live."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    drawn = draw(asked.count, asked.seed, asked.only)
    began, green, living = time.monotonic(), {}, 0
    with workshop() as shop:
        for one in drawn:
            if one.tests not in green:
                found = shop.run(one.tests)
                green[one.tests] = found.code == 0
                if found.code:
                    _tell(f"red without a mutant: {' '.join(one.tests)}\n{found.told}")
            if green[one.tests]:
                living += not _is_noticed(shop, one)
    tried = sum(green[one.tests] for one in drawn)
    minutes = (time.monotonic() - began) / 60
    _tell(f"{living} of {tried} mutants live ({len(drawn) - tried} not tried), in {minutes:.1f} minutes.")
    return 0 if all(green.values()) else 2


def _is_noticed(shop: Workshop, one: Drawn) -> bool:
    text = (shop.folder / one.file).read_text(encoding="utf-8")
    with shop.changed(one.file, one.mutation.of(text)):
        found = shop.run(one.tests)
    if found.code:
        _tell(f"noticed {one.file}:{one.mutation.line}")
        return True
    was = " ".join(text[one.mutation.start : one.mutation.end].split())
    _tell(f"LIVES {one.file}:{one.mutation.line}: “{was}” became “{one.mutation.instead.strip()}”")
    return False


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
