"""A list of his appearances with summaries and quotations mixed: the facts are taken, none of the words are his."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.formats.blocks import Block
from knowledge.formats.document import Document, Given, finished, take_background
from knowledge.metadata.catalogue import known_appearances
from knowledge.metadata.printed_facts import partial_date
from knowledge.model.provenance import Provenance
from knowledge.model.source import Appearance, Source
from knowledge.model.subject import Subject
from knowledge.model.word_rules import RuleFile
from knowledge.text.language import is_cjk

LISTED = RuleFile(Path(__file__).with_suffix(".yaml"))
_KINDS = ("date", "venue", "hosts")

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SECTION = re.compile(rf"\s*(?:(?P<circled>[{_CIRCLED}])|#+\s*(?P<number>\d{{1,2}})[.)、])\s*(?P<head>\S.*)$")
_DASH = re.compile(r"\s+[—–-]+\s+")
_BRACKETS = re.compile(r"\s*[(（].*?[)）]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MIN_SECTIONS = 3


@dataclass
class _Entry:
    """One appearance as one language half prints it."""

    number: int
    show: str
    title: str
    facts: dict[str, str] = field(default_factory=dict)


def is_reading_list(document: Document, subject: Subject) -> bool:
    """Whether a document lists several appearances, each numbered, some with date, show or host lines."""
    entries = list(_entries(document.blocks))
    return (
        len({entry.number for entry in entries}) >= _MIN_SECTIONS and sum(bool(entry.facts) for entry in entries) >= 2
    )


def read_reading_list(document: Document, given: Given) -> Source:
    """Return the list with the appearances it names; both halves of a bilingual list give their facts."""
    halves: dict[int, list[_Entry]] = {}
    for entry in _entries(document.blocks):
        halves.setdefault(entry.number, []).append(entry)
    appearances = tuple(_appearance(entries) for _, entries in sorted(halves.items()))
    known = {appearance.id for appearance in known_appearances()}
    noted = document.noting(
        f"It lists {len(appearances)} appearances; their dates, shows and hosts were taken as facts, and what it does "
        f"not print from the catalogue of known appearances ({sum(one.id in known for one in appearances)} are in it).",
        "It sets quotations, summaries and the compiler’s words in the same type, in two languages: no line can be "
        "proved to be a quotation, so all of it is background.",
    )
    draft = noted.draft(Provenance.REPORT)
    take_background(draft, noted, noted.blocks)
    return finished(draft, noted, given, reader="reading-list", appearances=appearances)


def _entries(blocks: Sequence[Block]) -> Iterator[_Entry]:
    entry: _Entry | None = None
    for block in blocks:
        text = " ".join(block.text.split())
        section = _SECTION.match(text) if len(text) < 200 else None
        if section:
            if entry:
                yield entry
            number = _CIRCLED.index(section["circled"]) + 1 if section["circled"] else int(section["number"])
            show, *rest = _DASH.split(section["head"], maxsplit=1)
            entry = _Entry(number, show.strip(), rest[0].strip() if rest else "")
            continue
        fact = LISTED.find("fact", text) if entry and len(text) < 200 else None
        if entry and fact:
            entry.facts.setdefault(next(name for name in _KINDS if fact[name]), fact["value"])
    if entry:
        yield entry


def _appearance(entries: list[_Entry]) -> Appearance:
    """Join what the halves print about one appearance, English names first, and complete it from the catalogue."""
    ordered = sorted(entries, key=lambda entry: is_cjk(entry.show + entry.title))
    best = ordered[0]
    venue = next((value for entry in ordered if (value := entry.facts.get("venue"))), None)
    venue = venue or re.sub(r"\s+(?:Talk|Keynote)$", "", _BRACKETS.sub("", best.show))
    printed = next((found for entry in ordered if (found := partial_date(entry.facts.get("date")))), None)
    in_name = _YEAR.search(best.show)
    date = printed or (in_name.group() if in_name else None)
    hosts = _people(next((value for entry in ordered if (value := entry.facts.get("hosts"))), ""))
    title = best.title or best.show
    known = _known(venue, date, title)
    return Appearance(
        id=known.id if known else _slug(f"{venue} {date or best.number}"),
        title=title,
        date=date or (known.date if known else None),
        venue=venue,
        hosts=hosts or (known.hosts if known else ()),
        url=known.url if known else None,
        medium=known.medium if known else None,
    )


def _known(venue: str, date: str | None, title: str) -> Appearance | None:
    """Return the one known appearance at this venue on this date."""
    words = _words(venue)
    found = [
        known
        for known in known_appearances()
        if known.venue
        and (words <= _words(known.venue) or _words(known.venue) <= words)
        and _same_date(known.date, date)
    ]
    return found[0] if len(found) == 1 else None


def _same_date(known: str | None, printed: str | None) -> bool:
    return not known or not printed or known.startswith(printed) or printed.startswith(known)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w#]+", text.casefold().replace(".", ""))) - {"podcast", "the", "talk", "show"}


def _people(text: str) -> tuple[str, ...]:
    names = re.split(r"\s*(?:&|,|、|;|\band\b|和)\s*", _BRACKETS.sub("", text))
    return tuple(name for name in names if name)


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-")[:100]
