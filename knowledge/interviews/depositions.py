"""Depositions: testimony taken down by a court reporter, whose header names the one who answers.

The page stands around the words: a number before each line, a time, the reporter's address, the name of the case.
None of it was said, so it is taken off before the labels (`Q.`, `A.`, `THE WITNESS:`, `MR. REED:`) are read.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.document import Document
from knowledge.model.subject import Subject
from knowledge.model.word_rules import RuleFile

TESTIMONY = RuleFile(Path(__file__).with_suffix(".yaml"))

_NUMBER = re.compile(
    r"\s*(?:\d{1,2}:\d{2}(?::\d{2})?\s+)?(?P<number>\d{1,2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?=\s|$)[ \t]*"
)
_HEAD_BLOCKS = 80
_MIN_SPEAKING = 3
_MIN_NUMBERED = 0.6
_MAX_LINE = 28
_MIN_REPEATED = 3
_MAX_RUNNING = 6
_LEFT_OVER = re.compile(r"^\s*\d{1,2}(?:\s|$)|\s\d{1,2}\s*$|(?<=[a-z.,] )\d{1,2} [a-z]|\d{1,2}:\d{2}:\d{2}")
_MAX_LEFT_OVER = 0.04


def is_deposition(document: Document) -> bool:
    """Whether the head of a document says that it is testimony, and people speak in it as in one."""
    head = " \n".join([document.facts.title or "", *(block.text for block in document.blocks[:_HEAD_BLOCKS])])
    if not (TESTIMONY.found("court", head) or TESTIMONY.found("taken", head)):
        return False
    return sum(TESTIMONY.found("speaks", block.text) for block in document.blocks) >= _MIN_SPEAKING


def is_witness(document: Document, subject: Subject) -> bool:
    """Whether a deposition names the subject, and nobody else, as the one who answers.

    Where numbers of lines are left among the words, the page was taken apart and questions may stand in answers.
    """
    if _is_mixed(document.blocks):
        return False
    text = "\n".join([document.facts.title or "", *(block.text for block in document.blocks)])
    taken = TESTIMONY.pattern("taken").finditer(text)
    names = [" ".join((match["name"] or match["witness"]).split()) for match in taken]
    people = [name for name in names if not name.isupper() or name.casefold() not in _NO_PEOPLE]
    theirs = [name for name in people if _bears(name, subject)]
    return bool(theirs) and len(theirs) == len(people)


def without_page(document: Document) -> Document:
    """Return a deposition without line numbers, times and page furniture; any other document as it is."""
    if not is_deposition(document):
        return document
    blocks = [block for block in document.blocks if not TESTIMONY.found("furniture", block.text) or _is_number(block)]
    often = Counter(block.text.strip() for block in blocks)
    blocks = [block for block in blocks if often[block.text.strip()] < _MIN_REPEATED or not _is_running(block.text)]
    numbered = [match for block in blocks if (match := _NUMBER.match(block.text))]
    if len(numbered) >= _MIN_NUMBERED * len(blocks) and _count_up([int(match["number"]) for match in numbered]):
        blocks = [_unnumbered(block) for block in blocks]
    kept = tuple(
        _header(block) for block in blocks if block.text.strip() and not TESTIMONY.found("furniture", block.text)
    )
    noted = document.noting("Line numbers and page headings of the deposition were left out.")
    told = document if len(kept) == len(document.blocks) and kept[-1].text == document.blocks[-1].text else noted
    return replace(told, blocks=kept, wrapped=True)


_NO_PEOPLE = frozenset(["the witness", "counsel"])


def _bears(name: str, subject: Subject) -> bool:
    """Whether a name found behind “deposition of” is the subject's, whatever words in capitals follow it."""
    words = name.split()
    return any(subject.is_label(" ".join(words[:count])) for count in range(len(words), 0, -1))


def _is_mixed(blocks: Sequence[Block]) -> bool:
    left = sum(_LEFT_OVER.search(block.text) is not None for block in blocks)
    return left > _MAX_LEFT_OVER * len(blocks)


def _is_running(text: str) -> bool:
    """Whether a line is one that every page repeats: a name, a firm, a warning; never a label or a sentence."""
    few = 0 < len(text.split()) <= _MAX_RUNNING
    return few and not TESTIMONY.found("speaks", text) and text.strip()[-1] not in ".?!:" and not _is_number_text(text)


def _is_number_text(text: str) -> bool:
    return text.strip().isdecimal()


def _is_number(block: Block) -> bool:
    return block.text.strip().isdecimal() and int(block.text) <= _MAX_LINE


def _count_up(numbers: Sequence[int]) -> bool:
    """Whether numbers before lines count the lines of pages: mostly one more than the one before, or a new page's 1."""
    steps = [right - left == 1 or right == 1 for left, right in pairwise(numbers)]
    return max(numbers) <= _MAX_LINE and sum(steps) >= _MIN_NUMBERED * len(steps)


def _unnumbered(block: Block) -> Block:
    match = _NUMBER.match(block.text)
    return block.cut(match.end()) if match else block


def _header(block: Block) -> Block:
    """Return a block as one line of the page's text; the one that names the witness is no speech."""
    match = TESTIMONY.pattern("taken").fullmatch(block.text.strip())
    return replace(block, kind=BlockKind.HEADING) if match and match["witness"] else replace(block, follows=True)
