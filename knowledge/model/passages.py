"""Passages: the runs of whole sentences that are indexed, offered to selectors, and searched."""

from functools import cached_property
from itertools import pairwise, zip_longest

from pydantic import BaseModel, ConfigDict, model_validator

from knowledge.model.errors import SpanError
from knowledge.model.source import Question, Source
from knowledge.model.turns import Certainty, Role, Turn
from knowledge.text.sentences import Span, ends_sentence, sentences

WHOLE_TURN = 8
"""Turns of up to this many sentences are one passage; longer ones are cut into equal runs of about `RUN`."""
RUN = 6
MAX_SENTENCE_WORDS = 200
"""A sentence of more words is a text without stops: where its sentences end is not known, so it is not quoted."""
MAX_QUESTION_WORDS = 60
_ENOUGH_QUESTION_WORDS = 8
_MAX_COUNTER_QUESTION_WORDS = 12
_REACH = 7  # turns back, at most four of them the interviewer's


class Passage(BaseModel):
    """Whole sentences [start, end) inside one quotable turn of a source."""

    model_config = ConfigDict(frozen=True)

    source: Source
    turn: Turn
    start: int
    end: int

    @model_validator(mode="after")
    def _check(self) -> "Passage":
        if not self.turn.start <= self.start < self.end <= self.turn.end:
            raise SpanError(f"[{self.start}, {self.end}) is not inside one turn of {self.source.id}")
        return self

    @property
    def id(self) -> str:
        """Return the key under which the index holds this passage."""
        return f"{self.source.id}:{self.source.sha256[:12]}:{self.start}-{self.end}"

    @property
    def text(self) -> str:
        """Return the words, read from the source."""
        return self.source.text[self.start : self.end]

    @cached_property
    def sentences(self) -> list[Span]:
        """Return the spans of the sentences, as offsets in the source's canonical text."""
        return sentences(self.source.text, self.start, self.end)


def passages(source: Source, *, admit_inferred: bool = False) -> list[Passage]:
    """Cut every quotable turn of a source into passages of whole sentences.

    The sentences of a long turn are shared out evenly, so that none ends in a lone leftover sentence. Left out is
    what answers nothing: no letters at all, or a short counter-question; and what has no stops.
    Renderings are left to their originals.
    """
    found = []
    for turn, after in zip_longest(source.turns, source.turns[1:]):
        if turn.renders is not None or not turn.quotable(admit_inferred=admit_inferred):
            continue
        spans = sentences(source.text, turn.start, turn.end)
        spans = spans[:-1] if _may_go_on(source, turn, after) else spans
        if not spans:
            continue
        runs = 1 if len(spans) <= WHOLE_TURN else -(-len(spans) // RUN)
        edges = [round(run * len(spans) / runs) for run in range(runs + 1)]
        for first, last in pairwise(edges):
            passage = Passage(source=source, turn=turn, start=spans[first].start, end=spans[last - 1].end)
            if _says_something(passage):
                found.append(passage)
    return found


def _may_go_on(source: Source, turn: Turn, after: Turn | None) -> bool:
    """Whether the last sentence of a labelled turn has no end, and may go on in words of which nobody knows whose."""
    if after is None or after.role is not Role.UNKNOWN or turn.certainty is not Certainty.LABELLED:
        return False
    return not ends_sentence(source.text, turn.start, turn.end)


def question_before(source: Source, turn: Turn) -> Question | None:
    """Return what a turn answers, to be shown: our words if the source gives them, else the interviewer's.

    Of a long turn of the interviewer the last whole sentences, about `MAX_QUESTION_WORDS` words; a turn of a few
    words ("Right.") asks nothing, then the one before it is taken.
    """
    if turn.question is not None:
        return Question(text=turn.question, by=None)
    before = _asked_before(source, turn)
    if not before:
        return None
    longest = next((other for other in before if _word_count(source, other) >= _ENOUGH_QUESTION_WORDS), before[0])
    spans = sentences(source.text, longest.start, longest.end)
    start = spans[-1].start
    for span in reversed(spans):
        if len(source.text[span.start : longest.end].split()) > MAX_QUESTION_WORDS:
            break
        start = span.start
    return Question(text=source.text[start : longest.end], by=longest.speaker, start=start, end=longest.end)


def asked_words(source: Source, turn: Turn) -> str:
    """Return the words before a turn that search reads with it: short turns of the interviewer are joined.

    At most the last `MAX_QUESTION_WORDS` words; never shown.
    """
    if turn.question is not None:
        return " ".join(question for question in (turn.question, turn.question_zh, *turn.also_asked) if question)
    before = reversed(_asked_before(source, turn))
    joined = " ".join(source.text[other.start : other.end] for other in before)
    return " ".join(joined.split()[-MAX_QUESTION_WORDS:])


def _asked_before(source: Source, turn: Turn) -> list[Turn]:
    """Return the interviewer's turns before a turn, nearest first, until they have enough words to be a question."""
    index = source.turn_index(turn.start)
    found: list[Turn] = []
    words = 0
    for other in reversed(source.turns[max(index - _REACH, 0) : index]):
        if other.role is Role.UNKNOWN or not other.provenance.quotable:
            break
        if other.role is Role.OTHER:
            found.append(other)
            words += _word_count(source, other)
            if words >= _ENOUGH_QUESTION_WORDS:
                break
    return found


def _word_count(source: Source, turn: Turn) -> int:
    return len(source.text[turn.start : turn.end].split())


def _says_something(passage: Passage) -> bool:
    text = passage.source.text
    if any(len(text[start:end].split()) > MAX_SENTENCE_WORDS for start, end in passage.sentences):
        return False
    if not any(char.isalpha() for char in passage.text):
        return False
    only_questions = all(text[start:end].rstrip("\"”’'").endswith(("?", "？")) for start, end in passage.sentences)
    return not (only_questions and len(passage.text.split()) <= _MAX_COUNTER_QUESTION_WORDS)
