"""Whether a cut turns his meaning: what stands right before and after a quotation in the same turn."""

import re
from typing import NamedTuple

from assistant.checking.results import Caution, Kind
from assistant.fairness.context import fair_run
from knowledge.model.source import Source
from knowledge.text.sentences import Span, sentences
from knowledge.text.words import keys, words

_REACH = 14  # words of the same sentence looked at on each side; automatic captions have endless sentences
_RETRACTED_WITHIN = 6  # sentences
_LEAD = 12  # words at the end of the sentence before, in which somebody else is made to speak

_NOT = (
    r"\b(?:not|never|no|nobody|nothing|neither|nor|hardly|barely|without|cannot|doubt|deny|unlikely|impossible|wrong"
    r"|false|untrue|disagree|(?:do|does|did|is|are|was|were|wo|would|ca|could|should|have|has|had|ai|must|need)nt)\b"
    r"|[不没未非]"
)
_IF = r"\b(?:if|unless|whether|suppose|supposing|imagine|assuming|lets say|hypothetically)\b|如果|假如|假设|要是|除非"
_THEY_SAY = (
    r"\b(?:people|they|some|many|most|critics|skeptics?|sceptics?|others?|everyone|everybody|someone|somebody|folks"
    r"|you|he|she|papers?)(?:(?! i\b) \w+){0,3} (?:say|says|said|saying|think|thinks|thought|believes?|believed|argues?"
    r"|argued|claims?|claimed|told|tell|asks?|asked)\b|\bused to (?:think|believe|say)\b|有人|人们|大家|他们"
)
_HEDGE = (
    r"(?:i (?:(?:really|still|also|just|personally|do) )?(?:think|believe|guess|suppose|feel|suspect|expect|hope"
    r"|imagine|would (?:say|guess|imagine|think))|id (?:say|guess)|maybe|perhaps|probably|possibly|arguably"
    r"|apparently|potentially|presumably|(?:quite |very |most )?likely"
    r"|its? (?:is |may be |might be |could be )?(?:quite |very |entirely )?(?:possible|likely|conceivable|plausible)"
    r"|(?:it|there) (?:may|might|could) be|it seems(?: to me)?|it looks like|kind of|sort of|in my (?:opinion|view)"
    r"|my guess is|as far as i know|我(?:认为|觉得|想|猜)|也许|可能|大概|或许)(?: like| as if)?(?: that)?"
)
_TURNS = (
    r"^(?:(?:and|well|so) )?(?:but|however|or rather|nope|no|actually|except|yet|though|although|not really|not true"
    r"|wrong|unless|then again|on the other hand|(?:that|this|it)(?:s| is| was)? (?:not|wrong|false|nonsense)"
    r"|(?:that|this|it|which) (?:isnt|wasnt|doesnt)|which is (?:not|wrong|false)"
    r"|i (?:dont|do not) (?:think|believe|agree)"
    r"|i disagree|just kidding|only joking)\b|^(?:但|不过|然而|可是|其实|不对|不是|并非)"
)
_RETRACTS = r"\b(?:i(?:ll| will)? (?:retract|take that back)|i was wrong|let me correct|scratch that)\b|收回|说错"
_AFTER = (
    r"\b(?:but|if|unless|except|although|though|however|(?:is|was) (?:not|wrong|false)|isnt|wasnt)\b|但|不过|如果|除非"
)
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


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
    after = _near_start(source, end, spans[last].end)
    fair = [spans[first].start, spans[last].end]
    front = _front(source, before)
    cautions = [*front, *_back(source, after)]
    if first and not front:
        lead = spans[first - 1]
        found = _led_in(source, lead, spans[first])
        if found:
            cautions.append(found)
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
    whole = [span for span in spans if span.start >= start and span.end <= end]
    table = (
        (Span(max(tail.start, start), end), rf"{_NOT}|{_IF}|{_THEY_SAY}"),
        (Span(start, min(head.end, end)), rf"{_NOT}|{_AFTER}"),
        (whole[0] if whole else Span(end, end), _TURNS),
        (Span(start, end), _RETRACTS),
    )
    for span, pattern in table:
        if _says(source, span, pattern):
            left_out = source.text[span.start : span.end].strip()
            message = f"What the ellipsis leaves out turns the meaning: “{left_out}”."
            return Caution(kind=Kind.NEGATION, message=message, start=span.start, end=span.end)
    return None


