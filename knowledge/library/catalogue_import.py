"""The whole catalogue, fetched: for every known appearance what is public of it, or one line that says why not.

What holds none of the subject's words (an error page, a login, a translation, another talk) is not stored. Each source
is one transaction, and an appearance that is held is not asked for again: a run that was stopped goes on.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from knowledge.library.bounded_reader import read_bounded
from knowledge.library.editions import origin_of, sources_from
from knowledge.library.store import Library
from knowledge.metadata.known_addresses import addresses_of, clean_address
from knowledge.model.dates import PartialDate
from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import Provenance
from knowledge.model.source import Appearance, Source, count_words
from knowledge.model.subject import Subject
from knowledge.model.turns import Role

Fetch = Callable[[str], tuple[bytes, str]]
_PASSWORD = re.compile(rb"<input[^>]{1,300}type=[\"']?password", re.IGNORECASE)
_SPEECH = frozenset([Provenance.TRANSCRIPT, Provenance.WRITTEN])


class Fetched(StrEnum):
    """What became of an appearance of the catalogue."""

    GOT = "got"
    HELD = "held"
    NOTHING = "nothing"


class CatalogueRow(BaseModel):
    """One line of the table that `ilya add --catalogue` ends with."""

    model_config = ConfigDict(frozen=True)

    appearance: str
    title: str
    date: PartialDate | None = None
    outcome: Fetched
    source_id: str | None = None
    address: str | None = None
    words: int = 0
    quotable_words: int = 0
    why: str | None = None
    """Why nothing was got, or why nothing of it may be quoted."""


class _Found(BaseModel):
    """A source that one address gave, not stored yet."""

    model_config = ConfigDict(frozen=True)

    source: Source
    raw: bytes
    address: str


def import_catalogue(
    appearances: Iterable[Appearance], library: Library, subject: Subject, fetch: Fetch
) -> Iterator[CatalogueRow]:
    """Fetch the appearances of a catalogue one after another; yield the line of each as it is done.

    `fetch` returns what stands at an address, and raises SourceRefused where nothing does.

    Raises:
        LibraryUnavailable: the library cannot be written; what was stored before stays.
    """
    for appearance in appearances:
        held = _held(appearance, library)
        if held is not None:
            yield _row(appearance, Fetched.HELD, held, _unheard(held))
            continue
        found, refusals = _best(appearance, library, subject, fetch)
        if found is None:
            why = " ".join(dict.fromkeys(refusals)) or "no public address of it is known."
            yield CatalogueRow(
                appearance=appearance.id,
                title=appearance.title,
                date=appearance.date,
                outcome=Fetched.NOTHING,
                address=next(iter(addresses_of(appearance)), None),
                why=why,
            )
            continue
        library.add(found.source, found.raw, origin=found.address)
        yield _row(appearance, Fetched.GOT, found.source, _unheard(found.source))


def _held(appearance: Appearance, library: Library) -> Source | None:
    """Return the source that was added from one of an appearance's addresses."""
    for address in map(clean_address, addresses_of(appearance)):
        for source_id in sorted(sources_from(library, address)):
            source = library.source(source_id)
            if origin_of(library, source) == address:
                return source
    return None


def _best(appearance: Appearance, library: Library, subject: Subject, fetch: Fetch) -> tuple[_Found | None, list[str]]:
    """Return the first source with quotable words, else one whose speakers are unknown; and what was refused."""
    unheard: _Found | None = None
    refusals = []
    for address in addresses_of(appearance):
        try:
            raw, _ = fetch(address)
            found = _read(appearance, address, raw, library, subject)
        except SourceRefused as refused:
            refusals.append(f"{_site(address)}: {refused.reason}")
            continue
        if found.source.quotable_words():
            return found, refusals
        unheard = unheard or found
    return unheard, refusals


def _read(appearance: Appearance, address: str, raw: bytes, library: Library, subject: Subject) -> _Found:
    """Read what an address gave.

    Raises:
        SourceRefused: it is no transcript of this appearance in the language spoken.
    """
    origin = clean_address(address)
    held = library.holding(hashlib.sha256(raw).hexdigest())
    source_id = held or library.id_for(f"{appearance.id}-full", origin)
    source = read_bounded(raw, origin=origin, source_id=source_id, subject=subject)
    if source.provenance is Provenance.TRANSLATION:
        raise SourceRefused(origin, f"its words are a translation ({source.language}).")
    if source.provenance not in _SPEECH:
        asks = _PASSWORD.search(raw) is not None
        raise SourceRefused(origin, "it asks to log in." if asks else "the page holds no transcript.")
    if source.appearance not in (None, appearance.id):
        raise SourceRefused(origin, f"its words are those of another appearance, “{source.appearance}”.")
    if not source.quotable_words() and any(turn.role is Role.OTHER for turn in source.turns):
        raise SourceRefused(origin, f"nobody who speaks in it is called {subject.name}.")
    return _Found(source=source, raw=raw, address=origin)


def _unheard(source: Source) -> str | None:
    if source.quotable_words():
        return None
    return f"who speaks in it is not known: `ilya speakers show {source.id}` tells how to say it."


def _site(address: str) -> str:
    return address.split("/")[2].removeprefix("www.")


def _row(appearance: Appearance, outcome: Fetched, source: Source, why: str | None) -> CatalogueRow:
    return CatalogueRow(
        appearance=appearance.id,
        title=appearance.title,
        date=appearance.date,
        outcome=outcome,
        source_id=source.id,
        address=source.url,
        words=count_words(source.text),
        quotable_words=source.quotable_words(),
        why=why,
    )
