"""Whose each quotation of a paragraph is: by the words behind it, those before it, the one it goes on from, the light.

A tag behind a quotation stands above words before it; what has neither belongs to who was last spoken of, or to nobody.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.documents.attributed_quotations import Attributed, Basis
from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.mentions import Who
from assistant.documents.attribution.references import Told
from assistant.documents.attribution.tag_patterns import REVEALS
from assistant.documents.block_credits import is_name_only
from assistant.documents.document_memory import BEGINS, DocumentMemory, Focus, basis_of
from assistant.documents.printed_documents import PrintedBlock, seen
from assistant.documents.printed_sentences import (
    AROUND,
    TERMINAL,
    is_chinese,
    is_connective,
    is_lead,
    last_sign,
    sentences_of,
)
from assistant.documents.quotation_marks import Span
from knowledge.formats.blocks import BlockKind

_Found = tuple[Told | None, Basis]


_WORD = re.compile(r"\w")
_SUBORDINATE = re.compile(r"[\s\u2060*_]*(?:when|while|after|before|if|as|because|although|though|since|once)\b", re.I)
"""A clause that has its own speaker: "When Babbage said “…”, Ada laughed"."""
_JOINED = re.compile(r"[\s,]*(?:and|or|but|和|与|以及|、)?[\s,]*")
"""What joins two quotations of one speaker."""
_CITED = re.compile(r"^[\s,.;]*\[(?:\d+[,–\s-]*)+\]")
"""The number of a citation right behind a quotation: [12]."""


class _Place(NamedTuple):
    """A quotation with what stands around it in its block."""

    number: int
    span: Span
    gap: str
    """What stands between it and the quotation before, or the beginning of the block."""
    tail: str
    """What stands between it and the next, or the end of the block."""
    last: bool

    @property
    def parts(self) -> list[str]:
        return sentences_of(self.gap)


class QuotedSentences:
    """Reads the quotations of one block."""

    def __init__(self, memory: DocumentMemory, block: PrintedBlock, end: int, credit: Told | None) -> None:
        self._memory = memory
        self._tags = memory.tags
        self._shown = memory.printed.shown
        self._block = block
        self._end = end
        self._credit = credit

    def quotations(self, spans: list[Span]) -> list[Attributed]:
        """Return the quotations between these marks in order, each with whom it belongs to."""
        found = list(self._in_order(spans))
        for number in range(len(found) - 2, -1, -1):  # "“…” and “…”, Ada wrote"
            one, following = found[number], found[number + 1]
            between = seen(self._shown[one.span.outer[1] : following.span.outer[0]])
            if one.told is None and following.told and following.basis is Basis.NAMED and _JOINED.fullmatch(between):
                found[number] = one._replace(told=following.told, basis=following.basis)
        return found

    def _in_order(self, spans: list[Span]) -> Iterator[Attributed]:
        memory = self._memory
        focus, previous = memory.focus, memory.last if memory.open else None
        for place in self._places(spans):
            before = spans[place.number - 1] if place.number else None
            lead = seen(place.gap if before and self._is_one_piece(place, before) else place.parts[-1])
            split = before is not None and len(place.parts) == 1 and not self._closed(before)
            split = split and not (before and self._leads_anew(place, before))
            focus = memory.told_between(focus, place.parts, behind=place.number > 0)
            found, joins = self._told_behind(place, lead), False
            if found is None and split and previous and place.gap.strip(AROUND):
                found, joins = self._split(place, lead, previous)
            if found is None:
                found = self._told_before(place, lead, previous, focus)
            told, basis = found or (None, Basis.NAMED)
            who = memory.resolved(told, focus) if told else None
            resolved = told._replace(who=who) if told and who else None
            attributed = Attributed(place.span, resolved, basis, joins)
            yield attributed
            focus, previous = memory.after_quotation(focus, attributed), resolved

    def _places(self, spans: list[Span]) -> Iterator[_Place]:
        before = self._block.start
        for number, span in enumerate(spans):
            last = number == len(spans) - 1
            follows = self._end if last else spans[number + 1].outer[0]
            gap, tail = self._shown[before : span.outer[0]], self._shown[span.outer[1] : follows]
            yield _Place(number, span, gap, tail, last)
            before = span.outer[1]

    # Behind a quotation: "… ," he said.

    def _told_behind(self, place: _Place, lead: str) -> _Found | None:
        if not place.last and self._leads_on(place):
            return None
        bare = _CITED.sub(" ", seen(place.tail))
        bracket = self._tags.bracketed(bare)
        if bracket:
            return bracket[0], basis_of(bracket[0])
        ended = last_sign(self._text(place.span)) in (".", "。")
        first = sentences_of(bare if ended else bare.lstrip(AROUND))[0]
        comma = last_sign(self._text(place.span)) == ","
        within = self._tags.before(lead) if _SUBORDINATE.match(lead) and self._tags.sentence(lead).verbs else None
        told = within or self._tags.after(first, ended=ended, comma=comma) or (self._credit if place.last else None)
        if told and told.who is Who.NARRATOR and not is_connective(lead):  # "Following Ada's words “…”, we ask"
            told = self._tags.before(lead) or told
        if told is None and (place.last or BEGINS.match(bare.lstrip(".,;"))):
            told = self._looked_back(place, bare)
        return (told, basis_of(told)) if told else None

    def _looked_back(self, place: _Place, tail: str) -> Told | None:
        """Return whom the sentence behind a quotation that stands alone gives it to: "“…” That was Ada in 1843."."""
        lead = seen(place.parts[-1])
        alone = (
            not _WORD.search(lead)
            or REVEALS.match(tail.lstrip(" .,;!?" + AROUND))
            or (is_lead(lead) and not any(one.sure for one in self._tags.sentence(lead).mentions))
        )
        return self._tags.looking_back(sentences_of(tail.lstrip(" .,;!?" + AROUND))[0]) if alone else None

    def _leads_on(self, place: _Place) -> bool:
        """Whether what stands behind a whole sentence begins the next quotation's: "“Why?” He said, “…”"."""
        told = seen(place.tail).rstrip()
        if is_chinese(told) and told[-1] not in "，。,：:；;、！？」』”" and told[:1] in "，,；;":
            return True  # "“…”，并强调“…”"
        whole = last_sign(self._text(place.span)) in TERMINAL
        return whole and len(sentences_of(place.tail)) == 1 and BEGINS.match(place.tail) is not None

    def _leads_anew(self, place: _Place, before: Span) -> bool:
        """Whether a new sentence hands the word on: "“Why?” The witness: “…”"."""
        whole = last_sign(self._text(before)) in TERMINAL
        return whole and is_lead(place.gap) and BEGINS.match(place.gap) is not None

    # Between two halves: "…," he said, "…"

    def _split(self, place: _Place, lead: str, previous: Told) -> tuple[_Found | None, bool]:
        """Return whose the second half is, and whether it goes on with the sentence of the first."""
        tag = self._tags.after(seen(place.gap), ended=False)
        before = self._tags.before(lead)
        told = previous if tag is None and not before else tag or before
        if told is None or (tag is None and self._names_others(place.gap)):
            return None, tag is not None
        return (told, Basis.NAMED), tag is not None

    # Before a quotation: he said: "…"

    def _told_before(self, place: _Place, lead: str, previous: Told | None, focus: Focus) -> _Found | None:
        if self._tags.is_reference(seen(place.gap)):
            return Told(Who.OTHER), Basis.NAMED
        if self._is_asked(place, lead):
            return Told(Who.OTHER, lead, asks=True), Basis.NAMED
        above = seen(place.gap).rstrip(" *_") if place.number == 0 else ""
        if above.endswith("\n") and is_name_only(self._memory, above.strip(AROUND)):
            return self._tags.credit(above.strip(AROUND)), Basis.NAMED
        if is_connective(lead):
            found = self._bare(place, previous, focus)
        else:
            told = self._tags.before(lead)
            found = (told, basis_of(told)) if told else None
            if found is None and is_lead(lead) and not self._names_others(place.tail):
                found = self._memory.in_light(focus) or self._in_his_list(place) or self._told_of(lead, focus)
        if found is None and self._block.kind is BlockKind.HEADING:
            return self._in_heading(seen(place.gap), seen(place.tail))
        return found

    def _told_of(self, lead: str, focus: Focus) -> _Found | None:
        """Return the one person told of so far, where a line announces words of somebody: "Key line:"."""
        told = re.findall(r"\w+", lead.casefold())
        announces = any(word in words_of("text_nouns") for word in told) and not {"from", "by", "of"} & set(told)
        return (Told(focus.pronoun, lead), Basis.CONTINUED) if announces and focus.pronoun else None

    def _is_asked(self, place: _Place, lead: str) -> bool:
        """Whether somebody without a name asks: "Question from the floor: “…?”"."""
        asks = last_sign(self._text(place.span)) in ("?", "？") and is_lead(lead)
        if not asks or self._tags.sentence(lead).mentions:
            return False
        return any(word in words_of("questioners") for word in re.findall(r"\w+", lead))

    def _in_his_list(self, place: _Place) -> _Found | None:
        """Return what an item under a heading of his gives behind a topic: "- On tides: “…”"."""
        his = place.number == 0 and self._block.kind is BlockKind.ITEM and self._memory.under_him()
        return self._by_headings() if his else None

    def _by_headings(self) -> _Found:
        return Told(Who.HIM, self._memory.told_by_headings()), Basis.HEADING

    def _bare(self, place: _Place, previous: Told | None, focus: Focus) -> _Found | None:
        """Return whose a quotation is that has no words of speech in its own sentence."""
        memory, first = self._memory, place.number == 0
        if memory.open and first and memory.last:
            return memory.last, Basis.CONTINUED
        nothing_between = len(place.parts) == 1 and not seen(place.gap).strip(AROUND + ",;,，；、.")
        if not first and previous and (nothing_between or is_connective(seen(place.gap))):
            return previous, Basis.CONTINUED
        if is_lead(place.parts[-1]):
            return memory.in_light(focus)
        if memory.owner is Who.OTHER:
            return Told(Who.OTHER), Basis.LABEL
        lead = memory.list_lead if self._block.kind is BlockKind.ITEM else memory.lead
        if is_lead(lead) and first:
            told = self._tags.before(lead)
            return (told, basis_of(told)) if told else memory.in_light(focus)
        return self._alone(place, focus)

    def _alone(self, place: _Place, focus: Focus) -> _Found | None:
        """Return whose a quotation is that stands by itself: the heading's person's, else who is in the light."""
        kind = self._block.kind
        alone = kind in (BlockKind.ITEM, BlockKind.QUOTE) or self._is_all(place.span)
        others = kind is BlockKind.PARAGRAPH and focus.who is Who.OTHER
        if alone and place.number == 0 and not others and self._memory.under_him():
            return self._by_headings()
        sentence = last_sign(self._text(place.span)) in TERMINAL | frozenset(",，—–")
        sentence = sentence or seen(place.tail)[:1] in TERMINAL
        topic = kind is BlockKind.ITEM and re.search(r"\w", seen(place.gap)) is not None
        if not sentence or not (kind is BlockKind.PARAGRAPH or topic):
            return None
        return self._memory.in_light(focus) or self._by_deed(place)

    def _by_deed(self, place: _Place) -> _Found | None:
        """Return whose a quotation is by what its speaker does then: "“…” Ada laughed. “…”"."""
        parts = [seen(part) for part in sentences_of(place.tail) if part.strip()]
        about = self._tags.subject_of(parts[0]) if len(parts) == 1 and not place.last else None
        return (
            (about, Basis.CONTINUED) if about and about.who is Who.HIM and not _WORD.search(place.parts[-1]) else None
        )

    def _in_heading(self, lead: str, tail: str) -> _Found | None:
        """Return whose a quotation in a heading is that names one person: "“It is near”: an evening with Ada"."""
        named = [one for one in (*self._tags.sentence(lead).mentions, *self._tags.sentence(tail).mentions) if one.sure]
        his = bool(named) and all(one.who is Who.HIM for one in named)
        return (Told(Who.HIM, f"{lead} {tail}"), Basis.NAMED) if his else None

    def _names_others(self, tail: str) -> bool:
        """Whether what stands behind a quotation, up to the end of its sentence, names somebody else and not him."""
        named = [
            one.who
            for one in self._tags.sentence(sentences_of(seen(tail))[0]).mentions
            if (one.sure or " " in one.name) and one.name.casefold() not in words_of("bodies")
        ]
        return Who.OTHER in named and Who.HIM not in named

    def _text(self, span: Span) -> str:
        return self._shown[span.start : span.end]

    def _closed(self, span: Span) -> bool:
        return last_sign(self._text(span)) in (".", "。")

    def _is_one_piece(self, place: _Place, before: Span) -> bool:
        """Whether what stands between two quotations is one piece of a sentence."""
        return len(place.parts) == 1 and not self._closed(before)

    def _is_all(self, span: Span) -> bool:
        sides = (self._block.start, span.start), (span.end, self._block.end)
        return not any(_WORD.search(self._shown, *side) for side in sides)
