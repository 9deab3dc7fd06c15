"""What a check says: a verdict, the places it rests on, and how the claim differs from them."""

from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, computed_field, model_serializer, model_validator

from assistant.answers import Coverage
from assistant.quotes import Quote
from knowledge.model.errors import SpanError
from knowledge.model.source import Source
from knowledge.model.turns import Role, Turn
from knowledge.text.sentences import Span


class Verdict(StrEnum):
    """The answer to "did he say this?"."""

    EXACT = "exact"
    """His words in their order: a whole, or a part of a sentence."""
    LIGHTLY_EDITED = "lightly_edited"
    """His words but for what editors do to speech: contractions, spelling, numbers, fillers, repeats, brackets."""
    ALTERED = "altered"
    """Near his words, but words were changed, dropped or added."""
    STITCHED = "stitched"
    """Real pieces from different places, joined as if they were said together."""
    OTHER_SPEAKER = "other_speaker"
    """Somebody else's words."""
    TRANSLATION = "translation"
    """A rendering of his words in another language."""
    KNOWN_MISQUOTATION = "known_misquotation"
    """A printed form that the quotation book knows to differ from what he said."""
    NOT_FOUND = "not_found"
    """In no text we hold as his; which does not mean that he never said it."""


class Op(StrEnum):
    """What was done to his words."""

    REPLACE = "replace"
    DELETE = "delete"
    """He said it; the claim leaves it out."""
    INSERT = "insert"
    """The claim adds it; he did not say it."""


class Edit(StrEnum):
    """What an editor did to the words."""

    CONTRACTION = "contraction"
    SPELLING = "spelling"
    NUMBER = "number"
    FILLER = "filler"
    REPETITION = "repetition"
    BRACKETS = "brackets"


class Difference(BaseModel):
    """Words that differ: source characters [said_start, said_end), claim characters [claimed_start, claimed_end)."""

    model_config = ConfigDict(frozen=True)

    op: Op
    said: str
    claimed: str
    said_start: int
    said_end: int
    claimed_start: int
    claimed_end: int
    edit: Edit | None = None
    """What an honest editor may have done here; None where the difference may carry meaning."""


class Kind(StrEnum):
    """Why a quotation in his exact words may still mislead."""

    NEGATION = "negation"
    CONDITION = "condition"
    REPORTED = "reported"
    RETRACTED = "retracted"
    HEDGE = "hedge"
    OCCASION = "occasion_mismatch"
    SPEAKER = "speaker_mismatch"
    LETTERS = "look_alike_letters"


