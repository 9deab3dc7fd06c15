"""Selectors: the protocol both speak, and who chooses: the model where one is set, else the extractive one."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from assistant.answers import ModelUse, Reason
from assistant.models.calls import Cancellation, Trouble
from assistant.question.generators import Returning
from assistant.quotes import Quote
from assistant.retrieval.retriever import Hit
from assistant.selection import extractive


# What every selector does, and how it tells what became of the question.
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

    @property
    def remembers(self) -> bool:
        """Return whether choosing for a question answered before costs nothing."""

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


Present = Callable[[Quote], Quote | None]
"""Returns a quote as it may be shown, None when it may not."""


class Chooser:
    """Chooses quotes from ranked passages.

    Args:
        model: the selector that a model serves, None without a model.
        max_quotes: how many quotes an answer has at most.
    """

    def __init__(self, model: Selector | None, *, max_quotes: int) -> None:
        self._model = model
        self._max_quotes = max_quotes

    def at_no_cost(self) -> "Chooser":
        """Return what chooses for a question answered before: without the model, where it would be asked again."""
        forgetful = self._model is not None and not self._model.remembers
        return Chooser(None, max_quotes=self._max_quotes) if forgetful else self

    def choose(
        self,
        question: str,
        hits: Sequence[Hit],
        *,
        certain: Sequence[Hit],
        history: Sequence[str],
        present: Present,
        near: float,
        cancellation: Cancellation | None = None,
    ) -> Generator[Quote, None, Selection]:
        """Yield quotes as they may be shown; return which selector chose.

        Args:
            question: what was asked.
            hits: the passages a model chooses from, best first.
            certain: those of them that the extractive selector chooses from.
            history: the questions asked before, oldest first.
            present: decides how, and whether, a quote is shown.
            near: how near to the best a further passage must score where the extractive selector chooses, as it counts.
            cancellation: lets another thread stop a model.

        Raises:
            Cancelled: `cancellation` was used.
        """
        ready: set[str] = set()

        def extracted() -> Iterator[Quote]:
            for quote in extractive.select(
                certain, question=question, max_quotes=self._max_quotes, present=present, near=near
            ):
                ready.add(quote.id)
                yield quote

        if self._model is None or not hits:
            yield from extracted()
            return Selection(selector=extractive.NAME)
        picking = self._model.select(
            question,
            hits,
            max_quotes=self._max_quotes,
            history=history,
            otherwise=extracted,
            cancellation=cancellation,
        )
        with Returning(picking) as quotes:
            for quote in quotes:
                fair = quote if quote.id in ready else present(quote)
                if fair is not None:
                    yield fair
            return quotes.returned
