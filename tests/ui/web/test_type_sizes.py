"""Six sizes of type in all: every style sheet of the page takes them from one place."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "ui" / "web" / "static"
_SIZED = re.compile(r"(?<![-\w])(?:font-size|font):\s*([^;}]+)")
_ALLOWED = re.compile(r"inherit|(?:italic |bold |\d{3} )*var\(--t[1-6]\)(?:[ /].*)?")


def test_there_are_six_sizes() -> None:
    sizes = re.findall(r"--(t\d+): ([\d.]+)rem", (STATIC / "tones.css").read_text())
    assert [name for name, _ in sizes] == [f"t{number}" for number in range(1, 7)]
    assert [float(size) for _, size in sizes] == sorted(float(size) for _, size in sizes)


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda sheet: sheet.stem)
def test_no_style_sheet_has_a_size_of_its_own(sheet: Path) -> None:
    given = [value.strip() for value in _SIZED.findall(sheet.read_text())]
    assert [value for value in given if not _ALLOWED.fullmatch(value)] == []
