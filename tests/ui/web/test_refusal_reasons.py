"""Every reason for which a reader refuses an uploaded file has its Chinese."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.web.templates.refusal_reasons import reason_in
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
    told = reason_in("zh", reason)
    assert told != reason
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told)
    assert reason_in("en", reason) == reason


def test_the_readers_reasons_are_found_and_an_unknown_one_stays_as_it_is() -> None:
    assert len(ALL) > 20
    assert reason_in("zh", "the moon is full.") == "the moon is full."
    assert reason_in("zh", "this PDF has more than 700 pages; add the pages you need.") == (
        "此 PDF 超过 700 页；请只添加所需的页。"
    )
