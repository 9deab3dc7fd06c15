"""The selector that lets a language model choose: it is shown numbers and answers in numbers, and code cuts the words.

Whatever the endpoint does, the question gets the model's valid picks, an abstention with one of our reasons, or the
extractive selection together with why.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.answers import ModelUse, Reason
from assistant.models.calls import Call, Cancellation, Cancelled, EndpointFailed, Trouble, Usage
from assistant.models.endpoint import Endpoint
from assistant.quotes import Quote
from assistant.retrieval.retriever import Hit
from assistant.selection.offer import Offer, sendable
from assistant.selection.pick_cache import AnswerCache, cache_key
from assistant.selection.picks import PICKS, Pick, PickReader, PickRefused
from assistant.selection.prompt_examples import check_examples
from assistant.selection.selector import Selection
from assistant.settings import Settings
from knowledge.model.errors import SpanError
from prompts import load

FALLBACK = "extractive"
_EARLIER = 4
"""How many earlier questions a model is told."""
_REPAIR_SECONDS = 2.0
"""What must be left of the time for a second reply."""
_REPAIRED_CHARACTERS = 2_000
"""Of an unusable reply so much is shown to the model again."""
_GRACE_SECONDS = 1.0
"""How long a reply that says nothing more of use is listened to, for the endpoint's account of tokens."""


class ModelSelector:
    """Chooses by a model; what fails is left to `otherwise`.

    Args:
        endpoint: the model.
        settings: limits of time and tokens.
        subject: name of the person, for the prompt.
        cache: remembers picks; None asks the model every time.

    Raises:
        PromptError: the prompt or one of its worked examples is wrong.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        settings: Settings,
        subject: str,
        cache: AnswerCache | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._subject = subject
        self._cache = cache
        self._prompt = load("select", {"subject", "passages", "history", "question", "max_quotes"})
        self._repair = load("repair", {"error"})
        check_examples(self._prompt)

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._endpoint.model

    @property
    def remembers(self) -> bool:
        """Whether a question that was answered before is not asked again."""
        return self._cache is not None

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
        """See `Selector.select`."""
        offer = Offer.of((hit.passage for hit in hits), max_tokens=self._settings.model_passage_tokens)
        if not offer.passages:
            return Selection(selector=self.name, reason=Reason.NO_EVIDENCE)
        values = {
            "subject": self._subject,
            "passages": offer.text,
            "history": "\n".join(map(sendable, history[-_EARLIER:])) or "(none)",
            "question": sendable(question),
            "max_quotes": str(max_quotes),
        }
        key = cache_key(offer.key, self._prompt.hash, self._endpoint.key, *values.values())
        chosen = _Chosen(offer, max_quotes)
        if (remembered := self._cache.get(key) if self._cache else None) is not None:
            picks, reason = remembered
            yield from chosen.take(picks)
            if chosen.picks or reason:
                return Selection(
                    selector=self.name, reason=reason, model=ModelUse(prompt=self._prompt.hash, cached=True)
                )
        selection = yield from self._asked(values, chosen, cancellation)
        if selection.trouble is None and self._cache:
            self._cache.put(key, chosen.picks, selection.reason)
        if selection.trouble and not chosen.picks:
            yield from otherwise()
        return selection

    def _asked(
        self, values: Mapping[str, str], chosen: "_Chosen", cancellation: Cancellation | None
    ) -> Generator[Quote, None, Selection]:
        messages = self._prompt.messages(values)
        self._endpoint.prepare()  # not on the time of the reply
        until = time.monotonic() + self._settings.model_seconds
        heard = yield from self._heard(messages, chosen, until, cancellation)
        if heard.trouble is Trouble.NO_VALID_PICK and until - time.monotonic() > _REPAIR_SECONDS:
            # a small model often gets the form right when it is told what was wrong, once
            (_, repair) = self._repair.messages({"error": chosen.error})[-1]
            again = [*messages, ("assistant", heard.text[:_REPAIRED_CHARACTERS]), ("user", repair)]
            heard = yield from self._heard(again, chosen, until, cancellation)
        return Selection(
            selector=self.name if chosen.picks or heard.reason else f"{FALLBACK} ({heard.trouble})",
            reason=heard.reason,
            trouble=heard.trouble,
            model=ModelUse(prompt=self._prompt.hash, invalid=chosen.invalid, usage=heard.usage),
        )

    def _heard(
        self, messages: Sequence[tuple[str, str]], chosen: "_Chosen", until: float, cancellation: Cancellation | None
    ) -> Generator[Quote, None, "_Heard"]:
        """Yield the quotes of one reply as it arrives; return what became of it."""
        reader = PickReader()
        trouble = None
        text = ""
        with Call(until - time.monotonic(), cancellation) as call:
            try:
                for piece in self._endpoint.call(messages, PICKS, call):
                    text += piece
                    yield from chosen.take(reader.feed(piece))
                    if reader.finished or chosen.full:
                        call.hurry(_GRACE_SECONDS)
            except EndpointFailed as failed:
                trouble = failed.trouble
        if trouble is Trouble.CANCELLED:
            raise Cancelled
        if reader.finished or chosen.full:
            trouble = None
        reason = reader.reason if not chosen.picks else None
        if not (trouble or reason or chosen.picks):
            trouble = Trouble.NO_VALID_PICK
        elif not (trouble or reader.finished or chosen.full):
            trouble = Trouble.UNREADABLE  # it ended in the middle of its JSON
        return _Heard(text, reason, trouble, call.usage)


class _Heard(NamedTuple):
    """What became of one reply."""

    text: str
    reason: Reason | None
    trouble: Trouble | None
    usage: Usage | None


class _Chosen:
    """The picks that stood up to validation, and how many did not."""

    def __init__(self, offer: Offer, max_quotes: int) -> None:
        self.offer = offer
        self.max_quotes = max_quotes
        self.picks: list[Pick] = []
        self.invalid = 0
        self._quotes: list[Quote] = []

    @property
    def full(self) -> bool:
        """Whether as many quotes are chosen as may be."""
        return len(self.picks) >= self.max_quotes

    @property
    def error(self) -> str:
        """Return why nothing could be used, for the model."""
        if not self.invalid:
            return "it was not the JSON object that was asked for, or had no picks and no reason."
        return (
            f"none of its {self.invalid} picks points at what was offered. Passages are numbered from 1 to "
            f"{len(self.offer.passages)}, sentences as printed, and “first” is not after “last”."
        )

    def take(self, picks: Iterator[Pick | None] | list[Pick]) -> Iterator[Quote]:
        """Yield the quote of each pick that is valid, not too many and not shown already."""
        for pick in picks:
            if pick is None or (quote := self._quote(pick)) is None:
                self.invalid += 1
            elif not self.full:
                self.picks.append(pick)
                self._quotes.append(quote)
                yield quote

    def _quote(self, pick: Pick) -> Quote | None:
        try:
            quote = self.offer.quote(pick)
        except (PickRefused, SpanError):
            return None
        return None if any(_overlap(quote, other) for other in self._quotes) else quote


def _overlap(one: Quote, other: Quote) -> bool:
    same = one.source.id == other.source.id and one.source.sha256 == other.source.sha256
    return same and one.start < other.end and other.start < one.end
