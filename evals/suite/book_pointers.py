"""Words of the quotation book in a case file, named by their place: the book is the one file that holds them.

`{source: …, entry: 12, sentences: 2-3, sha: 1f0a9c27}` stands for sentences 2 and 3 of the twelfth quotation of that
file. `sha` begins the SHA-256 of the words, so that a book that changed is told and never measured against other words.
Where any wording of the entry will do, `{source: …, asked: "Why …?"}` names it by its English question.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.model.source import Source
from knowledge.model.subject import default_subject
from knowledge.model.turns import Turn
from knowledge.starter.book import book_files, read_book_file
from knowledge.text.sentences import sentences

SHA_LENGTH = 8


class NotPointed(ValueError):
    """A place of the quotation book that cannot be used; its text says why."""


class Pointer(BaseModel):
    """A place of the quotation book; entries and sentences count from 1."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    source: str
    entry: Annotated[int, Field(ge=1)]
    sentences: Annotated[str | None, Field(pattern=r"^\d+(-\d+)?$")] = None
    """One, or the first and last of a run; the whole entry when not given."""
    rendering: str | None = None
    """The language of a rendering, instead of his own words."""
    sha: str
    replace: Mapping[str, str] = {}
    """What stands in place of what, for a claim that alters his words."""

    def words(self) -> str:
        """Return the words that stand there.

        Raises:
            NotPointed: the book has no such place, or other words there than the case was written for.
        """
        text = self._said(_book_source(self.source))
        sha = fingerprint(text)
        if sha != self.sha:
            raise NotPointed(f"{self} now reads “{text}”: if that is still meant, its sha is {sha}")
        for old, new in self.replace.items():
            if text.count(old) != 1:
                raise NotPointed(f"“{old}” stands {text.count(old)} times in {self}, so it cannot be replaced")
            text = text.replace(old, new)
        return text

    def __str__(self) -> str:
        place = f"entry {self.entry} of {self.source}"
        return f"{place}, sentences {self.sentences}" if self.sentences else place

    def _said(self, source: Source) -> str:
        turn = self._turn(source)
        spans = sentences(source.text, turn.start, turn.end)
        first, _, last = (self.sentences or f"1-{len(spans)}").partition("-")
        start, end = int(first), int(last or first)
        if not 1 <= start <= end <= len(spans):
            raise NotPointed(f"entry {self.entry} of {self.source} has {len(spans)} sentences, not {self.sentences}")
        return source.text[spans[start - 1].start : spans[end - 1].end]

    def _turn(self, source: Source) -> Turn:
        entries = [turn for turn in source.turns if turn.renders is None]
        if self.entry > len(entries):
            raise NotPointed(f"{self.source} has {len(entries)} entries, not {self.entry}")
        said = entries[self.entry - 1]
        if self.rendering is None:
            return said
        rendered = [t for t in source.turns if t.renders == said.start and t.language == self.rendering]
        if not rendered:
            raise NotPointed(f"entry {self.entry} of {self.source} has no rendering in “{self.rendering}”")
        return rendered[0]


class Asked(BaseModel):
    """An entry of the quotation book, by the question that it answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    asked: str

    def words(self) -> str:
        """Return the words of the entry.

        Raises:
            NotPointed: no entry answers that question.
        """
        source = _book_source(self.source)
        for turn in source.turns:
            if turn.question == self.asked and turn.renders is None:
                return source.text[turn.start : turn.end]
        raise NotPointed(f"no entry of {self.source} answers “{self.asked}”: name another one, or leave it out")


def fingerprint(text: str) -> str:
    """Return what `sha` must be for these words."""
    return hashlib.sha256(text.encode()).hexdigest()[:SHA_LENGTH]


def with_words(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a case with words in place of places: in evidence, sentence, needs, and claims.

    Raises:
        NotPointed: a place cannot be used.
    """
    found = dict(fields)
    if isinstance(found.get("evidence"), list):
        found["evidence"] = [_evidence(one) if _points(one) else one for one in found["evidence"]]
    if isinstance(found.get("turns"), list):
        found["turns"] = [with_words(turn) if isinstance(turn, dict) else turn for turn in found["turns"]]
    for name in ("sentence", "needs"):
        if _points(found.get(name)):
            found[name] = _pointer({"source": found.get("source"), **found[name]}).words()
    if isinstance(found.get("claim"), list):
        found["claim"] = " ".join(_pointer(one).words() if _points(one) else str(one) for one in found["claim"])
    return found


def _points(value: Any) -> bool:
    return isinstance(value, dict) and ("entry" in value or "asked" in value)


def _evidence(fields: Mapping[str, Any]) -> dict[str, str]:
    pointer = _pointer(fields)
    return {"source": pointer.source, "text": pointer.words()}


def _pointer(fields: Mapping[str, Any]) -> Pointer | Asked:
    try:
        return Asked.model_validate(fields) if "asked" in fields else Pointer.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise NotPointed(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


@cache
def _book_source(name: str) -> Source:
    paths: Sequence[Any] = [path for path in book_files() if path.stem == name]
    if not paths:
        raise NotPointed(f"the quotation book has no file “{name}”; point only into the book, quote what else you have")
    return read_book_file(paths[0], default_subject())
