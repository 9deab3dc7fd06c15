"""The list of faults that must be seen: what is replaced in which file, and the tests that must go red."""

from pathlib import Path
from typing import NamedTuple

import yaml

_LIST = Path(__file__).with_name("planted.yaml")


class Fault(NamedTuple):
    """One row of the list."""

    name: str
    """What would go wrong for a user."""
    file: str
    text: str
    """Stands exactly once in the file."""
    instead: str
    tests: tuple[str, ...]
    """Files of tests, one of which must go red."""


def read_faults() -> list[Fault]:
    """Return the faults; those under one file share its tests."""
    rooms = yaml.safe_load(_LIST.read_text(encoding="utf-8"))
    return [
        Fault(row["fault"], room["file"], row["text"], row["instead"], tuple(row.get("tests", room["tests"])))
        for room in rooms
        for row in room["faults"]
    ]
