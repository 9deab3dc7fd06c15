"""Whether a cut turns his meaning: what stands right before and after a quotation in the same turn."""

import re
from typing import NamedTuple

from assistant.checking.results import Caution, Kind
from assistant.fairness.context import fair_run
from assistant.fairness.rules import found, rule
from knowledge.model.source import Source
from knowledge.model.word_rules import spoken
from knowledge.text.sentences import Span, sentences
from knowledge.text.words import keys, words

_REACH = 14  # words of the same sentence looked at on each side; automatic captions have endless sentences
_CONDITION_REACH = 60  # a condition governs what follows it over any length of clauses
_RETRACTED_WITHIN = 6  # sentences
_LEAD = 12  # words at the end of the sentence before, in which somebody else is made to speak
_CLAUSE = re.compile(r"[,;:—–，；：]|\b(?:and|but|so|because|which)\b", re.IGNORECASE)
_TURNED_BY = ("turns_against", "takes_back", "plain_denial", "denies_it")


class Reading(NamedTuple):
    """What to beware of in a quotation, and the least around it that is fair to read."""

    cautions: tuple[Caution, ...]
    fair: Span
    dropped_hedge: Span | None
    """A hedge that the cut took off ("I think", "maybe"), right before or after the quotation."""


def read_around(source: Source, start: int, end: int) -> Reading:
    """Look at what stands around characters [start, end) in the same turn."""
    turn = source.turns[source.turn_index(start)]
    spans = sentences(source.text, turn.start, turn.end)
    first = max((i for i, span in enumerate(spans) if span.start <= start), default=0)
    last = min((i for i, span in enumerate(spans) if span.end >= end), default=len(spans) - 1)
    before = _near_end(source, spans[first].start, start)
    lead_in = _near_end(source, spans[first].start, start, _CONDITION_REACH)
    after = _near_start(source, end, spans[last].end)
    fair = [spans[first].start, spans[last].end]
    front = _front(source, before, lead_in)
    cautions = [*front, *_back(source, after)]
    if first and not front:
        lead = spans[first - 1]
        told = _led_in(source, lead, spans[first])
        if told:
            cautions.append(told)
            fair[0] = lead.start
    following = spans[last + 1 : last + 1 + _RETRACTED_WITHIN]
    turned = _turned(source, following)
    if turned:
        cautions.append(turned[0])
        fair[1] = turned[1]
    if run := fair_run(source, spans[first].start, spans[last].end):
        fair = [min(fair[0], run.start), max(fair[1], run.end)]
    return Reading(tuple(cautions), Span(*fair), _hedge_cut(source, before, after))


def cut_caution(source: Source, start: int, end: int) -> Caution | None:
    """Return why leaving out characters [start, end) turns the meaning of what stands before or after them."""
    turn = source.turns[source.turn_index(start - 1)]
    spans = sentences(source.text, turn.start, turn.end)
    head = next((span for span in spans if span.start < start <= span.end), Span(start, start))
    tail = next((span for span in spans if span.start <= end < span.end), Span(end, end))
    cut_front, cut_back = Span(max(tail.start, start), end), Span(start, min(head.end, end))
    whole = [span for span in spans if span.start >= start and span.end <= end]
    last_clause, next_clause = _last_clause(source, cut_front), _next_clause(source, cut_back)
    table = (
        (last_clause, ("negation", "reported")),
        (cut_front, ("condition",)),
        (next_clause, ("negation",)),
        (cut_back, ("conditional_after",)),
        (whole[0] if whole else Span(end, end), ("takes_back", "plain_denial")),
        (Span(start, end), ("takes_back", "modality")),
    )
    for span, names in table:
        if span.start < span.end and _says(source, span, *names):
            left_out = source.text[span.start : span.end].strip()
            message = f"What the ellipsis leaves out turns the meaning: “{left_out}”."
            return Caution(kind=Kind.NEGATION, message=message, start=span.start, end=span.end)
    return None