def _front(source: Source, before: Span) -> list[Caution]:
    cut = source.text[before.start : before.end]
    table = (
        (Kind.NEGATION, _NOT, "Words before the quotation deny it: “{}”."),
        (Kind.CONDITION, _IF, "Words before the quotation make it a condition: “{}”."),
        (Kind.REPORTED, _THEY_SAY, "Words before the quotation say whose view it is: “{}”."),
    )
    return [
        Caution(kind=kind, message=message.format(cut.strip()), start=before.start, end=before.end)
        for kind, pattern, message in table
        if _says(source, before, pattern)
    ][:1]


def _back(source: Source, after: Span) -> list[Caution]:
    if not _says(source, after, _AFTER):
        return []
    cut = source.text[after.start : after.end].strip(" ,;—–-")
    message = f"The sentence goes on and limits what was quoted: “{cut}”."
    return [Caution(kind=Kind.CONDITION, message=message, start=after.start, end=after.end)]


def _led_in(source: Source, lead: Span, own: Span) -> Caution | None:
    """Return why the sentence before the quotation changes how it is meant."""
    told = _plain(source, lead)
    ending = " ".join(told.split()[-_LEAD:])
    words_of_others = re.search(rf"(?:{_THEY_SAY})(?! that)", ending) or re.search(
        r"\b(?:say|says|said|hey|like|thought)$", told
    )
    if words_of_others:
        message = f"The sentence before it tells what others say: “{source.text[lead.start : lead.end]}”"
        return Caution(kind=Kind.REPORTED, message=message, start=lead.start, end=lead.end)
    goes_on = re.match(r"^(?:and|then|so|now|that|it|you|we|那)\b", _plain(source, own))
    if goes_on and re.match(
        r"^(?:and |so |now |but |well )?(?:if|suppose|imagine|lets say)\b|^(?:如果|假如|假设)", told
    ):
        message = f"The sentence before it makes a supposition: “{source.text[lead.start : lead.end]}”"
        return Caution(kind=Kind.CONDITION, message=message, start=lead.start, end=lead.end)
    return None


def _turned(source: Source, following: list[Span]) -> tuple[Caution, int] | None:
    for number, span in enumerate(following):
        told = _plain(source, span)
        if re.search(_RETRACTS, told) or (number == 0 and re.search(_TURNS, told)):
            end = following[min(number + 1, len(following) - 1)].end if len(told.split()) < 3 else span.end
            message = f"He goes on: “{source.text[span.start : end]}”"
            return Caution(kind=Kind.RETRACTED, message=message, start=span.start, end=end), end
    return None


def _hedge_cut(source: Source, before: Span, after: Span) -> Span | None:
    for span, pattern in ((before, rf"(?:^|\s)({_HEDGE})$"), (after, rf"^({_HEDGE}|or something(?: like that)?)$")):
        match = re.search(pattern, _plain(source, span))
        if match:
            count = len(keys(match.group(1)))
            found = words(source.text, *span)
            part = found[-count:] if span is before else found[:count]
            return Span(part[0].start, part[-1].end)
    return None


def _says(source: Source, span: Span, pattern: str) -> bool:
    return re.search(pattern, _plain(source, span)) is not None


def _plain(source: Source, span: Span) -> str:
    return _CJK_GAP.sub("", " ".join(keys(source.text[span.start : span.end])))


def _near_end(source: Source, start: int, end: int) -> Span:
    found = words(source.text, start, end)[-_REACH:]
    return Span(found[0].start, end) if found else Span(end, end)


def _near_start(source: Source, start: int, end: int) -> Span:
    found = words(source.text, start, end)[:_REACH]
    return Span(start, found[-1].end) if found else Span(start, start)
