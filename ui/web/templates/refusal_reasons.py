"""Why a file was refused, in the reader's language: the readers say it in English, a data file has the Chinese."""

import re
from functools import cache
from pathlib import Path

from knowledge.model.located_yaml import load_yaml

_GAP = "{}"


def reason_in(language: str, reason: str) -> str:
    """Return a reader's reason in a language; as it is where we have no translation of it.

    >>> reason_in("zh", "it has 70 MB, more than 50; split it.")
    '文件有 70 MB，超过 50；请拆分。'
    """
    if not language.startswith("zh"):
        return reason
    for pattern, told in _chinese():
        if found := pattern.fullmatch(reason):
            return told.format(*found.groups())
    return reason


@cache
def _chinese() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the translations, those with the most fixed words first."""
    told: dict[str, str] = load_yaml(Path(__file__).with_name("refusals_zh.yaml")).value
    ordered = sorted(told, key=lambda reason: -len(reason.replace(_GAP, "")))
    return tuple((re.compile("(.*?)".join(map(re.escape, one.split(_GAP))), re.DOTALL), told[one]) for one in ordered)
