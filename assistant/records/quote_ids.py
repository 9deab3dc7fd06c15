"""Short permanent names of quotes: which file, which characters, and a check on the words, in one.

    q_ SSSSSSS CCC n AAAA LL        in Crockford's base 32: no i, l, o, u; capitals read the same
       |       |   | |    └ length in characters
       |       |   | └ start in the canonical text
       |       |   └ how many digits the start has
       |       └ check: from the words themselves
       └ the first 35 bits of the SHA-256 of the file

Whoever holds the same file gets the same id, and finds the words by it, without a table.
"""

import hashlib
import re
from typing import NamedTuple

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_FILE, _CHECK = 7, 3
_SHAPE = re.compile(rf"q_([{_DIGITS}]{{{_FILE}}})([{_DIGITS}]{{{_CHECK}}})([1-7])([{_DIGITS}]+)", re.IGNORECASE)


class Pointer(NamedTuple):
    """What an id says: characters [start, end) of a file whose SHA-256 starts with 35 known bits."""

    file_bits: int
    check: str
    start: int
    end: int

    @property
    def sha256_start(self) -> str:
        """Return the hexadecimal digits of the file's SHA-256 that are known: 8 of them."""
        return f"{self.file_bits >> 3:08x}"

    def fits(self, sha256: str, text: str) -> bool:
        """Whether these words of a file with this SHA-256 are the ones the id was made for."""
        return _file_bits(sha256) == self.file_bits and _check_digits(text) == self.check


def quote_id(sha256: str, start: int, text: str) -> str:
    """Return the id of words that start at `start` of the canonical text of a file.

    >>> quote_id("ab" * 32, 0, "It works.")
    'q_nentqaxp8j109'
    """
    at, length = _written(start), _written(len(text))
    return f"q_{_written(_file_bits(sha256), _FILE)}{_check_digits(text)}{len(at)}{at}{length}"


def read_quote_id(name: str) -> Pointer | None:
    """Return what an id points at; None when it is not an id."""
    match = _SHAPE.fullmatch(name.strip())
    if not match:
        return None
    file_digits, check, count, rest = (part.lower() for part in match.groups())
    at, length = rest[: int(count)], rest[int(count) :]
    if len(at) < int(count) or not length or not _value(length):
        return None
    start = _value(at)
    return Pointer(_value(file_digits), check, start, start + _value(length))


def _file_bits(sha256: str) -> int:
    return int(sha256[:10], 16) >> (40 - 5 * _FILE)


def _check_digits(text: str) -> str:
    return _written(int.from_bytes(hashlib.sha256(text.encode()).digest()[:2]) >> 1, _CHECK)


def _written(number: int, width: int = 1) -> str:
    digits = ""
    while number or len(digits) < width:
        number, digit = divmod(number, 32)
        digits = _DIGITS[digit] + digits
    return digits


def _value(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * 32 + _DIGITS.index(digit)
    return number
