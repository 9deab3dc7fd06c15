"""Who speaks where: a turn is a stretch of the canonical text by one speaker."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.model.provenance import Provenance


class Role(StrEnum):
    """Whose words a turn holds."""

    SUBJECT = "subject"
    OTHER = "other"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    """How we know the speaker, surest first."""

    LABELLED = "labelled"
    REVIEWED = "reviewed"
    INFERRED = "inferred"


class Turn(BaseModel):
    """Characters [start, end) of a canonical text, spoken (or written) by one person."""

    model_config = ConfigDict(frozen=True)

    start: int = Field(ge=0)
    end: int
    role: Role
    speaker: str | None = None
    certainty: Certainty | None = None
    said_at: float | None = Field(default=None, ge=0)
    """Seconds into the recording at which the turn starts."""
    provenance: Provenance
    language: str
    question: str | None = None
    """The question this turn answers, in our words; None where the interviewer's stands in the source."""
    question_zh: str | None = None
    """The same question in Chinese."""
    also_asked: tuple[str, ...] = Field(default=(), exclude_if=lambda wordings: not wordings)
    """Other wordings of it, in either language: it is found by them, they are never shown. What has none is stored as
    before there were any, so that its edition stays the same."""
    renders: int | None = None
    """Start of the turn whose words this one renders in another language."""

    @model_validator(mode="after")
    def _check(self) -> "Turn":
        if self.start >= self.end:
            raise ValueError(f"a turn must not be empty: [{self.start}, {self.end})")
        if self.role is Role.SUBJECT and self.certainty is None:
            raise ValueError("a turn of the subject must say how its speaker is known")
        return self

    def quotable(self, *, admit_inferred: bool = False) -> bool:
        """Whether words of this turn may be shown as the subject's."""
        sure = self.certainty is not Certainty.INFERRED or admit_inferred
        return self.role is Role.SUBJECT and sure and self.provenance.quotable