def _last_clause(source: Source, span: Span) -> Span:
    """Return the end of a left-out stretch, back to the border of the clause that what follows belongs to."""
    borders = [
        match.end() for match in _CLAUSE.finditer(source.text, *span) if source.text[match.end() : span.end].strip()
    ]
    return Span(borders[-1] if borders else span.start, span.end)


def _next_clause(source: Source, span: Span) -> Span:
    """Return the beginning of a left-out stretch, up to the border of the clause that what stands before belongs to."""
    border = _CLAUSE.search(source.text, *span)
    return Span(span.start, border.start() if border else span.end)


def _front(source: Source, before: Span, lead_in: Span) -> list[Caution]:
    table = (
        (Kind.NEGATION, "negation", before, "Words before the quotation deny it: “{}”."),
        (Kind.CONDITION, "condition", lead_in, "Words before the quotation make it a condition: “{}”."),
        (Kind.REPORTED, "reported", before, "Words before the quotation say whose view it is: “{}”."),
    )
    return [
        Caution(
            kind=kind,
            message=message.format(source.text[span.start : span.end].strip()),
            start=span.start,
            end=span.end,
        )
        for kind, name, span, message in table
        if _says(source, span, name)
    ][:1]


def _back(source: Source, after: Span) -> list[Caution]:
    if not _says(source, after, "limits_after"):
        return []
    cut = source.text[after.start : after.end].strip(" ,;—–-")
    message = f"The sentence goes on and limits what was quoted: “{cut}”."
    return [Caution(kind=Kind.CONDITION, message=message, start=after.start, end=after.end)]


def _led_in(source: Source, lead: Span, own: Span) -> Caution | None:
    """Return why the sentence before the quotation changes how it is meant."""
    told, opening = source.text[lead.start : lead.end], source.text[own.start : own.end]
    ending = " ".join(told.split()[-_LEAD:])
    reported = re.search(rf"(?:{rule('reported').pattern})(?! that)", spoken(ending), re.IGNORECASE)
    if reported or found("says_next", told) or (found("opens_voice", told) and found("in_that_voice", opening)):
        message = f"The sentence before it tells what others say: “{told}”"
        return Caution(kind=Kind.REPORTED, message=message, start=lead.start, end=lead.end)
    supposed = found("is_condition", told) or found("supposes", told)
    if supposed and (found("goes_on", opening) or found("follows_from_it", opening)):
        message = f"The sentence before it makes a supposition: “{told}”"
        return Caution(kind=Kind.CONDITION, message=message, start=lead.start, end=lead.end)
    return None


def _turned(source: Source, following: list[Span]) -> tuple[Caution, int] | None:
    for number, span in enumerate(following):
        told = source.text[span.start : span.end]
        if found("takes_back", told) or (number == 0 and any(found(name, told) for name in _TURNED_BY)):
            end = following[min(number + 1, len(following) - 1)].end if len(told.split()) < 3 else span.end
            message = f"He goes on: “{source.text[span.start : end]}”"
            return Caution(kind=Kind.RETRACTED, message=message, start=span.start, end=end), end
    return None


def _hedge_cut(source: Source, before: Span, after: Span) -> Span | None:
    hedge = rule("hedge").pattern
    for span, pattern in (
        (before, rf"(?:^|\W)({hedge})\W*$"),
        (after, rf"^\W*({hedge}|or something(?: like that)?)\W*$"),
    ):
        match = re.search(pattern, spoken(source.text[span.start : span.end]), re.IGNORECASE)
        if match:
            count = len(keys(match.group(1)))
            told = words(source.text, *span)
            part = told[-count:] if span is before else told[:count]
            return Span(part[0].start, part[-1].end)
    return None


def _says(source: Source, span: Span, *names: str) -> bool:
    return any(found(name, source.text[span.start : span.end]) for name in names)


def _near_end(source: Source, start: int, end: int, reach: int = _REACH) -> Span:
    told = words(source.text, start, end)[-reach:]
    return Span(told[0].start, end) if told else Span(end, end)


def _near_start(source: Source, start: int, end: int) -> Span:
    told = words(source.text, start, end)[:_REACH]
    return Span(start, told[-1].end) if told else Span(start, start)
