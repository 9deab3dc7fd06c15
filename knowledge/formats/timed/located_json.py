"""JSON with the place of every string: a map to the raw file needs to know where each value stands."""

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NamedTuple

from knowledge.formats.blocks import Piece

_SPACE = re.compile(r"[ \t\n\r]*")
_LITERAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|.)")
_LINES = re.compile(r"[ \t\r]*\n\s*(?=[{\[])")
_MAX_DEPTH = 60


class Text(NamedTuple):
    """A string of a JSON file: its value, and the span between its quotes."""

    value: str
    start: int
    end: int


Value = dict[str, "Value"] | list["Value"] | Text | float | bool | None


class BrokenJson(ValueError):
    """A text is not JSON."""


def parse(text: str, start: int = 0, end: int | None = None) -> Value:
    """Return the value of a JSON text, strings with their places; of JSON Lines, the list of the lines' values.

    Args:
        text: the file.
        start: where the JSON begins in it.
        end: where it ends; at the end of the file, where none is given.

    Raises:
        BrokenJson: it is not JSON, or nested too deep.
    """
    last = len(text) if end is None else end
    value, at = _value(text, _skip(text, start + text.startswith("\ufeff", start)), 0)
    if _skip(text, at) == last:
        return value
    values = [value]
    while _LINES.match(text, at):
        value, at = _value(text, _skip(text, at), 0)
        values.append(value)
    if len(values) == 1 or _skip(text, at) != last:
        raise BrokenJson(f"something follows the value at character {at}")
    return values


def pieces_of(text: str, string: Text) -> tuple[Piece, ...]:
    """Return a string's value as pieces: runs without escapes map one to one, each escape stands alone."""
    pieces, position = [], string.start
    for match in _ESCAPE.finditer(text, string.start, string.end):
        pieces.append(Piece(text[position : match.start()], position, match.start()))
        pieces.append(Piece(json.loads(f'"{match.group()}"'), *match.span()))
        position = match.end()
    pieces.append(Piece(text[position : string.end], position, string.end))
    return tuple(piece for piece in pieces if piece.text)


def _value(text: str, position: int, depth: int) -> tuple[Value, int]:
    if depth > _MAX_DEPTH:
        raise BrokenJson("nested too deep")
    head = text[position : position + 1]
    if head == '"':
        return _string(text, position)
    if head == "{":
        return _object(text, position, depth)
    if head == "[":
        return _array(text, position, depth)
    match = _LITERAL.match(text, position)
    if not match:
        raise BrokenJson(f"no value at character {position}")
    value = json.loads(match.group())
    return (value if isinstance(value, bool) or value is None else float(value)), match.end()


def _string(text: str, position: int) -> tuple[Text, int]:
    try:
        value, end = scanstring(text, position + 1, False)
    except ValueError as error:
        raise BrokenJson(str(error)) from error
    return Text(value, position + 1, end - 1), end


def _object(text: str, position: int, depth: int) -> tuple[dict[str, Value], int]:
    found: dict[str, Value] = {}
    position = _skip(text, position + 1)
    if text.startswith("}", position):
        return found, position + 1
    while True:
        if not text.startswith('"', position):
            raise BrokenJson(f"no key at character {position}")
        key, position = _string(text, position)
        position = _expect(text, position, ":")
        found[key.value], position = _value(text, position, depth + 1)
        position = _skip(text, position)
        if text.startswith("}", position):
            return found, position + 1
        position = _expect(text, position, ",")


def _array(text: str, position: int, depth: int) -> tuple[list[Value], int]:
    found: list[Value] = []
    position = _skip(text, position + 1)
    if text.startswith("]", position):
        return found, position + 1
    while True:
        value, position = _value(text, position, depth + 1)
        found.append(value)
        position = _skip(text, position)
        if text.startswith("]", position):
            return found, position + 1
        position = _expect(text, position, ",")


def _expect(text: str, position: int, mark: str) -> int:
    position = _skip(text, position)
    if not text.startswith(mark, position):
        raise BrokenJson(f"no “{mark}” at character {position}")
    return _skip(text, position + 1)


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
