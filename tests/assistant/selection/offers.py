"""An offer over the invented interviews, and an endpoint that says what a test wants."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assistant import Settings
from assistant.models import Call, Endpoint, Schema
from assistant.quotes import Quote
from assistant.retrieval.retriever import Hit
from assistant.selection.model_selector import ModelSelector
from assistant.selection.offer import Offer
from assistant.selection.selector import Selection
from knowledge.model.passages import passages
from tests.invented import BEES, TIDES, labelled_source

SOURCES = (labelled_source(BEES, "bees"), labelled_source(TIDES, "tides", date="2023-11-02"))
PASSAGES = [passage for source in SOURCES for passage in passages(source)]
HITS = [Hit(passage, 1.0) for passage in PASSAGES]
OFFER = Offer(tuple(PASSAGES))
QUESTION = "Why do bees dance?"


class ScriptedEndpoint(Endpoint):
    """Replies with the pieces it was given; nothing goes over a network."""

    def __init__(self, pieces: Iterable[str], **settings: Any) -> None:
        super().__init__(Settings(model="scripted", openai_base_url="http://127.0.0.1:9/v1", **settings))
        self.pieces = pieces
        self.asked: list[Sequence[tuple[str, str]]] = []
        self.heard = 0

    def prepare(self) -> None:
        """Import nothing."""

    def call(self, messages: Sequence[tuple[str, str]], schema: Schema, call: Call) -> Iterator[str]:
        """Yield the pieces, counting those that were taken."""
        self.asked.append(messages)
        for piece in self.pieces:
            self.heard += 1
            yield piece


def selector(endpoint: Endpoint, **options: Any) -> ModelSelector:
    """Return a selector that may take seconds, not more."""
    settings = options.pop("settings", Settings(model_seconds=5))
    return ModelSelector(endpoint, settings=settings, subject="Mira Vane", **options)


def otherwise() -> list[Quote]:
    """Return what the extractive selection would give: the first sentence of the last passage."""
    return [Quote(source=SOURCES[1], start=PASSAGES[-1].sentences[0].start, end=PASSAGES[-1].sentences[0].end)]


def run(chooser: ModelSelector, question: str = QUESTION, **options: Any) -> tuple[list[Quote], Selection]:
    """Return all quotes and the outcome."""
    options = {"max_quotes": 3, "otherwise": otherwise} | options
    found = []
    selecting = chooser.select(question, options.pop("hits", HITS), **options)
    while True:
        try:
            found.append(next(selecting))
        except StopIteration as done:
            outcome: Selection = done.value
            return found, outcome


def is_honest(quote: Quote) -> bool:
    """Whether a quote is a run of whole sentences of an offered passage by the subject."""
    for passage in PASSAGES:
        if passage.source == quote.source and passage.start <= quote.start and quote.end <= passage.end:
            starts, ends = zip(*passage.sentences, strict=True)
            sliced = quote.text == passage.source.text[quote.start : quote.end]
            return sliced and quote.start in starts and quote.end in ends and quote.turn.speaker == "Mira Vane"
    return False
