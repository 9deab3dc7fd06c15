"""Reading a document for what it attributes to one person, as a reader does who remembers who was last named.

A quotation belongs to whom a credit behind it, the words beside it, the quotation it goes on from, the label or head of
its post, the person in the light, or the heading above names, in this order. What belongs to nobody is nobody's.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from assistant.documents.attribution_words import words_of
from assistant.documents.mentions import Who
from assistant.documents.named_people import Focus, last_names, roles_of_others
from assistant.documents.printed_documents import PrintedBlock, PrintedDocument, seen
from assistant.documents.quotation_marks import Span, quoted_spans
from assistant.documents.speech_tags import TagReader, Told
from knowledge.formats.blocks import BlockKind
from knowledge.model.subject import Subject
from knowledge.text.words import words

_MIN_WORDS = 4  # shorter quotation marks hold terms and titles
_MIN_SENTENCE = 3  # words of a short quotation that is a sentence of its own
_AROUND = " \n\t\r>*_\u2060\u200b"
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<![ (.][A-Za-z]\.)(?<!\bpp\.)(?<!\b[DM]r\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\bal\.)"
    r"(?<!\bNo\.)(?<!\bSt\.)(?<!\bvs\.)[\s*_\u2060]+(?=[^a-zà-ÿ]|$)|(?<=[。！？])|\n\s*\n"
)
_TERMINAL = frozenset(".!?…。！？")
_LABEL = re.compile(
    r"^[\s>*_\[\u2060]*(?P<who>@?[^\s:：“\"‘„«「(][^:：\n“\"]{0,60}?)[*_\]\u2060]*\s*[:：][*_\u2060]*\s*(?=\S)"
)
_HEAD = re.compile(
    r"^[\s*_\u2060>]*(?:[^\W\d][\w .’'*_\u2060-]{0,40}[·•|(\s]*)?@(?P<handle>\w{2,30})[)*_\u2060]*"
    r"(?:\s*[·•|,–—-][^\n:]{0,50}|\s*)$"
)
_OPEN_TAG = re.compile(
    r"(?P<lead>[^:：\n]*\b(?:tweeted|tweets|wrote|writes|posted|said|says|texted)\b[^:：\n.]{0,60})[:：]\s*(?P<said>\S.*)$",
    re.DOTALL,
)
_WHEN_WHERE = re.compile(
    r"\b(?:[Aa]t|[Ii]n|[Oo]n|[Dd]uring|to|told|with|for)\s+(?:the\s+|his\s+|an?\s+)?"
    r"(?P<what>(?:[A-Z][\w’'-]*|(?:19|20)\d\d\b)(?:\s+(?:[A-Z#\d][\w’'-]*|of|and))*)"
)
_SMALL = frozenset("a an and as at but by for from in into is of on or the to with what how why who".split())


class Basis(StrEnum):
    """Why a quotation is taken to be attributed to him."""

    NAMED = "named"
    PRONOUN = "pronoun"
    CONTINUED = "continued"
    """It goes on from a quotation of his, or he was the last to be spoken of."""
    HEADING = "heading"
    LABEL = "label"
    FOUND = "found"
    """The document names nobody: his words were looked for."""


class Quotation(BaseModel):
    """Characters [start, end) of a document, given there as his words; `line` counts from 1.

    `parts` are its pieces where the document breaks in ("You should never," he said, "ever …"); `text` is then the
    pieces joined, else the characters themselves. `page` is set where the document has pages.
    """

    model_config = ConfigDict(frozen=True)

    line: int
    start: int
    end: int
    text: str
    occasion: str
    """What the document says of when, where and by whom it was said; empty when nothing."""
    basis: Basis
    parts: tuple[tuple[int, int], ...] = ()
    page: int | None = None


class _Quote(NamedTuple):
    """A quotation of a block and whom it belongs to."""

    span: Span
    told: Told | None
    basis: Basis
    joins: bool = False
    """Whether it goes on with the sentence of the quotation before it."""


class QuotationReader:
    """Reads a document from its beginning; remembers who stands in the light, heads of posts and headings."""

    def __init__(self, printed: PrintedDocument, subject: Subject) -> None:
        self._printed = printed
        self._subject = subject
        self._tags = TagReader(subject, last_names(printed.shown))
        self._roles_of_others = roles_of_others(printed.shown, subject)
        others = [word for word in ("she", "her", "hers") if word not in subject.pronouns]
        self._other_pronouns = re.compile(rf"\b(?:{'|'.join(others) or '(?!)'})\b", re.IGNORECASE)
        self._focus = Focus()
        self._last: Told | None = None
        self._headings: dict[int, str] = {}
        self._owner: Who | None = None
        self._lead = ""
        self._open = False
        self._tables: dict[tuple[int, int], list[PrintedBlock]] = {}
        for block in printed.blocks:
            if block.cell:
                self._tables.setdefault((block.table, block.cell[0]), []).append(block)
        labels = sum(_LABEL.match(self._text(block)) is not None for block in printed.blocks)
        self.passed_over = 0
        """Quotations read so far that the document gives to somebody else, or to nobody."""
        self._dialogue = labels * 3 >= len(printed.blocks) and labels > 2

    def read(self) -> Iterator[Quotation]:
        """Yield the quotations that are his, in the order of the document."""
        blocks = self._printed.blocks
        for number, block in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            if block.cell:
                yield from self._cell(block)
            elif block.kind is BlockKind.RULE:
                self._forget()
            else:
                yield from self._block(block, following)

    def _forget(self) -> None:
        self._focus, self._last, self._owner = Focus(None, self._focus.pronoun), None, None
        self._lead, self._open = "", False

    def _text(self, block: PrintedBlock) -> str:
        return self._printed.shown[block.start : block.end]

    def _block(self, block: PrintedBlock, following: PrintedBlock | None) -> Iterator[Quotation]:
        shown = self._text(block)
        if block.kind is BlockKind.HEADING:
            self._headings = {d: told for d, told in self._headings.items() if d < block.level} | {block.level: shown}
            self._forget()
        head = _HEAD.match(seen(shown))
        if head:
            self._owner = Who.HIM if head["handle"].casefold() in self._subject.handles else Who.OTHER
            return
        body_end, credit = self._credited(block, following)
        label = self._label(shown)
        if label and block.kind is not BlockKind.QUOTE:
            self._owner = label[0]
        elif block.spaced and not (self._dialogue and block.kind is BlockKind.PARAGRAPH and not self._is_lead(shown)):
            self._owner = None
        spans = quoted_spans(self._printed.shown, block.start, body_end)
        whole = self._whole(block, body_end, spans, label, credit)
        if whole:
            yield whole
            self._last, self._lead, self._open = Told(Who.HIM), "", False
            self._focus = self._focus.moved(self._last)
            return
        found = list(self._quotes(block, body_end, spans, credit))
        yield from self._joined(block, found)
        self._remember(block, body_end, found)

    @staticmethod
    def _is_lead(shown: str) -> bool:
        return shown.rstrip(_AROUND).endswith((":", "："))

    # Whole blocks: labelled lines, posts, block quotes, paragraphs after "he tweeted:".

    def _label(self, shown: str) -> tuple[Who, int] | None:
        match = _LABEL.match(shown)
        if not match:
            return None
        who = seen(match["who"]).strip(_AROUND + "[]")
        bare = re.sub(r"[(（\[].*?[)）\]]|@\w+", " ", who).strip() or who
        if self._subject.is_label(bare) or who.removeprefix("@").casefold() in self._subject.handles:
            return Who.HIM, match.end()
        named = all(word[:1].isupper() or word.casefold() in words_of("particles") for word in bare.split())
        if who.startswith("@") or (
            named and len(bare.split()) <= _LONGEST_NAME and not self._subject.is_mentioned(bare)
        ):
            return Who.OTHER, match.end()
        return None

    def _whole(
        self, block: PrintedBlock, end: int, spans: list[Span], label: tuple[Who, int] | None, credit: Told | None
    ) -> Quotation | None:
        """Return the quotation that a block is as a whole; None where quotation marks decide."""
        start = block.start + (label[1] if label else 0)
        text = self._printed.shown[start:end]
        covered = sum(span.end - span.start for span in spans)
        if covered * 2 > len(text.strip()):
            return None
        if label or (self._owner and block.kind is BlockKind.PARAGRAPH):
            his = (label[0] if label else self._owner) is Who.HIM
            if his:
                return self._made(start, end, "", Basis.LABEL, least=_MIN_SENTENCE)
        if block.kind is BlockKind.QUOTE and (not spans or self._is_bare(start, end, spans)):
            return self._block_quote(start, end, credit)
        if spans and covered:
            return None
        if credit and credit.who is Who.HIM and block.kind is not BlockKind.HEADING:
            return self._made(start, end, credit.by, Basis.NAMED)
        return self._after_colon(start, end)

    def _is_bare(self, start: int, end: int, spans: list[Span]) -> bool:
        """Whether a block quote tells nothing of who said what stands between its quotation marks."""
        shown = self._printed.shown
        outside = [start, *(at for span in spans for at in span.outer), end]
        gaps = (seen(shown[first:last]) for first, last in zip(outside[::2], outside[1::2], strict=True))
        speakers = (self._tags.sentence(gap).speaker() for gap in gaps)
        return all(one is None or one.who is Who.NARRATOR for one in speakers)

    def _block_quote(self, start: int, end: int, credit: Told | None) -> Quotation | None:
        if credit:
            return self._made(start, end, credit.by, Basis.NAMED) if credit.who is Who.HIM else None
        lead = self._tags.before(self._lead) if self._lead else None
        if lead and lead.who is not Who.NARRATOR:
            his = self._resolved(lead) is Who.HIM
            return self._made(start, end, _occasion(self._lead), self._basis(lead)) if his else None
        if self._lead.rstrip(_AROUND).endswith((":", "：")) and self._focus.who:
            his = self._focus.who is Who.HIM
            return self._made(start, end, _occasion(self._lead), Basis.CONTINUED) if his else None
        if self._under_him() and self._focus.who is not Who.OTHER:
            return self._made(start, end, self._told_by_headings(), Basis.HEADING)
        return None

    def _after_colon(self, start: int, end: int) -> Quotation | None:
        """Return what stands without quotation marks behind "he tweeted:" up to the end of its paragraph."""
        match = _OPEN_TAG.search(self._printed.shown[start:end])
        if not match or re.match(r"\s*(?:that|this)\b", seen(match["said"])):
            return None
        lead = _SENTENCE_END.split(match["lead"])[-1]
        told = self._tags.before(seen(lead) + ":")
        if told is None or self._resolved(told) is not Who.HIM:
            return None
        return self._made(start + match.start("said"), end, _occasion(seen(lead)), self._basis(told))

    # Quotation marks.

    def _quotes(self, block: PrintedBlock, end: int, spans: list[Span], credit: Told | None) -> Iterator[_Quote]:
        shown, before = self._printed.shown, block.start
        focus, previous = self._focus, self._last if self._open else None
        for number, span in enumerate(spans):
            outer = span.outer
            follows = spans[number + 1].outer[0] if number + 1 < len(spans) else end
            gap = shown[before : outer[0]]
            tail = shown[outer[1] : follows]
            ended = shown[span.start : span.end].rstrip(_AROUND)[-1:] in (".", "。")
            parts = _SENTENCE_END.split(gap)
            lead = seen(parts[-1]) if not (number and self._is_tail_only(gap, shown, spans[number - 1])) else seen(gap)
            split = number > 0 and len(parts) == 1 and not self._closed(shown, spans[number - 1])
            focus = self._told_between(focus, parts, behind=number > 0)
            joins = False
            found: tuple[Told | None, Basis] | None = None
            last = number == len(spans) - 1
            behind = (
                None
                if not last and self._leads_on(span, tail)
                else self._behind(tail, credit if last else None, ended=ended)
            )
            if behind:
                found = behind, self._basis(behind)
            elif split and previous and gap.strip(_AROUND):
                tag = self._tags.after(seen(gap), ended=False)
                joins = tag is not None
                found = (
                    (previous if tag is None and not self._tags.before(lead) else tag or self._tags.before(lead)),
                    Basis.NAMED,
                )
                if found[0] is None or (tag is None and self._names_others(gap)):
                    found = None
            if found is None and not _is_connective(lead):
                told_before = self._tags.before(lead)
                found = (told_before, self._basis(told_before)) if told_before else None
                if found is None and lead.rstrip(_AROUND).endswith((":", "：")) and not self._names_others(tail):
                    found = self._unsaid(focus) or self._in_his_list(block, number)
            elif found is None:
                found = self._bare(block, number, gap, span, previous, focus)
            if found is None and block.kind is BlockKind.HEADING:
                found = self._in_heading(seen(gap), seen(tail))
            told, basis = found or (None, Basis.NAMED)
            who = self._resolved(told, focus) if told else None
            resolved = told._replace(who=who) if told and who else None
            yield _Quote(span, resolved, basis, joins)
            if resolved and resolved.who in (Who.HIM, Who.OTHER):
                asked = resolved.asks and shown[span.end - 1 : span.end] in ("?", "？")
                focus = focus if asked or resolved.aside else focus.moved(resolved)
            previous, before = resolved, outer[1]

    def _in_his_list(self, block: PrintedBlock, number: int) -> tuple[Told | None, Basis] | None:
        """Return what an item under a heading of his gives behind a topic: "- On tides: “…”"."""
        his = number == 0 and block.kind is BlockKind.ITEM and self._under_him()
        return (Told(Who.HIM, self._told_by_headings()), Basis.HEADING) if his else None

    def _leads_on(self, span: Span, tail: str) -> bool:
        """Whether what stands behind a whole sentence begins the next quotation's: "“Why?” He said, “…”"."""
        whole = self._printed.shown[span.start : span.end].rstrip(_AROUND)[-1:] in _TERMINAL
        return whole and len(_SENTENCE_END.split(tail)) == 1 and _BEGINS.match(tail) is not None

    def _behind(self, tail: str, credit: Told | None, *, ended: bool) -> Told | None:
        bare = seen(tail)
        bracket = self._tags.bracketed(bare)
        if bracket:
            return bracket[0]
        first = _SENTENCE_END.split(bare.lstrip(_AROUND) if not ended else bare)[0]
        told = self._tags.after(first, ended=ended)
        return told or credit

    def _bare(
        self, block: PrintedBlock, number: int, gap: str, span: Span, previous: Told | None, focus: Focus
    ) -> tuple[Told | None, Basis] | None:
        """Return whose a quotation is that has no words of speech in its own sentence."""
        if self._open and number == 0 and self._last:
            return self._last, Basis.CONTINUED
        if number and len(_SENTENCE_END.split(gap)) == 1 and previous and not seen(gap).strip(_AROUND + ",;，；、."):
            return previous, Basis.CONTINUED
        if number and previous and _is_connective(seen(gap)):
            return previous, Basis.CONTINUED
        if _SENTENCE_END.split(gap)[-1].rstrip(_AROUND).endswith((":", "：")):
            return self._unsaid(focus)
        if self._owner is Who.OTHER:
            return Told(Who.OTHER), Basis.LABEL
        if self._lead.rstrip(_AROUND).endswith((":", "：")) and number == 0:
            told = self._tags.before(self._lead)
            return (told, self._basis(told)) if told else self._unsaid(focus)
        alone = block.kind in (BlockKind.ITEM, BlockKind.QUOTE) or self._is_all(block, span)
        if (
            alone
            and self._under_him()
            and number == 0
            and not (block.kind is BlockKind.PARAGRAPH and focus.who is Who.OTHER)
        ):
            return Told(Who.HIM, self._told_by_headings()), Basis.HEADING
        sentence = self._printed.shown[span.start : span.end].rstrip(_AROUND)[-1:] in _TERMINAL | {",", "，"}
        told_before = block.kind is BlockKind.ITEM and re.search(r"\w", seen(gap)) is not None
        if (block.kind is BlockKind.PARAGRAPH or told_before) and sentence:
            return self._unsaid(focus)
        return None

    def _in_heading(self, lead: str, tail: str) -> tuple[Told | None, Basis] | None:
        """Return whose a quotation in a heading is that names one person: "“It is near”: an evening with Ada"."""
        named = [one for one in (*self._tags.sentence(lead).mentions, *self._tags.sentence(tail).mentions) if one.sure]
        his = bool(named) and all(one.who is Who.HIM for one in named)
        return (Told(Who.HIM, f"{lead} {tail}"), Basis.NAMED) if his else None

    def _names_others(self, tail: str) -> bool:
        """Whether what stands behind a quotation, up to the end of its sentence, names somebody else and not him."""
        named = [
            one.who
            for one in self._tags.sentence(_SENTENCE_END.split(seen(tail))[0]).mentions
            if (one.sure or " " in one.name) and one.name.casefold() not in words_of("bodies")
        ]
        return Who.OTHER in named and Who.HIM not in named

    def _unsaid(self, focus: Focus) -> tuple[Told | None, Basis] | None:
        return (Told(focus.who, single=focus.single), Basis.CONTINUED) if focus.who else None

    @staticmethod
    def _closed(shown: str, span: Span) -> bool:
        return shown[span.start : span.end].rstrip(_AROUND)[-1:] in (".", "。")

    def _is_tail_only(self, gap: str, shown: str, span: Span) -> bool:
        """Whether what stands between two quotations is one piece of a sentence."""
        return len(_SENTENCE_END.split(gap)) == 1 and not self._closed(shown, span)

    def _is_all(self, block: PrintedBlock, span: Span) -> bool:
        outside = self._printed.shown[block.start : span.start] + self._printed.shown[span.end : block.end]
        return not re.search(r"\w", outside)

    def _joined(self, block: PrintedBlock, found: list[_Quote]) -> Iterator[Quotation]:
        """Yield the quotations that are his; halves of one sentence as one."""
        self.passed_over += sum(
            one.told is None or one.told.who is not Who.HIM for one in found if self._is_long(one.span)
        )
        held: list[_Quote] = []
        for one in [*found, None]:
            goes_on = one is not None and bool(held) and one.joins and self._is_half(held[-1].span, one.span)
            if one is not None and goes_on and one.told and one.told.who is Who.HIM:
                held.append(one)
                continue
            if held:
                made = self._of(held)
                if made:
                    yield made
            held = [one] if one is not None and one.told and one.told.who is Who.HIM else []

    def _is_long(self, span: Span) -> bool:
        return len(words(self._printed.shown, span.start, span.end)) >= _MIN_WORDS

    def _is_half(self, first: Span, second: Span) -> bool:
        shown = self._printed.shown
        stops = shown[first.start : first.end].rstrip(_AROUND)[-1:]
        begins = shown[second.start : second.end].lstrip(_AROUND)[:1]
        return stops not in _TERMINAL and not begins.isupper()

    def _of(self, held: list[_Quote]) -> Quotation | None:
        spans = [one.span for one in held]
        told = held[0].told
        occasion = _occasion(told.by) if told and held[0].basis is not Basis.HEADING else told.by if told else ""
        if (
            told
            and told.by
            and self._tags.credit(told.by)
            and len(told.by) < _CREDIT_LENGTH
            and held[0].basis is Basis.NAMED
        ):
            occasion = occasion or told.by
        if len(spans) == 1:
            if self._is_title(spans[0]):
                return None
            text = self._printed.shown[spans[0].start : spans[0].end].rstrip(_AROUND)
            tagged = held[0].basis in (Basis.NAMED, Basis.PRONOUN)
            behind_colon = tagged and re.search(r"[:：]\s*$", self._printed.shown[: spans[0].outer[0]][-4:])
            stops = (
                text[-1:] in _TERMINAL | {","} or self._printed.shown[spans[0].outer[1] : spans[0].outer[1] + 1] == ","
            )
            least = (1 if tagged else _MIN_SENTENCE) if stops else _MIN_SENTENCE if behind_colon else _MIN_WORDS
            return self._made(spans[0].start, spans[0].end, occasion, held[0].basis, least=least)
        pieces = [self._trimmed(span.start, span.end) for span in spans]
        whole = self._made(pieces[0][0], pieces[-1][1], occasion, held[0].basis)
        text = " ".join(self._printed.text[start:end] for start, end in pieces)
        return whole.model_copy(update={"text": text, "parts": tuple(pieces)}) if whole else None

    def _is_title(self, span: Span) -> bool:
        """Whether the capitals of a quotation are those of a title: "A Conversation with Ada"."""
        text = self._printed.text[span.start : span.end].strip()
        if text[-1:] in ("?", "!") or text[-1:] == "…":
            return False
        told = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if word.casefold() not in _SMALL]
        return len(told) > 1 and sum(word[0].isupper() for word in told) >= len(told) * _TITLE_SHARE

    # Tables, credits, memory.

    def _cell(self, block: PrintedBlock) -> Iterator[Quotation]:
        """Yield the quotations of a cell: the row's own person speaks."""
        assert block.cell is not None
        row = self._tables[block.table, block.cell[0]]
        heads = self._tables.get((block.table, 0), [])
        people = [self._cell_person(one) for one in row]
        named = [who for who in people if who]
        spans = quoted_spans(self._printed.shown, block.start, block.end)
        if not named or named[0] is not Who.HIM or block.cell[0] == 0:
            return
        if self._cell_person(block):
            return
        occasion = _occasion("; ".join(seen(self._text(one)) for one in row if one is not block))
        head = next(
            (
                seen(self._text(one)).strip(_AROUND).casefold()
                for one in heads
                if one.cell and one.cell[1] == block.cell[1]
            ),
            "",
        )
        if spans:
            for span in spans:
                made = self._made(span.start, span.end, occasion, Basis.LABEL)
                if made and not self._is_title(span):
                    yield made
        elif any(word in words_of("quote_columns") for word in head.split()):
            made = self._made(block.start, block.end, occasion, Basis.LABEL)
            if made:
                yield made

    def _cell_person(self, block: PrintedBlock) -> Who | None:
        text = seen(self._text(block)).strip(_AROUND)
        if not text or len(text.split()) > _LONGEST_NAME + 2 or quoted_spans(text, 0, len(text)):
            return None
        read = self._tags.sentence(text)
        named = [one for one in read.mentions if one.who in (Who.HIM, Who.OTHER) and not one.governed]
        if not named or named[0].start > 0:
            return None
        return named[0].who if named[0].end >= len(read.tokens) - 3 or named[0].who is Who.HIM else None

    def _credited(self, block: PrintedBlock, following: PrintedBlock | None) -> tuple[int, Told | None]:
        """Return where the body of a block ends and whom the credit behind it names."""
        shown = self._text(block)
        last = max(shown.rfind("\n"), shown.rfind("  "))
        lines = [last] if last > 0 else []
        ends = [
            match.start()
            for match in re.finditer(r"[\s\u2060*_”\"’'»」.!?…](?:[—–―]+|--+|-)\s*(?=[\w@(“\"*_\u2060])", shown)
        ]
        for at in (*lines, *ends[-1:]):
            told = seen(shown[at + 1 :]).strip(_AROUND) if at in lines else seen(shown[at + 1 :])
            found = self._tags.dashed(told) or (self._tags.bracketed(told) or (None,))[0] if told else None
            whole = block.kind is BlockKind.QUOTE and at in lines and found is None
            if found is None and whole and self._is_name_only(told):
                found = self._tags.credit(told)
            if found is None and at in lines and _CLOSED.search(shown[:at]) and _CREDIT_LINE.match(told):
                found = self._tags.credit(told)
            if found:
                return block.start + at + 1, found
        inline = _BRACKETED_END.search(shown) if block.kind is BlockKind.QUOTE else None
        if inline and (told_inside := self._tags.credit(seen(inline["who"]))):
            return block.start + inline.start("open"), told_inside
        if (
            following
            and following.kind in (BlockKind.QUOTE, BlockKind.PARAGRAPH)
            and block.kind in (BlockKind.QUOTE, BlockKind.PARAGRAPH)
        ):
            told = seen(self._text(following)).strip(_AROUND)
            bracket = self._tags.bracketed(told) if len(told.split()) <= _LONGEST_BRACKET else None
            if bracket and bracket[1] >= len(told) - 1:
                return block.end, bracket[0]
            dashed = self._tags.dashed(told)
            if dashed:
                return block.end, dashed
            if block.kind is BlockKind.QUOTE and self._is_name_only(told):
                return block.end, self._tags.credit(told)
        return block.end, None

    def _is_name_only(self, told: str) -> bool:
        return (
            0 < len(told.split()) <= _LONGEST_NAME + 2
            and self._tags.credit(told) is not None
            and told[-1:] not in _TERMINAL | {":", "："}
        )

    def _remember(self, block: PrintedBlock, end: int, found: list[_Quote]) -> None:
        """Keep who was last spoken of, and the sentence that may lead to the next block."""
        shown = self._printed.shown
        before = block.start
        for one in found:
            gap = shown[before : one.span.outer[0]]
            parts = _SENTENCE_END.split(gap)
            self._focus = self._told_between(self._focus, parts, behind=before > block.start)
            if one.told and one.told.who in (Who.HIM, Who.OTHER):
                asked = one.told.asks and shown[one.span.end - 1 : one.span.end] in ("?", "？")
                self._focus = self._focus if asked or one.told.aside else self._focus.moved(one.told)
            before = one.span.outer[1]
        rest = _SENTENCE_END.split(shown[before:end])
        self._focus = self._told_between(self._focus, [*rest, ""], behind=bool(found))
        self._lead = seen(rest[-1]) if re.search(r"\w", rest[-1]) else ""
        self._open = bool(found) and not found[-1].span.closed
        self._last = found[-1].told if found else None

    def _told_between(self, focus: Focus, parts: list[str], *, behind: bool) -> Focus:
        """Return the focus after the whole sentences among the parts; what stands `behind` a quotation is its tag."""
        for number, told in enumerate(parts[:-1]):
            if number or not behind or _GOES_ON.match(told) or _BEGINS.match(told):
                about = self._tags.subject_of(seen(told))
                if about and about.who is Who.PRONOUN:
                    about = about._replace(who=self._resolved(about, focus) or Who.PRONOUN)
                focus = focus.moved(about)
            if focus.who is Who.OTHER and self._other_pronouns.search(told):
                focus = focus._replace(single=False)
        return focus

    def _resolved(self, told: Told, focus: Focus | None = None) -> Who | None:
        if told.who is Who.PRONOUN and told.role and told.role.casefold() not in self._roles_of_others:
            return Who.HIM
        if told.who is Who.PRONOUN:
            light = focus or self._focus
            replying = light.who is Who.OTHER and any(
                word in words_of("replies") for word in re.findall(r"\w+", told.by)
            )
            if light.who is None and light.before is None and self._under_him():
                return Who.HIM  # nobody else was told of since the heading
            return light.before if replying and light.before else light.pronoun
        return told.who

    @staticmethod
    def _basis(told: Told | None) -> Basis:
        return Basis.PRONOUN if told and told.who is Who.PRONOUN else Basis.NAMED

    def _under_him(self) -> bool:
        """Whether a heading above names him as the one whose words stand under it."""
        for told in self._headings.values():
            read = self._tags.sentence(seen(told))
            for one in read.mentions:
                turned = any(word in words_of("reversing_headings") for word in read.lower[: one.start])
                if one.who is Who.HIM and not turned:
                    return True
            if _is_chinese(told) and self._subject.is_mentioned(told):
                return True
        return False

    def _told_by_headings(self) -> str:
        return "; ".join(seen(told).strip(_AROUND) for told in self._headings.values())

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        inside = self._printed.shown[start:end]
        return start + len(inside) - len(inside.lstrip(_AROUND)), end - (len(inside) - len(inside.rstrip(_AROUND)))

    def _made(self, start: int, end: int, occasion: str, basis: Basis, *, least: int = _MIN_WORDS) -> Quotation | None:
        start, end = self._trimmed(start, end)
        if start >= end or len(words(self._printed.shown, start, end)) < least:
            return None
        line = self._line(start)
        text = self._printed.text[start:end]
        return Quotation(
            line=line, start=start, end=end, text=text, occasion=occasion, basis=basis, page=self._printed.page(start)
        )

    def _line(self, offset: int) -> int:
        block = self._block_at(offset)
        inside = self._printed.text.count("\n", block.start, offset) if block else 0
        return (block.line if block else 1) + inside

    def _block_at(self, offset: int) -> PrintedBlock | None:
        blocks = self._printed.blocks
        low, high = 0, len(blocks)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if blocks[middle].start <= offset else (low, middle)
        return blocks[low - 1] if low else None


