"""Tables of texts: a part of `en.yaml` or `zh.yaml` as a typed value, read once."""

from functools import cache
from importlib import resources
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter

from ui.languages import LANGUAGES

DEFAULT_LANGUAGE = "en"

Table = TypeVar("Table")


def text_table(kind: type[Table], part: str, language: str) -> Table:
    """Return the texts that stand under `part` in the file of a language; English for one we do not speak.

    Args:
        kind: the frozen dataclass whose fields are the texts; `{name}` in a text marks what code fills in.
        part: a key at the top of the language files.
        language: a language tag, `zh-Hant-TW` or `en`.

    Raises:
        KeyError: the files have no such part.
        pydantic.ValidationError: a text is missing, or is not of the shape that `kind` declares.
    """
    tag = language.partition("-")[0].lower()
    declared: Any = kind
    table: Table = _table(declared, part, tag if tag in LANGUAGES else DEFAULT_LANGUAGE)
    return table


@cache
def language_file(language: str) -> dict[str, dict[str, Any]]:
    """Return the parts of one language's file, unread by any table."""
    loaded: dict[str, dict[str, Any]] = yaml.load(
        resources.files(__package__).joinpath(f"{language}.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    return loaded


@cache
def _table(kind: Any, part: str, language: str) -> Any:
    return TypeAdapter(kind).validate_python(language_file(language)[part])
