"""Blocks that are a quotation as a whole: labelled lines, posts, block quotes, what stands behind "he tweeted:"."""

import re

from assistant.documents.attributed_quotations import MIN_SENTENCE, MIN_WORDS, Basis, Quotation, QuotationCutter
from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.mentions import Who
from assistant.documents.attribution.references import Told
from assistant.documents.block_credits import LONGEST_NAME
from assistant.documents.document_memory import DocumentMemory, basis_of
from assistant.documents.printed_documents import PrintedBlock, seen
from assistant.documents.printed_sentences import AROUND, TERMINAL, is_lead, last_sign, occasion_of, sentences_of
from assistant.documents.quotation_marks import Span
from knowledge.formats.blocks import BlockKind

_CLOCK = r"[\[(]\d{1,2}:\d\d(?::\d\d)?[\])]"
LABEL = re.compile(
    rf"^[\s>*_\u2060]*(?:{_CLOCK}[\s*_\u2060–—-]*)?[\[*_\u2060]*(?:RT )?"
    rf"(?P<who>@?[^\s:：“\"‘„«「(][^:：\n“\"]{{0,60}}?)"
    rf"(?:\s*{_CLOCK})?[*_\]\u2060]*\s*[:：][*_\u2060]*\s*(?=\S)"
)
"""A name and a colon at the beginning of a line."""
_HEAD = re.compile(
    r"^[\s*_\u2060>]*(?:[^\W\d][\w .’'*_\u2060-]{0,40}[·•|(\s]*)?@(?P<handle>\w{2,30})[)*_\u2060]*"
    r"(?:\s*[·•|,–—-][^\n:]{0,50}|\s*)$"
)
_OPEN_TAG = re.compile(
    r"(?P<lead>[^:：\n]*\b(?:tweeted|tweets|wrote|writes|posted|said|says|texted)\b[^:：\n.]{0,60})[:：]\s*(?=\S)"
)
_ANY_TAG = re.compile(r"(?P<lead>[^:：\n]{2,300})[:：][\s\u2060*_]*(?=\S)")
_SLANTED = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?!\s)[^*_]+(?P=mark)[.,;]?")
_LONGEST_LEAD = 300  # characters before the colon that are read: a page without a full stop is read in linear time
_COLON = re.compile("[:：]")


def head_of(memory: DocumentMemory, block: PrintedBlock) -> Who | None:
    """Return whose post begins with this line: "Ada Lovelace @ada · 2 h"."""
    head = _HEAD.match(seen(memory.text(block)))
    if not head or sum(word.islower() for word in head.group().split("@")[0].split()) > 1:
        return None
    return Who.HIM if head["handle"].casefold() in memory.subject.handles else Who.OTHER


def label_of(memory: DocumentMemory, shown: str) -> tuple[Who, int] | None:
    """Return whose line it is by its label, and where the words behind the label begin."""
    match, subject = LABEL.match(shown), memory.subject
    if not match:
        return None
    who = seen(match["who"]).strip(AROUND)
    who = who.strip("[]") if who.startswith("[") else who
    bare = re.sub(r"[(（\[][^)）\]]*(?:[)）\]]|$)|@\w+", " ", who).strip() or who
    if bare.split()[0].casefold() in words_of("rubrics"):
        return None
    if subject.is_label(bare) or who.removeprefix("@").casefold() in subject.handles:
        return Who.HIM, match.end()
    named = all(word[:1].isupper() or word.casefold() in words_of("particles") for word in bare.split())
    if who.startswith("@") or (named and len(bare.split()) <= LONGEST_NAME and not subject.is_mentioned(bare)):
        return Who.OTHER, match.end()
    return None


