"""The language files: equal keys, equal marks, nothing missing, nothing unused."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import ui
from ui.languages import LANGUAGES
from ui.texts import text_tables
from ui.texts.text_tables import language_file, text_table

ROOT = Path(ui.__file__).parent
IN_ENGLISH_BY_THE_VERIFICATION = ("verify.step.", "verify.details.")
"""The steps of a verification and what they found are told in English by the verification itself, to programs too."""


def tables() -> Iterator[tuple[type, str]]:
    """Every table of the surfaces: its kind and its part of the files, read from the code that asks for it."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text_table":
                kind, part, _ = node.args
                assert isinstance(kind, ast.Name)
                assert isinstance(part, ast.Constant)
                module = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
                yield getattr(importlib.import_module(module), kind.id), part.value


TABLES = sorted(tables(), key=lambda one: one[1])


def leaves(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from leaves(below, f"{where}.{number}")
    else:
        yield where, value


def marks(text: str) -> list[str]:
    return sorted(set(re.findall(r"{(\w*)[^{}]*}", text)))


def test_both_languages_have_the_same_keys_and_fill_in_the_same() -> None:
    english, chinese = (dict(leaves(language_file(language))) for language in LANGUAGES)
    ours = {key for key in chinese if not key.startswith(IN_ENGLISH_BY_THE_VERIFICATION)}
    assert ours == english.keys()
    for key, text in english.items():
        assert isinstance(text, str), key
        assert marks(text) == marks(chinese[key]), key


def test_every_part_of_the_files_is_some_table() -> None:
    parts = [part for _, part in TABLES]
    assert sorted(parts) == sorted(language_file("en"))
    assert sorted(parts) == sorted(language_file("zh"))


@pytest.mark.parametrize(("kind", "part"), TABLES, ids=[part for _, part in TABLES])
def test_a_table_declares_every_text_of_its_part(kind: type, part: str) -> None:
    for language in LANGUAGES:
        assert language_file(language)[part].keys() == {field.name for field in fields(kind)}
        assert isinstance(text_table(kind, part, language), kind)


def test_every_text_is_used() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in ROOT.rglob("*")
        if path.suffix in {".py", ".html"} and path.is_file()
    )
    used = set(re.findall(r"\.(\w+)", code))
    assert [
        f"{part}.{name}" for part in language_file("en") for name in language_file("en")[part] if name not in used
    ] == []


@dataclass(frozen=True)
class Greeting:
    hello: str
    counted: tuple[str, str] = ("", "")


def test_an_unknown_language_is_told_in_english_and_a_tag_by_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"en": {"greeting": {"hello": "Hello"}}, "zh": {"greeting": {"hello": "你好"}}}
    monkeypatch.setattr(text_tables, "language_file", files.__getitem__)
    assert text_table(Greeting, "greeting", "ZH-Hant-TW").hello == "你好"
    assert text_table(Greeting, "greeting", "fr").hello == "Hello"
    assert text_table(Greeting, "greeting", "en-GB") is text_table(Greeting, "greeting", "en")


@pytest.mark.parametrize("part", [{}, {"hello": None}, {"hello": "Hello", "counted": ["only one"]}])
def test_a_text_that_is_missing_or_misshapen_is_an_error(part: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_tables, "language_file", lambda language: {f"part of {part}": part})
    with pytest.raises(ValidationError):
        text_table(Greeting, f"part of {part}", "en")
