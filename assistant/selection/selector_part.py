"""What every selector does, and how it tells what became of the question."""

from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from assistant.answers import ModelUse, Reason
from assistant.models.calls import Cancellation
from assistant.models.troubles import Trouble
from assistant.quotes import Quote
from assistant.retrieval.retriever import Hit


class Selection(BaseModel):
    """The outcome of selecting; the quotes themselves were yielded before."""

    model_config = ConfigDict(frozen=True)

    selector: str
    """What the answer shows: the model's name, `extractive`, or `extractive (why the model did not choose)`."""
    reason: Reason | None = None
    """Why nothing was chosen, where the selector knows."""
    trouble: Trouble | None = None
    """What the endpoint did wrong. With quotes of the model's own: its reply broke off after them."""
    model: ModelUse | None = None
    """How a model was used, if one was."""


class Selector(Protocol):
    """Chooses what to quote from ranked passages."""

    @property
    def name(self) -> str:
        """Return the name that answers show."""

    def select(
        self,
        question: str,
        hits: Sequence[Hit],
        *,
        max_quotes: int,
        otherwise: Callable[[], Iterable[Quote]],
        history: Sequence[str] = (),
        cancellation: Cancellation | None = None,
    ) -> Generator[Quote, None, Selection]:
        """Yield each quote as soon as it is chosen and validated, best first; return the outcome.

        Closing the generator, or cancelling from another thread, stops the work.

        Args:
            question: what was asked.
            hits: the passages to choose from, best first.
            max_quotes: how many quotes at most.
            otherwise: gives the quotes when this selector cannot choose.
            history: the questions asked before, oldest first.
            cancellation: lets another thread stop it.

        Raises:
            Cancelled: `cancellation` was used.
        """
