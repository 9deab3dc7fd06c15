"""Every reason for which a reader refuses a file, and every note of a source, has its Chinese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.model.subject import default_subject
from knowledge.starter.book import book_files, read_book_file
from ui.web.templates.reader_sentences import notes_in, sentence_in
from ui.web.uploads import upload_queue

ROOT = Path(__file__).parents[3]
READERS = (*sorted((ROOT / "knowledge/formats").rglob("*.py")), ROOT / "knowledge/readers.py")


def reasons(path: Path) -> Iterator[str]:
    """Yield the reasons that a module writes, with an invented value in each gap."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "SourceRefused" and len(node.args) == 2:
            told = node.args[1]
            if isinstance(told, ast.Constant):
                yield str(told.value)
            elif isinstance(told, ast.JoinedStr):
                yield "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "something" for part in told.values
                )


ALL = sorted({reason for path in READERS for reason in reasons(path)})


@pytest.mark.parametrize("reason", [*ALL, upload_queue.NAMELESS, upload_queue.TOO_MANY, upload_queue.UNFORESEEN])
def test_a_reason_has_its_chinese(reason: str) -> None:
    told = sentence_in("zh", reason)
    assert told != reason
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told)
    assert sentence_in("en", reason) == reason


def test_the_readers_reasons_are_found_and_an_unknown_one_stays_as_it_is() -> None:
    assert len(ALL) > 20
    assert sentence_in("zh", "the moon is full.") == "the moon is full."
    assert sentence_in("zh", "this PDF has more than 700 pages; add the pages you need.") == (
        "此 PDF 超过 700 页；请只添加所需的页。"
    )


# modules of `knowledge` whose sentences are notes of a source
_FOLDERS = [
    path
    for room in ("interviews", "writings", "speakers")
    for path in sorted((ROOT / "knowledge" / room).rglob("*.py"))
]
NOTING = (*READERS, *_FOLDERS, ROOT / "knowledge/library/importer.py")
_NOTE = re.compile(r"(?:[A-Z]|something )[^\n]*[.]")


def notes(path: Path) -> Iterator[str]:
    """Yield the sentences that a module writes, with an invented value in each gap; neither docstrings nor errors."""
    tree = ast.parse(path.read_text())
    beside = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Expr) for inner in ast.walk(node)
              if isinstance(node, ast.Raise) or isinstance(node.value, ast.Constant)}  # fmt: skip
    beside |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in beside or not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        said = str(node.value) if isinstance(node, ast.Constant) else _filled(node)
        if _NOTE.fullmatch(said) and len(said.split()) > 3:
            yield said


def _filled(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "something" for part in node.values)


NOTES = sorted({note for path in NOTING for note in notes(path)})


@pytest.mark.parametrize("note", NOTES)
def test_a_note_has_its_chinese(note: str) -> None:
    told = sentence_in("zh", note)
    assert told != note
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told)
    assert sentence_in("en", note) == note


def test_notes_are_found_and_signs_inside_them_are_told_in_chinese_too() -> None:
    assert len(NOTES) > 30
    signs = "it repeats somebody else's post; it says so (“digest”)"
    told = sentence_in("zh", f"It is not a record of what was said: {signs}. All of it is background.")
    assert told == "这不是发言记录：转发他人的帖子; 文中如此说明（“digest”）。全部作为背景。"
    assert notes_in("en", ("A b.", "C d.")) == "A b. C d."


@pytest.mark.parametrize("path", book_files(), ids=lambda path: path.stem)
def test_what_the_quotation_book_says_of_a_source_has_its_chinese(path: Path) -> None:
    source = read_book_file(path, default_subject())
    assert source.notes
    for note in source.notes:
        assert sentence_in("zh", note) != note
