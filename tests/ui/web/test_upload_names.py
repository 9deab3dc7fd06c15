"""Names of uploaded files: what cannot be stored is refused, and no name leaves the folder of uploads."""

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import HTTPException

from ui.web.routes.library_page import _import


class Refused(Exception):
    """Stands for what importing would do: it tells which file it was given."""


def given(home: Path, name: str) -> Path:
    """Return the path under which a file of this name is handed to the importer."""

    def add(paths: list[Path]) -> list[Any]:
        assert paths[0].read_bytes() == b"words"
        raise Refused(paths[0])

    assistant: Any = SimpleNamespace(settings=SimpleNamespace(home=home), add=add)
    with pytest.raises(Refused) as told:
        _import(assistant, threading.Lock(), name, b"words")
    found = told.value.args[0]
    assert isinstance(found, Path)
    return found


@pytest.mark.parametrize(
    "name", ["", ".", "..", "...", "/", "C:\\..\\..", "a\0b", "a\nb", "\ud800", "x" * 201, "数" * 67]
)
def test_a_name_that_cannot_be_stored_is_refused(tmp_path: Path, name: str) -> None:
    assistant: Any = SimpleNamespace(settings=SimpleNamespace(home=tmp_path))
    with pytest.raises(HTTPException) as refused:
        _import(assistant, threading.Lock(), name, b"words")
    assert refused.value.status_code == 422
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("talk.txt", "talk.txt"),
        ("../../talk.txt", "talk.txt"),
        ("C:\\files\\talk.txt", "talk.txt"),
        ("..talk.txt", "talk.txt"),
        ("x" * 200, "x" * 200),
        ("数据.txt", "数据.txt"),
    ],
)
def test_every_other_name_stays_in_the_folder_of_uploads(tmp_path: Path, name: str, stored: str) -> None:
    assert given(tmp_path, name) == tmp_path / "uploads" / stored
    assert list((tmp_path / "uploads").iterdir()) == []
