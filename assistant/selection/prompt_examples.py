"""The worked examples of the selection prompt, held against the code that reads and validates real replies."""

import hashlib
import json

from assistant.quotes import Quote
from assistant.selection.offer import Offer
from assistant.selection.picks import PickReader, PickRefused
from knowledge.model.errors import SpanError
from knowledge.model.passages import Passage
from knowledge.model.provenance import Provenance
from knowledge.model.source import RawMap, Segment, Source
from knowledge.model.turns import Certainty, Role, Turn
from prompts import Example, Prompt, PromptError


def check_examples(prompt: Prompt) -> None:
    """Check that every worked example shows an offer as we make it and a reply as we accept it.

    Raises:
        PromptError: it does not; names the example.
    """
    for number, example in enumerate(prompt.examples, start=1):
        try:
            _check(example)
        except (ValueError, KeyError, SpanError) as error:
            raise PromptError(f"{prompt.name}: example {number}: {error}") from error


def _check(example: Example) -> None:
    offer = Offer(tuple(_passage(json.loads(line)) for line in example.values["passages"].splitlines()))
    if offer.text != example.values["passages"]:
        raise PickRefused(f"the passages would be offered as\n{offer.text}")
    reader = PickReader()
    picks = list(reader.feed(example.reply))
    quotes = [_quote(offer, pick) for pick in picks]
    if not reader.finished or bool(quotes) is bool(reader.reason):
        raise PickRefused("the reply is not whole, or gives neither picks nor one reason")
    if len(quotes) > int(example.values["max_quotes"]):
        raise PickRefused("more picks than asked for")


def _quote(offer: Offer, pick: object) -> Quote:
    from assistant.selection.picks import Pick

    if not isinstance(pick, Pick):
        raise PickRefused("not a pick")
    return offer.quote(pick)


def _passage(row: dict[str, object]) -> Passage:
    """Return an invented passage with the sentences of an example."""
    sentences = row["sentences"]
    if not isinstance(sentences, dict):
        raise PickRefused("no sentences")
    text = " ".join(sentences.values())
    turn = Turn(
        start=0,
        end=len(text),
        role=Role.SUBJECT,
        speaker="somebody invented",
        certainty=Certainty.LABELLED,
        provenance=Provenance.TRANSCRIPT,
        language="en",
        question=str(row["asked"]) if "asked" in row else None,
    )
    source = Source(
        id="example",
        title="Example",
        date=str(row["date"]) if "date" in row else None,
        language="en",
        provenance=Provenance.TRANSCRIPT,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader="example/1",
        text=text,
        turns=(turn,),
        raw_map=RawMap(encoding="utf-8", segments=(Segment(0, len(text), 0, len(text)),)),
    )
    return Passage(source=source, turn=turn, start=0, end=len(text))
