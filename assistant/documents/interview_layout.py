"""Interviews that name their speakers by letters or by look: "IS:", "Q. … A. …", bold questions and plain answers.

Whose the answers are is told by the title, or by the first line: it must name him.
"""

import re
from collections import Counter
from collections.abc import Sequence

from assistant.documents.attribution.mentions import Who
from assistant.documents.document_memory import DocumentMemory
from assistant.documents.printed_documents import PrintedBlock, seen
from assistant.documents.printed_sentences import AROUND, last_sign
from knowledge.formats.blocks import BlockKind

_LETTERS = re.compile(
    r"^[\s>*_\u2060]*(?P<who>[^\W\d_](?:\.?\s?[^\W\d_]){0,2}\.?)[*_\u2060]*\s*(?:[.:][*_\u2060]*\s+|：[*_\u2060]*\s*)(?=\S)"
)
_INLINE = re.compile(r"\s*\u2060{2}[^\u2060]{3,300}[?？]\u2060{2}\s+(?=\S)")
"""A bold question with its answer behind it, in one paragraph."""
_YOU = re.compile(r"\byou(?:r|rs|rself|[’']\w+)?\b|[你您]", re.IGNORECASE)
_LONGEST_TITLE = 20  # words of a first line that names whom the interview is with
_LEAST = 2  # questions, and answers, that make an interview
_OPENING = 3  # blocks among which the title is looked for


class InterviewLayout:
    """How one document tells questions from answers."""

    def __init__(self, memory: DocumentMemory, blocks: Sequence[PrintedBlock]) -> None:
        self._memory = memory
        self._letters: dict[str, Who] = {}
        self._asks_inline = False
        self._questions: set[int] = set()
        self._answers: set[int] = set()
        if self._is_with_him(blocks):
            self._read_letters(blocks)
            self._read_looks(blocks)
            asked = [block for block in blocks if _INLINE.match(self._memory.text(block))]
            self._asks_inline = len(asked) >= _LEAST

    def label(self, shown: str) -> tuple[Who, int] | None:
        """Return whose line it is by the letters before it, and where its words begin."""
        inline = _INLINE.match(shown) if self._asks_inline else None
        if inline:
            return Who.HIM, inline.end()
        match = _LETTERS.match(shown) if self._letters else None
        who = self._letters.get(_bare(match["who"])) if match else None
        return (who, match.end()) if match and who else None

    def owner(self, block: PrintedBlock) -> Who | None:
        """Return whose a block is by its look; None where that says nothing."""
        if block.start in self._questions:
            return Who.OTHER
        return Who.HIM if block.start in self._answers else None

    def _is_with_him(self, blocks: Sequence[PrintedBlock]) -> bool:
        for block in blocks[:_OPENING]:
            told = seen(self._memory.text(block))
            title = block.kind is BlockKind.HEADING or len(told.split()) <= _LONGEST_TITLE
            if title and self._memory.subject.is_mentioned(told):
                return True
        return False

    def _read_letters(self, blocks: Sequence[PrintedBlock]) -> None:
        """Learn the letters: his initials beside another's, or Q and A."""
        found = [match for block in blocks if (match := _LETTERS.match(self._memory.text(block)))]
        count = Counter(_bare(match["who"]) for match in found)
        often = {letters for letters, times in count.items() if times >= _LEAST}
        his = "".join(part[0] for part in self._memory.subject.name.split()).upper()
        if his in often and len(often) > 1:
            self._letters = {letters: Who.HIM if letters == his else Who.OTHER for letters in often}
        for asking, answering in (("Q", "A"), ("问", "答"), ("記者", "答"), ("记者", "答")):
            if not self._letters and {asking, answering} <= often:
                self._letters = {asking: Who.OTHER, answering: Who.HIM}

    def _read_looks(self, blocks: Sequence[PrintedBlock]) -> None:
        """Learn the looks: bold paragraphs, or headings, that ask "you"; what follows up to the next is his answer."""
        asking = [block for block in blocks if self._is_question(block)]
        to_him = sum(_YOU.search(self._memory.text(block)) is not None for block in asking)
        if len(asking) < _LEAST or to_him * 2 < len(asking):
            return
        self._questions = {block.start for block in asking}
        answering = False
        for block in blocks:
            if block.start in self._questions:
                answering = True
            elif block.kind is not BlockKind.PARAGRAPH or block.slanted or block.strong:
                answering = answering and block.kind is BlockKind.ITEM
            elif answering:
                self._answers.add(block.start)

    def _is_question(self, block: PrintedBlock) -> bool:
        asks = last_sign(self._memory.text(block)) in ("?", "？")
        return asks and ((block.kind is BlockKind.PARAGRAPH and block.strong) or block.level > 1)


def _bare(letters: str) -> str:
    return re.sub(rf"[.\s{re.escape(AROUND)}]", "", letters).upper()
