"""Passages: the runs of whole sentences that are indexed, offered to selectors, and searched."""

from pydantic import BaseModel, ConfigDict, model_validator

from knowledge.errors import SpanError
from knowledge.sentences import Span, sentences
from knowledge.source import Question, Source
from knowledge.turns import Role, Turn

MAX_SENTENCES = 6
MAX_QUESTION_CHARACTERS = 400
_MIN_QUESTION_WORDS = 4


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

    @property
    def sentences(self) -> list[Span]:
        """Return the spans of the sentences, as offsets in the source's canonical text."""
        return sentences(self.source.text, self.start, self.end)


def passages(source: Source, *, admit_inferred: bool = False) -> list[Passage]:
    """Cut every quotable turn of a source into passages of at most `MAX_SENTENCES` whole sentences.

    Renderings are left to their originals: `searchable` adds their words to what is searched.

    The sentences of a turn are shared out evenly, so that no turn ends in a lone leftover sentence.
    """
    found = []
    for turn in source.turns:
        if turn.renders is not None or not turn.quotable(admit_inferred=admit_inferred):
            continue
        spans = sentences(source.text, turn.start, turn.end)
        pieces = -(-len(spans) // MAX_SENTENCES)
        for piece in range(pieces):
            run = spans[len(spans) * piece // pieces : len(spans) * (piece + 1) // pieces]
            found.append(Passage(source=source, turn=turn, start=run[0].start, end=run[-1].end))
    return found


def question_before(source: Source, turn: Turn) -> Question | None:
    """Return what a turn answers: our words if the source gives them, else the end of the interviewer's turn.

    A turn of a few words ("Right.") asks nothing; the one before it is taken. At most
    `MAX_QUESTION_CHARACTERS` characters, whole sentences, from the end of the interviewer's turn.
    """
    if turn.question is not None:
        return Question(text=turn.question, by=None)
    index = source.turn_index(turn.start)
    nearest = None
    for other in reversed(source.turns[max(index - 4, 0) : index]):
        if other.role is Role.UNKNOWN or not other.provenance.quotable:
            break
        if other.role is Role.SUBJECT:
            continue
        nearest = nearest or other
        if len(source.text[other.start : other.end].split()) >= _MIN_QUESTION_WORDS:
            nearest = other
            break
    return _last_sentences(source, nearest) if nearest else None


def _last_sentences(source: Source, turn: Turn) -> Question:
    spans = sentences(source.text, turn.start, turn.end)
    start = spans[-1].start
    for span in reversed(spans):
        if turn.end - span.start > MAX_QUESTION_CHARACTERS:
            break
        start = span.start
    return Question(text=source.text[start : turn.end], by=turn.speaker, start=start, end=turn.end)
