"""What no quotation book may hold: the same words twice, in one file or in two."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.model.located_yaml import Handwritten
from knowledge.starter.book_format import BookFile

_RUN = 4
"""Words in a row that are compared."""
_SHARED = 0.5
"""Share of the shorter quotation's runs from which on two quotations are one."""
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


class Quoted:
    """A quotation with the place it stands at, and its runs of words."""

    def __init__(self, file: Handwritten, number: int, text: str) -> None:
        self.file, self.number, self.text = file, number, text
        words = _WORD.findall(text.lower())
        self.runs = {tuple(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1))}


def refuse_duplicates(files: Iterable[tuple[Handwritten, BookFile]]) -> None:
    """Compare every quotation with those before it.

    Raises:
        BookError: half of a quotation's words stand in another one; names its line and the place of the other.
    """
    holding: dict[tuple[str, ...], list[Quoted]] = defaultdict(list)
    for quoted in _quotations(files):
        shared: dict[int, tuple[int, Quoted]] = {}
        for run in quoted.runs:
            for other in holding[run]:
                count, _ = shared.get(id(other), (0, other))
                shared[id(other)] = (count + 1, other)
            holding[run].append(quoted)
        for count, other in shared.values():
            if count >= _SHARED * min(len(quoted.runs), len(other.runs)):
                keys: list[str | int] = ["quotations", quoted.number, "text"]
                raise quoted.file.error(keys, f"these words are those of {_place(other, quoted.file.path)}")


def _quotations(files: Iterable[tuple[Handwritten, BookFile]]) -> Iterator[Quoted]:
    for file, book in files:
        for number, quotation in enumerate(book.quotations):
            yield Quoted(file, number, quotation.text)


def _place(other: Quoted, path: Path) -> str:
    line = other.file.node(["quotations", other.number, "text"]).start_mark.line + 1
    return f"line {line}" if other.file.path == path else f"{other.file.path.name}, line {line}"
