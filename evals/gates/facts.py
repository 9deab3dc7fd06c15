"""What is known of a quote apart from our library: facts read from the raw file by the suite's own means."""

import re
from typing import NamedTuple

import yaml

from evals.gates.raw_text import words_of


class Facts(NamedTuple):
    """Facts that an attribution must agree with; None where nothing independent is known."""

    title: str | None = None
    date: str | None = None
    venue: str | None = None
    url: str | None = None
    provenance: str | None = None
    said_between: tuple[float, float] | None = None
    """Seconds between which the quote starts."""
    asked: tuple[str, ...] = ()
    """The forms of the question that the words answer."""


class NotHis(ValueError):
    """The raw file does not give these words as his."""


def facts_of(raw: str, raw_start: int, words: str) -> Facts:
    """Return what the raw file itself says about words that stand at `raw_start`.

    Raises:
        NotHis: the file is a book of quotations, and the words stand in none of them.
    """
    if raw.startswith("id: ") and "\nquotations:\n" in raw:
        return _book_facts(raw, words)
    return Facts(said_between=_cue(raw, raw_start))


def _book_facts(raw: str, words: str) -> Facts:
    book = yaml.load(raw, Loader=yaml.BaseLoader)
    wanted = " ".join(words_of(words))
    for quotation in book["quotations"]:
        renderings = [rendering["text"] for rendering in quotation.get("renderings", ())]
        for text in (quotation["text"], *renderings):
            if wanted in " ".join(words_of(text)):
                said_at = float(quotation["said_at"]) if text is quotation["text"] and "said_at" in quotation else None
                return Facts(
                    title=book["title"],
                    date=book["date"],
                    venue=book["venue"],
                    url=book.get("url"),
                    provenance="translation" if text in renderings else book["provenance"],
                    said_between=None if said_at is None else (said_at, said_at),
                    asked=tuple(quotation["question"].values()),
                )
    raise NotHis("the words stand in no quotation of the book")


_CUE = re.compile(r"^((?:\d+:)?\d+:\d\d[.,]\d{3}) --> ((?:\d+:)?\d+:\d\d[.,]\d{3}).*$", re.MULTILINE)


def _cue(raw: str, offset: int) -> tuple[float, float] | None:
    found = None
    for cue in _CUE.finditer(raw):
        if cue.start() > offset:
            break
        found = cue
    return (_seconds(found[1]), _seconds(found[2])) if found else None


def _seconds(stamp: str) -> float:
    total = 0.0
    for part in stamp.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
