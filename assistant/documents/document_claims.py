"""Finding, in a Markdown or text document, every quotation that is attributed to the subject, and checking each.

Attributed is what stands between quotation marks or in a block quote and has his name at it: before it with a verb of
speech or a colon, after it behind a dash, in the pronoun of a sentence that follows one about him, or in the heading
it stands under. A quotation that names somebody else at its side is not his.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from assistant.checking import Check, Checker, ClaimRefused
from knowledge.model.subject import Subject
from knowledge.text.words import words

_MIN_WORDS = 4  # shorter quotation marks hold terms and titles
_NEAR = 200  # characters around a quotation in which its speaker is named
_AROUND = " \n\t>*_"
_OPENING = '“"「『«'
_FAR = 1_500  # characters before it in which a pronoun finds its name

_BLOCK = re.compile(r"(?:^(?![ \t]*$).*(?:\n|\Z))+", re.MULTILINE)
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(?P<told>.+?)\s*#*\s*$")
_BLOCK_QUOTE = re.compile(r"^\s{0,3}(?:[-*+]\s+)?>", re.MULTILINE)
_CREDIT = re.compile(
    r"(?:^|\n)[\s>*_]*(?:[—–―]+|--+|-)\s*(?P<who>[^\n]{2,200}?)[\s*_]*$|\s[—–―]\s*(?P<same>[^\n“”\"]{2,120})$"
)
_LABEL = re.compile(r"^[\s>*_\[]*(?P<who>[^\s:：“\"][^:：\n“\"]{1,60}?)[*_\]]*\s*[:：][*_]*\s*(?=\S)")
_QUOTED = re.compile(
    r"“(?P<a>[^“”]{8,}?)”|\"(?P<b>[^\"]{8,}?)\"|「(?P<c>[^「」]{4,}?)」|『(?P<d>[^『』]{4,}?)』|«(?P<e>[^«»]{8,}?)»"
)
_SPEECH = re.compile(
    r"\b(?:sa(?:id|ys|y|ying)|told|tells|wr(?:ote|ites)|put(?:s)? it|explain(?:ed|s)|argue[sd]|add(?:ed|s)|not(?:ed|es)"
    r"|claim(?:ed|s)|state[sd]|ask(?:ed|s)|answer(?:ed|s)|repl(?:ied|ies)|tweet(?:ed|s)|quot(?:e|ed|es|ing)"
    r"|according to|remark(?:ed|s)|insist(?:ed|s)|admit(?:ted|s)|declare[sd]|believe[sd]|warn(?:ed|s)|words"
    r"|recall(?:ed|s))\b"
    r"|说|表示|认为|指出|写道|称|道|提到|强调|原话",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b[A-Z][a-z’'-]+(?: [A-Z]\.)? [A-Z][a-zA-Z’'-]+\b")
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s|\n\s*\n")
_WHEN_WHERE = re.compile(
    r"\b(?:[Aa]t|[Ii]n|[Oo]n|[Dd]uring|to|told|with|for)\s+(?:the\s+|his\s+|an?\s+)?"
    r"(?P<what>(?:[A-Z][\w’'-]*|(?:19|20)\d\d\b)(?:\s+(?:[A-Z#\d][\w’'-]*|of|and))*)"
)
_PRONOUN = re.compile(r"\b[Ss]?[Hh]e\b|\b[Hh](?:is|er)\b|[他她]")


class Basis(StrEnum):
    """Why a quotation is taken to be attributed to him."""

    NAMED = "named"
    PRONOUN = "pronoun"
    HEADING = "heading"
    LABEL = "label"


class Quotation(BaseModel):
    """Characters [start, end) of a document, given there as his words; `line` counts from 1."""

    model_config = ConfigDict(frozen=True)

    line: int
    start: int
    end: int
    text: str
    occasion: str
    """What the document says of when, where and by whom it was said; empty when nothing."""
    basis: Basis


class Checked(BaseModel):
    """A quotation of a document with its verdict, or with the sentence why it cannot be checked."""

    model_config = ConfigDict(frozen=True)

    quotation: Quotation
    check: Check | None = None
    refused: str | None = None


class _Block(NamedTuple):
    start: int
    end: int
    text: str


def check_document(checker: Checker, document: str) -> Iterator[Checked]:
    """Yield every quotation attributed to the subject with its verdict, in the order of the document."""
    for quotation in quotations(document, checker.subject):
        try:
            found = checker.check(quotation.text, occasion=quotation.occasion)
        except ClaimRefused as refused:
            yield Checked(quotation=quotation, refused=str(refused))
        else:
            yield Checked(quotation=quotation, check=found)


def quotations(document: str, subject: Subject) -> list[Quotation]:
    """Return the quotations that a document attributes to the subject, in its order.

    >>> who = Subject(name="Ada Lovelace", aliases=("Lovelace",))
    >>> [found.text for found in quotations("Lovelace said: “The engine weaves patterns.” It did.", who)]
    ['The engine weaves patterns.']
    """
    found: list[Quotation] = []
    headings: dict[int, str] = {}
    before = ""
    for match in _BLOCK.finditer(document):
        block = _Block(match.start(), match.end(), match.group())
        heading = _HEADING.match(block.text.strip("\n").split("\n")[0])
        if heading:
            level = len(heading[1])
            headings = {depth: told for depth, told in headings.items() if depth < level} | {level: heading["told"]}
        reader = _Reader(document, subject, tuple(headings.values()), before)
        found += reader.read(block)
        before = block.text
    return found


class _Reader:
    """Reads one block with what stands above it."""

    def __init__(self, document: str, subject: Subject, headings: tuple[str, ...], before: str) -> None:
        self._document = document
        self._subject = subject
        self._headings = headings
        self._before = before

    def read(self, block: _Block) -> Iterator[Quotation]:
        credit = _CREDIT.search(block.text.rstrip())
        who = (credit["who"] or credit["same"]).strip() if credit else ""
        body_end = block.start + credit.start() if credit and self._names_somebody(who) else block.end
        label = _LABEL.match(block.text)
        spans = [m.span(m.lastgroup or 0) for m in _QUOTED.finditer(self._document, block.start, body_end)]
        spans = [span for span in spans if self._long_enough(*span)]
        if not spans and label and self._subject.is_label(label["who"]):
            start = block.start + label.end()
            if self._long_enough(start, body_end):
                yield self._quotation(start, body_end, "", Basis.LABEL)
            return
        if not spans and not label and _BLOCK_QUOTE.match(block.text) and self._long_enough(block.start, body_end):
            spans = [(block.start, body_end)]
        for index, (start, end) in enumerate(spans):
            left = spans[index - 1][1] if index else block.start
            right = spans[index + 1][0] if index + 1 < len(spans) else body_end
            told = self._attribution(left, start, end, right, who if body_end < block.end else "")
            if told:
                yield self._quotation(start, end, *told)

    def _attribution(self, left: int, start: int, end: int, right: int, credit: str) -> tuple[str, Basis] | None:
        """Return what is said of the occasion, and why the words are given as his; None when they are not."""
        if credit:
            his = self._his(credit) or (self._under_him() and not _NAMED.search(credit))
            return (credit, Basis.NAMED) if his else None
        before = self._document[max(left, start - _NEAR) : start]
        after = _first_sentence(self._document[end : min(right, end + _NEAR)])
        lead = before if before.strip(_AROUND + _OPENING + "-") else self._before[-_NEAR:]
        for told in (_last_sentence(lead), after):
            speaker = self._speaker(told, start)
            if speaker:
                return (_occasion(told), speaker) if isinstance(speaker, Basis) else None
        return ("; ".join(self._headings), Basis.HEADING) if self._under_him() else None

    def _speaker(self, told: str, offset: int) -> Basis | str | None:
        """Return whether a sentence beside a quotation gives it to him, or the other person it names, or None."""
        verb = _SPEECH.search(told)
        colon = told.rstrip(_AROUND + _OPENING).endswith((":", "："))
        if not verb and not colon:
            return None
        parts = (told[: verb.start()], told[verb.end() :]) if verb else (told,)
        for part in parts:
            others = [match for match in _NAMED.finditer(part) if not self._his(match.group())]
            rest = part[others[-1].end() :] if others and part is parts[0] else part
            if self._his(rest):
                return Basis.NAMED
            if _PRONOUN.search(rest) and self._last_named_is_his(offset):
                return Basis.PRONOUN
            if others:
                return others[-1].group()
        return None

    def _quotation(self, start: int, end: int, occasion: str, basis: Basis) -> Quotation:
        inside = self._document[start:end]
        start += len(inside) - len(inside.lstrip(_AROUND))
        end -= len(inside) - len(inside.rstrip(_AROUND))
        line = self._document.count("\n", 0, start) + 1
        text = self._document[start:end]
        return Quotation(line=line, start=start, end=end, text=text, occasion=occasion, basis=basis)

    def _long_enough(self, start: int, end: int) -> bool:
        return len(words(self._document, start, end)) >= _MIN_WORDS

    def _his(self, told: str) -> bool:
        return self._subject.is_mentioned(told)

    def _names_somebody(self, told: str) -> bool:
        return self._his(told) or _NAMED.match(told) is not None or re.search(r"\b(?:19|20)\d\d\b", told) is not None

    def _under_him(self) -> bool:
        """Whether a heading above names him."""
        return any(self._his(told) for told in self._headings)

    def _last_named_is_his(self, offset: int) -> bool:
        """Whether, of the people named in the sentences before, he is the last."""
        before = self._document[max(offset - _FAR, 0) : offset]
        for told in reversed(_SENTENCE_END.split(before)):
            if self._his(told):
                return True
            if _NAMED.search(told):
                return False
        return False


def _occasion(told: str) -> str:
    """Return the years and the names after "at", "in", "to" … of a sentence; the rest of it says nothing of when."""
    return ", ".join(match["what"] for match in _WHEN_WHERE.finditer(told))


def _first_sentence(text: str) -> str:
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def _last_sentence(text: str) -> str:
    return _SENTENCE_END.split(text.rstrip())[-1]
