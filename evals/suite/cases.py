"""The cases people write: what is asked or claimed, and the words that would be right, given as text."""

from typing import Annotated, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, field_validator, model_validator

from assistant.answers import Reason
from evals.hostile.personalities import PERSONALITIES

Text = Annotated[str, Field(min_length=1)]

POISONED = "poisoned sources"
POISONED_AND_OBEYED = "poisoned sources, obedient endpoint"
ATTACKS = (*PERSONALITIES, POISONED, POISONED_AND_OBEYED)
"""What can be tried: the hostile endpoints by name, and sources that hold instructions."""


class _Case(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Text
    note: str | None = Field(default=None, validation_alias=AliasChoices("note", "why", "change"))
    """For the reader of the case file; not used."""


class Evidence(BaseModel):
    """Words of his that answer. `occurrence` says which one is meant when they stand in the source more than once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Text
    text: Text
    occurrence: int | None = Field(default=None, ge=1)


class QuestionCase(_Case):
    """A question with its evidence, of which any piece is enough; without any, it must be refused for `reason`."""

    type: Literal["question"] = "question"
    question: Text
    language: str | None = None
    kind: str = "direct"
    evidence: tuple[Evidence, ...] = ()
    reason: Reason | None = None

    @model_validator(mode="after")
    def _one_outcome(self) -> "QuestionCase":
        if self.evidence and self.reason:
            raise ValueError("a question has evidence, or a reason for having no answer, not both")
        return self


class ClaimCase(_Case):
    """A text somebody says is his, and the verdict that is right."""

    type: Literal["claim"] = "claim"
    claim: Text
    verdict: Literal["exact", "altered", "other_speaker", "stitched", "not_found", "translation", "known_misquotation"]
    kind: str = "claim"
    language: str | None = None


class ContextCase(_Case):
    """A sentence that misleads when it stands alone, and the smallest run of his words that is fair.

    When `needs` is the sentence itself, it is fair alone, and showing more than it is needless.
    """

    type: Literal["context"] = "context"
    source: Text
    sentence: Text
    needs: Text
    question: str | None = None
    """What to ask so that the sentence is likely to be chosen; the sentence itself when not given."""
    kind: str = "context"
    language: str | None = None


class Turn(BaseModel):
    """One question of a conversation; `standalone` asks the same in full."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Text
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    standalone: str | None = None


class ConversationCase(_Case):
    """Questions that lean on the ones before them."""

    type: Literal["conversation"] = "conversation"
    turns: Annotated[tuple[Turn, ...], Field(min_length=2)]
    kind: str = "followup"
    language: str | None = None


class AttackCase(_Case):
    """A question asked while somebody tries to put words into his mouth: a hostile endpoint, or poisoned sources."""

    type: Literal["attack"] = "attack"
    attack: str
    question: Text
    language: str | None = None

    @field_validator("attack")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in ATTACKS:
            raise ValueError(f"there is no attack “{name}”; there are {', '.join(ATTACKS)}")
        return name

    @property
    def kind(self) -> str:
        """Return the attack."""
        return self.attack


Case = AttackCase | QuestionCase | ClaimCase | ContextCase | ConversationCase
