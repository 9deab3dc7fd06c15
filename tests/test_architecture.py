"""ARCHITECTURE.md says what is so: each place it names is there, each room is on its map, each name means one thing."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PACKAGES = ("assistant", "evals", "knowledge", "prompts", "ui")
ROOMS = sorted({path.parent.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py")})
MOST = 16
"""Modules of one folder; about a dozen is aimed at."""


def named_places(page: str) -> list[str]:
    """Return the files and folders that the page names with a folder before them."""
    return sorted(set(re.findall(r"`((?:assistant|evals|knowledge|prompts|tests|ui|docs)/[\w./-]+?)`", page)))


def is_there(place: str) -> bool:
    """Whether a file or folder of the checkout has this name."""
    return (ROOT / place).exists()


@pytest.mark.parametrize("place", named_places(PAGE))
def test_what_the_page_names_is_there(place: str) -> None:
    assert is_there(place)


def test_a_place_that_is_gone_is_seen() -> None:
    assert [is_there(place) for place in named_places("`ui/web` `knowledge/readers/labels.py`")] == [False, True]


def test_every_room_is_on_the_map() -> None:
    shown = [str(room) for room in ROOMS if not room.match("*/adapters") and "migrations" not in room.parts]
    inner = {"ui/web/chat", "ui/web/routes", "ui/web/templates", "ui/web/access", "ui/slack/listeners"}
    inner |= {"ui/slack/work", "ui/slack/state", "evals/run/systems", "evals/benchmarks/slips", "evals"}
    assert [room for room in shown if f"`{room}" not in PAGE and room not in inner | {"knowledge", "ui"}] == []


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_a_room_can_be_overlooked(room: Path) -> None:
    assert len([path for path in (ROOT / room).glob("*.py") if path.name != "__init__.py"]) <= MOST


def test_a_name_means_one_thing() -> None:
    modules = [path for room in ROOMS for path in (ROOT / room).glob("*.py") if not path.name.startswith("__")]
    counted = Counter(path.stem for path in modules if "adapters" not in path.parts)
    assert [name for name, count in counted.items() if count > 1] == []
