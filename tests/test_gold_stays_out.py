"""What we are judged by stays out of what we ship: no question of ../shared/gold stands in the repository."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold"
_ASKED = {"question", "claim"}
_WRITTEN = {".py", ".md", ".yaml", ".yml", ".json", ".jsonl", ".toml", ".html", ".js", ".css", ".txt"}
_SHORTEST = 13
"""Characters; "And why?" stands everywhere."""


def asked(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from asked(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from asked(item, key)
    elif isinstance(value, str) and key in _ASKED and len(value) >= _SHORTEST:
        yield value.lower()


@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold is not here")
def test_no_question_of_the_gold_stands_in_the_repository() -> None:
    lines = (line for path in GOLD.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines())
    questions = {question for line in lines for question in asked(json.loads(line))}
    folders = ("assistant", "knowledge", "prompts", "ui", "evals", "tests", "docs", "examples")
    paths = [path for name in folders for path in (ROOT / name).rglob("*") if path.suffix in _WRITTEN]
    assert paths
    assert questions
    told = {path: path.read_text(encoding="utf-8").lower() for path in [*paths, ROOT / "README.md"]}
    assert [(path.name, question) for path, text in told.items() for question in questions if question in text] == []
