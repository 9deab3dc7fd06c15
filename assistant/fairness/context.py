"""Whether a run of sentences may stand alone: it is widened until its neighbours no longer change what it means.

Speech gives a view and takes it back, speaks in the voice of others, supposes, and asks itself questions. A run that
begins or ends in the middle of that misleads, however exact its words are. Each rule below looks at one way of
misleading; a run for which no fair extent is found is not shown.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.fairness.rules import found
from knowledge.model.source import Source, count_words
from knowledge.model.turns import Role, Turn
from knowledge.text.sentences import Span, sentences

_ROUNDS = 6
_MAX_ADDED_WORDS = 140
_ECHO_WORDS = 4
_MARK = re.compile('[“”"「」]')
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
    for _ in range(_ROUNDS + 1):
        before = run
        for widen in (_whole_quotation, _whole_voice, _whole_frame, _whole_thought, _whole_ending):
            run = widen(said, run) if run else None
        if run is None or run == before or _words(said[run.first : run.last]) > words + _MAX_ADDED_WORDS:
            break
    else:
        return None  # it still grew in the last round: where it would be fair is not known
    if run is None or _words(said[run.first : run.last]) > words + _MAX_ADDED_WORDS:
        return None
    if run.last == len(said) and _is_taken_back_after_echo(source, turn, said[run.first : run.last]):
        return None
    return Span(spans[run.first].start, spans[run.last - 1].end)


# --- somebody else's voice -------------------------------------------------------------------------------------------


def _whole_voice(said: Sequence[str], run: Run) -> Run | None:
    """Start where a borrowed voice opens and end where he answers it; None when the answer cannot be found."""
    inside = [n for n in range(run.first, run.last) if found("opens_voice", said[n])]
    if inside and not any(found("answers_voice", said[n]) for n in range(inside[-1], run.last)):
        goes_on = inside[-1] + 1 < len(said) and found("in_that_voice", said[inside[-1] + 1])
        near = range(run.last, min(run.last + 4, len(said)))
        answer = next((n for n in near if found("answers_voice", said[n])), None)
        return Run(run.first, answer + 1) if goes_on and answer is not None else run
    opened = [n for n in range(max(0, run.first - 2), run.first) if found("opens_voice", said[n])]
    if not opened or not found("in_that_voice", said[run.first]) or found("ends_voice", said[run.first]):
        return run
    first = opened[-1]
    if any(found("ends_voice", said[n]) for n in range(first + 1, run.last)):
        return Run(first, run.last)
    answer = next((n for n in range(run.last, min(run.last + 3, len(said))) if found("ends_voice", said[n])), None)
    if answer is not None:
        return Run(first, answer + 1)
    alone = run.last - run.first == 1 and run.last < len(said)
    return None if alone else Run(first, run.last)


# --- words between quotation marks -----------------------------------------------------------------------------------

_LONGEST_QUOTATION = 6
"""Sentences; marks that are further apart are not a pair."""


def _whole_quotation(said: Sequence[str], run: Run) -> Run:
    """Take in the whole of what he quotes, when the run begins or ends inside it."""
    inside = _inside(said)
    first, last = run
    while first > 0 and inside[first - 1] and run.first - first < _LONGEST_QUOTATION:
        first -= 1
    while last < len(said) and inside[last - 1] and last - run.last < _LONGEST_QUOTATION:
        last += 1
    opened = first == 0 or not inside[first - 1]
    closed = last == len(said) or not inside[last - 1]
    return Run(first if opened else run.first, last if closed else run.last)


def _inside(said: Sequence[str]) -> list[bool]:
    """Return for each sentence whether a quotation is open where it ends."""
    found, is_open = [], False
    for sentence in said:
        for mark in _MARK.findall(sentence):
            is_open = mark in "“「" or (mark == '"' and not is_open)
        found.append(is_open)
    return found


# --- a frame: supposed, thought by others, or to be judged -----------------------------------------------------------

_FRAME_BEFORE = 3
_FRAME_AFTER = 5


def _whole_frame(said: Sequence[str], run: Run) -> Run:
    """Start where a frame opens, and end where he closes it, when he does within five sentences."""
    before = range(max(0, run.first - _FRAME_BEFORE), run.last)
    opened = next((n for n in reversed(before) if found("opens_frame", said[n])), None)
    if opened is None or any(found("closes_frame", said[n]) for n in range(opened + 1, run.last)):
        return run
    after = range(run.last, min(run.last + _FRAME_AFTER, len(said)))
    closed = next((n for n in after if found("closes_frame", said[n])), None)
    if closed is None:
        return run
    return Run(min(opened, run.first), closed + 1)


# --- what the beginning leans on -------------------------------------------------------------------------------------

_SHORT_CONDITION_WORDS = 12


def _whole_thought(said: Sequence[str], run: Run) -> Run:
    """Take in the sentence before when the first one refers to it, or follows from its supposition."""
    if run.first == 0:
        return run
    before, opening = said[run.first - 1], said[run.first]
    bare_condition = found("is_condition", before) and len(before.split()) < _SHORT_CONDITION_WORDS
    supposed = (found("supposes", before) or bare_condition) and found("follows_from_it", opening)
    explained = found("clarifies", before) or found("points_back", opening)
    return Run(run.first - 1, run.last) if found("leans_back", opening) or supposed or explained else run


# --- what the ending is answered by ----------------------------------------------------------------------------------

_SHORT_DENIAL_WORDS = 9
_ANSWERED = ("turns_against", "takes_back", "plain_denial", "denies_it", "finds_fault")


def _whole_ending(said: Sequence[str], run: Run) -> Run:
    """Take in what answers, limits or takes back the last sentence."""
    if run.last >= len(said):
        return run
    ending, following = said[run.last - 1], said[run.last]
    if found("asks", ending) or any(found(name, following) for name in _ANSWERED):
        return Run(run.first, run.last + 1)
    if found("announces", ending) or (found("seems", ending) and found("corrects", following)):
        return Run(run.first, run.last + 1)
    if found("short_denial", ending) and count_words(ending) <= _SHORT_DENIAL_WORDS and run.last - run.first <= 2:
        return Run(run.first, run.last + 1)
    if run.last - run.first <= 2 and found("seems", ending):
        near = range(run.last + 1, min(run.last + 3, len(said)))
        if (answer := next((n for n in near if found("adversative", said[n])), None)) is not None:
            return Run(run.first, answer + 1)
    if run.last + 1 < len(said) and _retracts(said[run.last + 1]):
        return Run(run.first, run.last + 2)
    return run


def _retracts(sentence: str) -> bool:
    return found("takes_back", sentence) and not sentence.lower().startswith("however")


# --- a short reply that the interviewer echoes -----------------------------------------------------------------------


def _is_taken_back_after_echo(source: Source, turn: Turn, shown: Sequence[str]) -> bool:
    """Whether a reply of a few words is echoed as a question, and so not his last word on it."""
    index = source.turn_index(turn.start)
    echo, reply = source.turns[index + 1 : index + 2], source.turns[index + 2 : index + 3]
    if not echo or echo[0].role is not Role.OTHER or _words(shown) > _SHORT_REPLY_WORDS:
        return False
    asked = source.text[echo[0].start : echo[0].end]
    if count_words(asked) > _ECHO_WORDS or not found("asks", asked.rstrip()):
        return False
    own = source.text[reply[0].start : reply[0].end] if reply else ""
    repeated = set(re.findall(r"\w+", asked.lower())) <= set(re.findall(r"\w+", shown[-1].lower()))
    return repeated or found("retracts_reply", own)


def _words(said: Sequence[str]) -> int:
    return sum(count_words(sentence) for sentence in said)