class WholeBlocks:
    """Reads blocks as wholes."""

    def __init__(self, memory: DocumentMemory, cutter: QuotationCutter) -> None:
        self._memory = memory
        self._cutter = cutter

    def quotation(
        self,
        block: PrintedBlock,
        end: int,
        spans: list[Span],
        label: tuple[Who, int] | None,
        credit: Told | None,
        source: str = "",
    ) -> Quotation | None:
        """Return the quotation that a block is as a whole; None where quotation marks decide.

        `source` is what stands below an item of a list as its source.
        """
        start = block.start + (label[1] if label else 0)
        text = self._memory.printed.shown[start:end]
        covered = sum(span.end - span.start for span in spans)
        if covered * 2 > len(text.strip()):
            return None
        owner = label[0] if label else self._memory.owner if block.kind is BlockKind.PARAGRAPH else None
        if owner is Who.HIM:
            return self._cutter.cut(start, end, "", Basis.LABEL, least=MIN_SENTENCE)
        if block.kind is BlockKind.QUOTE and (not spans or self._is_bare(start, end, spans)):
            return self._block_quote(start, end, credit)
        if spans and covered:
            return None
        if block.kind is BlockKind.ITEM and block.depth == 1 and self._memory.among_his_quotes and not credit:
            return self._cutter.cut(start, end, source or self._memory.told_by_headings(), Basis.HEADING)
        names = credit is not None and not self._memory.tags.sentence(credit.by).verbs
        if credit and names and credit.who is Who.HIM and block.kind is not BlockKind.HEADING:
            least = MIN_SENTENCE if last_sign(text) in TERMINAL else MIN_WORDS
            return self._cutter.cut(start, end, credit.by, Basis.NAMED, least=least)
        return self._after_colon(start, end)

    def _is_bare(self, start: int, end: int, spans: list[Span]) -> bool:
        """Whether a block quote tells nothing of who said what stands between its quotation marks."""
        shown = self._memory.printed.shown
        outside = [start, *(at for span in spans for at in span.outer), end]
        gaps = (seen(shown[first:last]) for first, last in zip(outside[::2], outside[1::2], strict=True))
        speakers = (self._memory.tags.sentence(gap).speaker() for gap in gaps)
        return all(one is None or one.who is Who.NARRATOR for one in speakers)

    def _block_quote(self, start: int, end: int, credit: Told | None) -> Quotation | None:
        memory = self._memory
        if credit:
            return self._cutter.cut(start, end, credit.by, Basis.NAMED) if credit.who is Who.HIM else None
        lead = memory.tags.before(memory.lead) if memory.lead else None
        if lead and lead.who is not Who.NARRATOR:
            his = memory.resolved(lead) is Who.HIM
            return self._cutter.cut(start, end, occasion_of(memory.lead), basis_of(lead)) if his else None
        if is_lead(memory.lead) and memory.focus.who:
            his = memory.focus.who is Who.HIM
            return self._cutter.cut(start, end, occasion_of(memory.lead), Basis.CONTINUED) if his else None
        if memory.under_him() and memory.focus.who is not Who.OTHER:
            return self._cutter.cut(start, end, memory.told_by_headings(), Basis.HEADING)
        return None

    def _slanted(self, start: int, end: int) -> re.Match[str] | None:
        """Return the lead before a colon behind which all is in italics or bold: "She put it this way: *…*"."""
        printed = self._memory.printed
        match = _ANY_TAG.match(printed.shown, start, end)
        told = printed.text[match.end("lead") + 1 : end].strip() if match else ""
        return match if _SLANTED.fullmatch(told) else None

    def _after_colon(self, start: int, end: int) -> Quotation | None:
        """Return what stands without quotation marks behind "he tweeted:" up to the end of its paragraph."""
        shown = self._memory.printed.shown
        leads = (
            _OPEN_TAG.match(
                shown, max(start, shown.rfind("\n", start, colon.start()) + 1, colon.start() - _LONGEST_LEAD)
            )
            for colon in _COLON.finditer(shown, start, end)
        )
        match = next((one for one in leads if one), None) or self._slanted(start, end)
        if not match or re.match(r"\s*(?:that|this)\b", seen(shown[match.end() : match.end() + 12])):
            return None
        lead = sentences_of(match["lead"])[-1]
        told = self._memory.tags.before(seen(lead) + ":")
        if told is None or self._memory.resolved(told) is not Who.HIM:
            return None
        return self._cutter.cut(match.end(), end, occasion_of(seen(lead)), basis_of(told))
