"""The part of a raw file that a quote points at, read by the suite's own means."""

import hashlib
from typing import NamedTuple

from assistant import Quote
from evals.gates.raw_text import decode
from evals.run.worlds import World


class Raw(NamedTuple):
    """A decoded raw file, and the characters from `start` on that a quote points at."""

    text: str
    start: int
    slice: str
    sha_agrees: bool
    """Whether it is the file whose hash the quote names."""


def raw_slice(quote: Quote, world: World) -> Raw:
    """Return what stands in the raw file where a quote points."""
    raw = world.raw(quote.source)
    text = decode(raw, quote.source.raw_map.encoding)
    start, end = quote.source.raw_map.raw_span(quote.start, quote.end)
    return Raw(text, start, text[start:end], hashlib.sha256(raw).hexdigest() == quote.source.sha256)
