"""What happens between a question and its answer, told while it happens."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Stage(StrEnum):
    """The stages of answering, in their order."""

    SEARCHING = "searching"
    CHOOSING = "choosing"
    CHECKING = "checking"


class Step(BaseModel):
    """A stage that has begun; `count` is the number of passages to choose from, where one is known."""

    model_config = ConfigDict(frozen=True)

    stage: Stage
    count: int | None = None
