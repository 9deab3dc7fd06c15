"""What readers say of a file, in the page's language: they say it in English, a data file has the Chinese."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from knowledge.model.located_yaml import load_yaml

_GAP = "{}"
_ALSO = "; "
"""Stands between several signs in one gap."""


class _Known(NamedTuple):
    english: re.Pattern[str]
    chinese: str


def sentence_in(language: str, sentence: str) -> str:
    """Return a reader's sentence (a reason, a note) in a language; as it is where we have no translation of it.

    >>> sentence_in("zh", "it has 70 MB, more than 50; split it.")
    '文件有 70 MB，超过 50；请拆分。'
    """
    return _translated(sentence) if language.startswith("zh") else sentence


def notes_in(language: str, notes: Iterable[str]) -> str:
    """Return a source's notes one after the other."""
    return ("" if language.startswith("zh") else " ").join(sentence_in(language, note) for note in notes)


def _translated(sentence: str) -> str:
    for known in _chinese():
        if found := known.english.fullmatch(sentence):
            return known.chinese.format(*(_ALSO.join(map(_translated, gap.split(_ALSO))) for gap in found.groups()))
    return sentence


@cache
def _chinese() -> tuple[_Known, ...]:
    """Return the translations, those with the most fixed words first."""
    told: dict[str, str] = load_yaml(Path(__file__).with_name("reader_sentences_zh.yaml")).value
    ordered = sorted(told, key=lambda one: -len(one.replace(_GAP, "")))
    return tuple(
        _Known(re.compile("(.*?)".join(map(re.escape, one.split(_GAP))), re.DOTALL), told[one]) for one in ordered
    )
