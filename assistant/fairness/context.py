"""Whether a run of sentences may stand alone: it is widened until its neighbours no longer change what it means.

Speech gives a view and takes it back, speaks in the voice of others, supposes, and asks itself questions. A run that
begins or ends in the middle of that misleads, however exact its words are. Each rule below looks at one way of
misleading; a run for which no fair extent is found is not shown.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.model.source import Source, count_words
from knowledge.model.turns import Role, Turn
from knowledge.text.sentences import Span, sentences

_ROUNDS = 6
_MAX_ADDED_WORDS = 140
_ECHO_WORDS = 4
_SHORT_REPLY_WORDS = 6


class Run(NamedTuple):
    """Sentences [first, last) of a turn."""

    first: int
    last: int


def fair_run(source: Source, start: int, end: int) -> Span | None:
    """Return the smallest fair run of whole sentences around characters [start, end); None when there is none.

    The run stays inside its turn. Characters [start, end) must be whole sentences of one turn.
    """
    turn = source.turns[source.turn_index(start)]
    spans = sentences(source.text, turn.start, turn.end)
    said = [source.text[span.start : span.end] for span in spans]
    first = max(number for number, span in enumerate(spans) if span.start <= start)
    last = min(number for number, span in enumerate(spans) if span.end >= end) + 1
    run: Run | None = Run(first, last)
    words = _words(said[first:last])
    for _ in range(_ROUNDS):
        before = run
        for widen in (_whole_voice, _whole_thought, _whole_ending):
            run = widen(said, run) if run else None
        if run is None or run == before or _words(said[run.first : run.last]) > words + _MAX_ADDED_WORDS:
            break
    if run is None or _words(said[run.first : run.last]) > words + _MAX_ADDED_WORDS:
        return None
    if run.last == len(said) and _is_taken_back_after_echo(source, turn, said[run.first : run.last]):
        return None
    return Span(spans[run.first].start, spans[run.last - 1].end)


# --- somebody else's voice -------------------------------------------------------------------------------------------

_SOMEBODY = r"(?:you|one|people|they|some|someone|others|we|I)"
_SPEAKS = r"(?:say|said|saying|think|thought|go|ask|argue|are saying|claim|claimed)"
_OPENS_VOICE = re.compile(
    rf"\b{_SOMEBODY}(?:(?: can| could| might| may| would| will)|'d|'ll)? {_SPEAKS}\b[^.?!]{{0,40}}"
    r"(?:,|:|—|--)? ?(?:hey|okay|oh|well|look|\"|“|—)"
    r"|\bargument goes\b|, (?:okay|hey|oh|wow),"
    r"|\b(?:people are saying|they say|they said|you say|people (?:say|said|thought)|we thought),",
    re.IGNORECASE,
)
_IN_THAT_VOICE = re.compile(
    r"^(?:that's|this is|it's|like|so (?:it|that)|and then|okay|oh|we (?:are|will)|then|now|nope|if)\b", re.IGNORECASE
)
_ENDS_VOICE = re.compile(r"^(?:nope|but|however|in reality|actually|well,|and yet|it turns? out|no,)", re.IGNORECASE)
_ANSWERS_VOICE = re.compile(rf"{_ENDS_VOICE.pattern}|, (?:but|except|only)\b", re.IGNORECASE)


def _whole_voice(said: Sequence[str], run: Run) -> Run | None:
    """Start where a borrowed voice opens and end where he answers it; None when the answer cannot be found."""
    inside = [n for n in range(run.first, run.last) if _OPENS_VOICE.search(said[n])]
    if inside and not any(_ANSWERS_VOICE.search(said[n]) for n in range(inside[-1], run.last)):
        goes_on = inside[-1] + 1 < len(said) and _IN_THAT_VOICE.match(said[inside[-1] + 1])
        near = range(run.last, min(run.last + 4, len(said)))
        answer = next((n for n in near if _ANSWERS_VOICE.search(said[n])), None)
        return Run(run.first, answer + 1) if goes_on and answer is not None else run
    opened = [n for n in range(max(0, run.first - 2), run.first) if _OPENS_VOICE.search(said[n])]
    if not opened or not _IN_THAT_VOICE.match(said[run.first]) or _ENDS_VOICE.match(said[run.first]):
        return run
    first = opened[-1]
    if any(_ENDS_VOICE.match(said[n]) for n in range(first + 1, run.last)):
        return Run(first, run.last)
    answer = next((n for n in range(run.last, min(run.last + 3, len(said))) if _ENDS_VOICE.match(said[n])), None)
    if answer is not None:
        return Run(first, answer + 1)
    alone = run.last - run.first == 1 and run.last < len(said)
    return None if alone else Run(first, run.last)


# --- what the beginning leans on -------------------------------------------------------------------------------------

_LEANS_BACK = re.compile(
    r"^(?:that's (?:a|the|why|what|how|when|where|true|right|because|not|it)"
    r"|that (?:is|was|would|could|can|will|means|may|might)|this (?:is|was) (?:why|what|because)|which|or rather|nope"
    r"|otherwise|the (?:same|former|latter|other|second)\b|neither|both of|and so (?:that|this)|so that"
    r"|not (?:in|on|at|from|by|because|only|just|really)"
    r"|this is (?:one|the (?:first|second|third|other)) (?:thing|reason|part)"
    r"|(?:and |so |well,? )*(?:maybe |perhaps )?(?:I should|let me) (?:clarify|explain|qualify|rephrase))\b",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"\b(?:let's (?:just )?(?:pretend|suppose|assume|say|imagine)|if I (?:were|had) to|if (?:it|that) (?:was|were)"
    r"|if you were|suppose (?:that|you|we|it)|imagine (?:that|if|an?)|hypothetically|in that (?:case|world))\b",
    re.IGNORECASE,
)
_IS_CONDITION = re.compile(r"^(?:and |so |but |now,? )?(?:if|suppose|imagine|pretend|assume)\b", re.IGNORECASE)
_FOLLOWS_FROM_IT = re.compile(
    r"^(?:(?:and |so )?then\b|(?:and|so) (?:then|you|we|it|they|I|at some point|eventually|suddenly)\b)"
    r"|^(?:it|that|they|my \w+|I|you|we)(?: \w+)? (?:would|'d)\b",
    re.IGNORECASE,
)
_SHORT_CONDITION_WORDS = 12
_CLARIFIES = re.compile(r"\b(?:I should|let me) (?:clarify|explain|qualify|rephrase)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"^(?:\w+ ){0,4}(?:those|these|such) \w+", re.IGNORECASE)


def _whole_thought(said: Sequence[str], run: Run) -> Run:
    """Take in the sentence before when the first one refers to it, or follows from its supposition."""
    if run.first == 0:
        return run
    before, opening = said[run.first - 1], said[run.first]
    bare_condition = _IS_CONDITION.match(before) and len(before.split()) < _SHORT_CONDITION_WORDS
    supposed = (_SUPPOSES.search(before) or bare_condition) and _FOLLOWS_FROM_IT.search(opening)
    explained = _CLARIFIES.search(before) or _POINTS_BACK.match(opening)
    return Run(run.first - 1, run.last) if _LEANS_BACK.match(opening) or supposed or explained else run


# --- what the ending is answered by ----------------------------------------------------------------------------------

_ASKS = re.compile(r"[?？][\"”’']?$")
_TURNS_AGAINST = re.compile(
    r"^(?:but|although|though|yet|except|whereas|like,? (?:it|that|this) (?:is|was|does)"
    r"|well,? (?:it|that) (?:is|was|does))\b",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"^(?:or rather|or,? (?:actually|maybe) not|nope\b|no, (?:wait|sorry|that's not)|sorry,|scratch that|correction"
    r"|well, (?:actually|not really|no\b)|actually, (?:no|I)|wait,|however\b|on second thoughts?|then again"
    r"|having said that|that said)"
    r"|\bI (?:shouldn't|should not) (?:say|have said)|\bI(?:'ll| will)? (?:retract|take (?:that|it) back)"
    r"|\bI(?:'ve)? (?:misspoke|changed my mind)|\blet me (?:rephrase|correct)"
    r"|\bthat(?:'s| is) not (?:quite )?(?:true|right|correct)|\bI (?:could|may|might) be wrong",
    re.IGNORECASE,
)
_DENIES_IT = re.compile(
    r"^(?:that|this|it|which)\b[^.]{0,80}\b(?:but|though) (?:it|that|this|I|we|they) (?:\w+ )?"
    r"(?:does|do|did|is|was|would|could|can)(?:n't| not)\b",
    re.IGNORECASE,
)
_SEEMS = re.compile(
    r"^(?:of course|sure|yes|yeah|indeed|true|granted|I agree)\b"
    r"|\b(?:somewhat|still|to some (?:extent|degree)|in some sense|it(?:'s| is) true|some people)\b"
    r"|\bin (?:theory|principle)\b"
    r"|\bthere(?:'s| is) (?:also )?(?:a |this )?(?:theory|argument|view|idea)\b"
    r"|\b(?:on the surface|at first(?: glance)?|it (?:looks|sounds|seems|feels) (?:like|as if)|when put this way"
    r"|(?:one|you) (?:would|might|could) think|I (?:thought|used to think))\b",
    re.IGNORECASE,
)
_ADVERSATIVE = re.compile(r"^(?:but|although|though|yet|except)\b", re.IGNORECASE)
_SHORT_DENIAL = re.compile(
    r"^(?:no\b|not\b|nope|(?:it|that|this|there|they|we|you|I)(?:'s| is| are| was|'re)? ?"
    r"(?:not|no|isn't|aren't|wasn't|can't|don't|didn't|won't|doesn't)\b)",
    re.IGNORECASE,
)
_SHORT_DENIAL_WORDS = 9
_ANNOUNCES = re.compile(
    r"\b(?:two|three|several|a few|a couple of|one|another) (?:\w+ )?"
    r"(?:things?|reasons?|explanations?|answers?|points?|ways?|parts?|possibilities|caveats?)\W*$",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"^(?:\w+,? ){0,4}(?:actually|in fact|in reality|it turn(?:s|ed) out)\b"
    r"|\b(?:this|that) (?:theory|view|idea|argument|claim|picture|intuition|assumption) (?:is|was)\b",
    re.IGNORECASE,
)


def _whole_ending(said: Sequence[str], run: Run) -> Run:
    """Take in what answers, limits or takes back the last sentence."""
    if run.last >= len(said):
        return run
    ending, following = said[run.last - 1], said[run.last]
    if _ASKS.search(ending) or any(p.search(following) for p in (_TURNS_AGAINST, _TAKES_BACK, _DENIES_IT)):
        return Run(run.first, run.last + 1)
    if _ANNOUNCES.search(ending) or (_SEEMS.search(ending) and _CORRECTS.search(following)):
        return Run(run.first, run.last + 1)
    if _SHORT_DENIAL.match(ending) and count_words(ending) <= _SHORT_DENIAL_WORDS and run.last - run.first <= 2:
        return Run(run.first, run.last + 1)
    if run.last - run.first <= 2 and _SEEMS.search(ending):
        near = range(run.last + 1, min(run.last + 3, len(said)))
        if (answer := next((n for n in near if _ADVERSATIVE.match(said[n])), None)) is not None:
            return Run(run.first, answer + 1)
    if run.last + 1 < len(said) and _retracts(said[run.last + 1]):
        return Run(run.first, run.last + 2)
    return run


def _retracts(sentence: str) -> bool:
    return bool(_TAKES_BACK.search(sentence)) and not sentence.lower().startswith("however")


# --- a short reply that the interviewer echoes -----------------------------------------------------------------------

_RETRACTS = re.compile(
    r"\b(?:retract|take (?:that|it) back|changed my mind|shouldn't say|misspoke|definitely was|actually (?:yes|no))\b",
    re.IGNORECASE,
)


def _is_taken_back_after_echo(source: Source, turn: Turn, shown: Sequence[str]) -> bool:
    """Whether a reply of a few words is echoed as a question, and so not his last word on it."""
    index = source.turn_index(turn.start)
    echo, reply = source.turns[index + 1 : index + 2], source.turns[index + 2 : index + 3]
    if not echo or echo[0].role is not Role.OTHER or _words(shown) > _SHORT_REPLY_WORDS:
        return False
    asked = source.text[echo[0].start : echo[0].end]
    if count_words(asked) > _ECHO_WORDS or not _ASKS.search(asked.rstrip()):
        return False
    own = source.text[reply[0].start : reply[0].end] if reply else ""
    repeated = set(re.findall(r"\w+", asked.lower())) <= set(re.findall(r"\w+", shown[-1].lower()))
    return repeated or bool(_RETRACTS.search(own))


def _words(said: Sequence[str]) -> int:
    return sum(count_words(sentence) for sentence in said)