class Caution(BaseModel):
    """A reason to read on, with the source characters [start, end) that give it, where there are any."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    message: str
    start: int | None = None
    end: int | None = None


class ClaimSpan(NamedTuple):
    """Characters [start, end) of the text that was checked."""

    start: int
    end: int


class Place(BaseModel):
    """Characters [start, end) of one turn of a source, his or not: `role` says whose. The words are read there.

    `claimed` is the part of the claim that this place answers to, `fair` the least that should be read with it,
    `original` what he said where this place is a rendering of it.
    """

    model_config = ConfigDict(frozen=True)

    source: Source
    start: int
    end: int
    claimed: ClaimSpan
    difference: tuple[Difference, ...] = ()
    warnings: tuple[Caution, ...] = ()
    fair: Span | None = None
    original: Quote | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _check(self) -> "Place":
        if not 0 <= self.start < self.end <= len(self.source.text):
            raise SpanError(f"[{self.start}, {self.end}) is not a span of {self.source.id}")
        return self

    @property
    def text(self) -> str:
        """Return the words, read from the source."""
        return self.source.text[self.start : self.end]

    @property
    def turn(self) -> Turn | None:
        """Return the turn the place starts in; None outside all turns."""
        try:
            return self.source.turns[self.source.turn_index(self.start)]
        except SpanError:
            return None

    @property
    def role(self) -> Role:
        """Whose words they are; reports about him and texts without known speakers are `unknown`."""
        turn = self.turn
        if turn is None or (turn.role is Role.SUBJECT and not turn.provenance.quotable):
            return Role.UNKNOWN
        return turn.role

    @property
    def is_report(self) -> bool:
        """Whether the place stands in somebody's account: press, a page of quotations, a post about him."""
        turn = self.turn
        provenance = turn.provenance if turn else self.source.provenance
        return not provenance.quotable and not self.difference

    @property
    def quote(self) -> Quote | None:
        """Return the quote, when the words are his."""
        return Quote(source=self.source, start=self.start, end=self.end) if self.role is Role.SUBJECT else None

    @model_serializer
    def _contract(self) -> dict[str, Any]:
        quote = self.quote
        return {
            **(quote.model_dump() if quote else self._not_his()),
            "role": self.role.value,
            "claimed": self.claimed._asdict(),
            "difference": [difference.model_dump(mode="json") for difference in self.difference],
            "warnings": [caution.model_dump(mode="json") for caution in self.warnings],
            "fair": {**self.fair._asdict(), "text": self.source.text[self.fair.start : self.fair.end]}
            if self.fair
            else None,
            "original": self.original.model_dump() if self.original else None,
            "note": self.note,
        }

    def _not_his(self) -> dict[str, Any]:
        turn, source = self.turn, self.source
        certainty = turn.certainty if turn and turn.role is Role.OTHER else None
        return {
            "id": None,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "speaker": turn.speaker if turn and turn.role is Role.OTHER else None,
            "certainty": certainty.value if certainty else None,
            "asked": None,
            "asked_by": None,
            "said_at": source.said_at(self.start) if turn else None,
            "source": {
                "id": source.id,
                "title": source.title,
                "date": source.date,
                "venue": source.venue,
                "url": source.url,
                "language": turn.language if turn else source.language,
                "provenance": (turn.provenance if turn else source.provenance).value,
                "sha256": source.sha256,
            },
        }


class Check(BaseModel):
    """The verdict on one text; places best first."""

    model_config = ConfigDict(frozen=True)

    text: str
    verdict: Verdict
    abridged: bool = False
    """With `exact`: words were left out where the claim says so by an ellipsis."""
    places: tuple[Place, ...] = ()
    nearest: tuple[Place, ...] = ()
    """What comes nearest; also exact matches in texts whose speaker is not known."""
    warnings: tuple[Caution, ...] = ()
    occasion: str | None = None
    """When and where it was said, as the claim has it."""
    printed: str | None = None
    """With `known_misquotation`: where the printed form stands."""
    printed_as_his: bool | None = None
    """With words that stand in print only: whether that print gives them to the subject; None where it was not read."""
    coverage: Coverage = Field(default_factory=lambda: Coverage(sources=0))
    """How much was searched."""
    checked_on: str | None = None
    """The day, in UTC, on which it was searched."""

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know pydantic's computed properties
    @property
    def only_printed(self) -> bool:
        """Whether the words stand in a report or press item we hold, and in no record of his speech."""
        first = self.nearest[0] if self.verdict is Verdict.NOT_FOUND and self.nearest else None
        return first is not None and first.is_report

    @model_validator(mode="after")
    def _check(self) -> "Check":
        if (self.verdict is Verdict.NOT_FOUND) is bool(self.places):
            raise ValueError(f"“{self.verdict}” with {len(self.places)} places")
        if self.verdict is Verdict.EXACT and any(
            place.role is not Role.SUBJECT or place.difference for place in self.places
        ):
            raise ValueError("exact words must be his, and must not differ")
        if self.verdict is Verdict.LIGHTLY_EDITED and any(
            place.role is not Role.SUBJECT or any(one.edit is None for one in place.difference) for place in self.places
        ):
            raise ValueError("lightly edited words must be his, and each difference an editor's")
        return self
