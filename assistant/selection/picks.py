"""The only grammar a model may answer in: numbers of passages and sentences, or a reason for none.

`PickReader` reads it while it arrives. Text around the JSON and keys we did not ask for are skipped.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from assistant.answers import Reason
from assistant.models.endpoint import Schema

MAX_PICKS = 50
"""After so many picks a reply is not read on."""

_MAX_PARSES = 1_000  # a reply made of nothing but braces must not keep us busy
_START = re.compile(r'"(?:picks|unanswerable)"\s*:')
_THOUGHT = ("<think>", "</think>")

Number = Annotated[int, Field(ge=1, le=100_000)]


class PickRefused(ValueError):
    """A pick does not point at what was offered."""


class Pick(BaseModel):
    """Sentences `first` to `last`, both included, of a passage; all numbered from 1."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    passage: Number
    first: Number
    last: Number


_NUMBER = {"type": "integer"}
_REASON = {"type": "string", "enum": [reason.value for reason in Reason]}
PICKS = Schema(
    "picks",
    {
        "type": "object",
        "properties": {
            "picks": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"passage": _NUMBER, "first": _NUMBER, "last": _NUMBER},
                    "required": ["passage", "first", "last"],
                    "additionalProperties": False,
                },
            },
            "unanswerable": {"anyOf": [_REASON, {"type": "null"}]},
        },
        "required": ["picks", "unanswerable"],
        "additionalProperties": False,
    },
)


class PickReader:
    """Reads a reply piece by piece."""

    def __init__(self) -> None:
        self._text = ""
        self._start: int | None = None
        self._seen = 0
        self._parses = 0
        self.finished = False
        """Whether the JSON is complete, or not worth reading on."""
        self.reason: Reason | None = None
        """Why the model picks nothing, if it says so."""

    def feed(self, piece: str) -> Iterator[Pick | None]:
        """Take the next piece of the reply; yield the picks it completes, None for each that is not one."""
        searched = len(self._text)
        self._text += piece
        if self.finished or "}" not in piece or not self._begin():
            return
        # a pick is complete where a brace closes; numbers before it cannot grow any more
        for brace in re.finditer(r"\}", self._text[searched:]):
            if not self.finished:
                yield from self._read(searched + brace.end())

    def _begin(self) -> bool:
        opened = 0
        if self._text.lstrip().startswith(_THOUGHT[0]):
            opened = self._text.find(_THOUGHT[1])
        if self._start is None and opened >= 0:
            found = _START.search(self._text, opened)
            self._start = found.start() if found else None
        return self._start is not None

    def _read(self, end: int) -> Iterator[Pick | None]:
        """Read up to a closing brace: it ends the reply, or a pick, or neither (it stands in a string)."""
        if self._start is None or end <= self._start:
            return
        self._parses += 1
        text = b"{" + self._text[self._start : end].encode("utf-8", "replace")
        whole = _parsed(text)
        value = whole or _parsed(text + b"]}")
        if value:
            yield from self._picks(value)
        if whole:
            self.reason = _reason(whole)
        hopeless = self._parses >= _MAX_PARSES or self._seen >= MAX_PICKS or not (value or _may_become_json(text))
        self.finished = bool(whole) or hopeless

    def _picks(self, value: dict[str, Any]) -> Iterator[Pick | None]:
        picks = value.get("picks")
        if not isinstance(picks, list):
            return
        for item in picks[self._seen : MAX_PICKS]:
            self._seen += 1
            try:
                yield Pick.model_validate(item)
            except ValidationError:
                yield None


def _parsed(text: bytes) -> dict[str, Any] | None:
    try:
        value = from_json(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _may_become_json(text: bytes) -> bool:
    try:
        from_json(text, allow_partial=True)
    except ValueError:
        return False
    return True


def _reason(value: dict[str, Any]) -> Reason | None:
    given = value.get("unanswerable")
    return Reason(given) if isinstance(given, str) and given in list(Reason) else None