_BEGINS = re.compile(r"[\s\u2060*_]+[^\W\da-z]")
_GOES_ON = re.compile(r"[\s\u2060*_]*[,;]\s*(?:and|but|while|whereas)\b")
_CLOSED = re.compile(r"[”\"’'»」][*_\u2060]*\s*$")
_CREDIT_LINE = re.compile(r"[^\W\da-z][\w.’'-]*(?: [^\W\da-z][\w.’'-]*){0,3}(?:,[^.!?\n]{2,60})?$")
"""A line of a name alone, or of a name and an occasion: "Ada Lovelace, at the Royal Society"."""
_BRACKETED_END = re.compile(r"[.!?…”\"’»」]\s*(?P<open>[(（])(?P<who>[^()（）\n]{2,160})[)）]\s*[.。]?\s*$")
_LONGEST_BRACKET = 12  # words of a credit in brackets; longer ones are an aside
_LONGEST_NAME = 5  # words of a label or a name
_TITLE_SHARE = 0.75
_CREDIT_LENGTH = 160


def _is_connective(lead: str) -> bool:
    told = re.findall(r"\w+", lead)
    return all(word in words_of("connectives") for word in told)


def _is_chinese(text: str) -> bool:
    return re.search("[\u3400-\u9fff]", text) is not None


def _occasion(told: str) -> str:
    """Return the years and the names after "at", "in", "to" … of a sentence; the rest of it says nothing of when."""
    return ", ".join(match["what"] for match in _WHEN_WHERE.finditer(told))
