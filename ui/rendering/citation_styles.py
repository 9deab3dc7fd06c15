"""References in four styles: APA 7, MLA 9, Chicago 17 (author-date) and GB/T 7714-2015 (author-date).

A reference is made of facts alone; each kind of source has its line in each style, as the manuals have it. The moment
of a recording is the locator of the short citation. Titles keep the letters they are printed with.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from assistant.quotes import Quote
from knowledge.metadata.catalogue import known_appearances
from knowledge.model.dates import MONTHS
from knowledge.model.provenance import LETTER, POST, Provenance


class SourceKind(StrEnum):
    """What a manual of style calls a source; the value is its type in CSL."""

    PODCAST = "broadcast"
    INTERVIEW = "interview"
    TALK = "speech"
    POST = "post"
    LETTER = "personal_communication"
    TESTIMONY = "hearing"
    PAGE = "webpage"


@dataclass(frozen=True)
class Reference:
    """The facts of a source as references need them; `date` holds year, month and day as far as they are known."""

    kind: SourceKind
    author: str
    hosts: tuple[str, ...]
    title: str
    venue: str | None
    date: tuple[int, ...]
    url: str | None
    moment: str | None
    page: int | None = None
    account: str | None = None
    accessed: str = ""
    """The day the address was looked up, ISO."""

    @property
    def place(self) -> str | None:
        """Return the locator: the moment, else the page."""
        return self.moment or (str(self.page) if self.page else None)

    @property
    def year(self) -> str:
        """Return the year; "n.d." where none is known."""
        return str(self.date[0]) if self.date else "n.d."


_MEDIA = {
    POST: SourceKind.POST,
    LETTER: SourceKind.LETTER,
    "statement": SourceKind.PAGE,
    "written": SourceKind.PAGE,
    "press": SourceKind.PAGE,
    "testimony": SourceKind.TESTIMONY,
    "podcast": SourceKind.PODCAST,
    "talk": SourceKind.TALK,
    "interview": SourceKind.INTERVIEW,
    "fireside chat": SourceKind.INTERVIEW,
}
_PODCAST = re.compile(r"\bpodcast\b|\bshow\b|#\d+|播客", re.IGNORECASE)
_SHORT_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
_CJK = re.compile("[\u3400-\u9fff]")
_NETWORKS = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(?P<account>\w+)/status/\d+")


def reference_of(
    quote: Quote, *, moment: str | None, page: int | None = None, accessed: str | None = None
) -> Reference:
    """Return the facts of a quote's source; `moment` is the time in its recording, as a clock shows it."""
    told = quote.attribution
    post = _NETWORKS.match(quote.source.url or "")
    return Reference(
        kind=kind_of(quote),
        author=told.speaker,
        hosts=hosts_of(quote),
        title=told.title,
        venue=told.venue if told.venue != told.title else None,
        date=tuple(int(part) for part in told.date.split("-")) if told.date else (),
        url=address_of(quote),
        moment=moment,
        page=page,
        account=post["account"] if post else None,
        accessed=accessed or datetime.now(UTC).date().isoformat(),
    )


def hosts_of(quote: Quote) -> tuple[str, ...]:
    """Return who interviewed him, where it is an interview: a talk, letter or testimony has none to name."""
    asked = kind_of(quote) in (SourceKind.PODCAST, SourceKind.INTERVIEW)
    return quote.attribution.interviewers if asked else ()


def address_of(quote: Quote) -> str | None:
    """Return the address to cite: with the moment, without the words that a browser would mark."""
    return re.sub(r"#?:~:text=.*$", "", quote.attribution.url, flags=re.DOTALL) if quote.attribution.url else None


def kind_of(quote: Quote) -> SourceKind:
    """Return the kind of a quote's source: by its medium, that of the known appearance, or how it reached us."""
    source, told = quote.source, quote.attribution
    known = next((one.medium for one in known_appearances() if one.id == (source.appearance or source.id)), None)
    for medium in (source.medium, known):
        if medium in _MEDIA:
            return _MEDIA[medium]
    if told.provenance in (Provenance.WRITTEN, Provenance.QUOTATION, Provenance.REPORT):
        return SourceKind.PAGE
    if told.interviewers:
        podcast = _PODCAST.search(f"{told.venue or ''} {told.title}")
        return SourceKind.PODCAST if podcast else SourceKind.INTERVIEW
    return SourceKind.TALK


def apa(one: Reference) -> tuple[str, str]:
    """Return the reference and the citation in the text, as APA's seventh edition has them."""
    author, short = _inverted(one.author, initials=True), _family(one.author)
    if one.kind is SourceKind.PODCAST and one.hosts:
        names = [f"{author} (Guest)", *(f"{_inverted(host, initials=True)} (Host)" for host in one.hosts)]
        author = f"{', '.join(names[:-1])}, & {names[-1]}"
        short = f"{short} & {_family(one.hosts[0])}" if len(one.hosts) == 1 else f"{short} et al."
    if one.account:
        author = f"{author} [@{one.account}]"
    title = one.title
    if one.kind is SourceKind.INTERVIEW and one.hosts:
        names = [_straight_initials(host) for host in one.hosts]
        title = f"{title} ({_listed(names, '&')}, Interviewer{'s' if len(names) > 1 else ''})"
    mark = _APA_MARKS.get(one.kind)
    venue = f"In {one.venue}" if one.venue and one.kind is SourceKind.PODCAST else one.venue
    parts = [
        _stopped(author),
        f"({_apa_date(one.date)}).",
        _stopped(f"{title} [{mark}]" if mark else title),
        _stopped(venue) if venue else "",
        one.url or "",
    ]
    cited = ", ".join(
        part for part in (short, one.year, one.moment or (f"p. {one.page}" if one.page else None)) if part
    )
    return _joined(parts), f"({cited})"


def mla(one: Reference) -> tuple[str, str]:
    """Return the entry and the citation in the text, as MLA's ninth edition has them."""
    author = _inverted(one.author)
    if one.account:
        author = f"{author} [@{one.account}]"
    contributors = f"Interview by {_listed(list(one.hosts), 'and')}." if one.hosts else ""
    container = ", ".join(part for part in (one.venue, _mla_date(one.date), _bare(one.url)) if part)
    last = {SourceKind.TALK: "Lecture.", SourceKind.TESTIMONY: "Testimony.", SourceKind.LETTER: "Letter."}
    parts = [_stopped(author), _quoted(one.title), contributors, _stopped(container), last.get(one.kind, "")]
    return _joined(parts), f"({' '.join(part for part in (_family(one.author), one.place) if part)})"


def chicago(one: Reference) -> tuple[str, str]:
    """Return the entry and the citation in the text, as Chicago's seventeenth edition (author-date) has them."""
    author = _inverted(one.author)
    if one.account:
        author = f"{author} (@{one.account})"
    contributors = f"Interview by {_listed(list(one.hosts), 'and')}." if one.hosts else ""
    podcast = one.kind is SourceKind.PODCAST
    what = _CHICAGO_MARKS.get(one.kind)
    day = _long_date(one.date) if len(one.date) > 1 else ""
    event = ", ".join(part for part in (what, one.venue, day) if part)
    audio = ", ".join(part for part in ("Podcast audio", one.moment) if part) if podcast else ""
    parts = [
        _stopped(author),
        f"{one.year}.",
        _quoted(one.title),
        contributors,
        _stopped(event),
        _stopped(audio),
        _stopped(one.url or ""),
    ]
    cited = f"{_family(one.author)} {one.year}"
    return _joined(parts), f"({', '.join(part for part in (cited, one.place) if part)})"


def gb7714(one: Reference) -> tuple[str, str]:
    """Return the entry and the citation in the text, as GB/T 7714-2015 (author-date) has them.

    The mark of the kind stands in every entry; "/OL" and the day it was looked up where there is an address, whose own
    date stands in brackets.
    """
    author = _gb_name(one.author)
    mark = f"[{_GB_MARKS[one.kind]}{'/OL' if one.url else ''}]"
    day = (f"({_iso(one.date)})" if one.url else _iso(one.date)) if one.date else ""
    looked = f"[{one.accessed}]" if one.url else ""
    place = f"{one.venue}, " if one.venue and not one.url else f"{one.venue}. " if one.venue else ""
    title = one.title.rstrip(".")
    year = one.year if one.date else "[n.d.]"
    if one.url:
        entry = f"{author}, {year}. {title}{mark}. {place}{day}{looked}. {one.url}."
    else:
        entry = f"{author}, {year}. {title}{mark}. {place}{day}".rstrip(", ") + "."
    short = one.author if _CJK.search(one.author) else _family(one.author)
    cited = f"{short}, {one.year}" + (f": {one.place}" if one.place else "")
    return re.sub(r"\s+\.", ".", entry).replace(". .", "."), f"({cited})"


_APA_MARKS = {
    SourceKind.PODCAST: "Audio podcast episode",
    SourceKind.INTERVIEW: "Interview",
    SourceKind.TALK: "Speech",
    SourceKind.POST: "Post",
    SourceKind.LETTER: "Letter",
    SourceKind.TESTIMONY: "Testimony",
}
_CHICAGO_MARKS = {
    SourceKind.TALK: "Lecture",
    SourceKind.LETTER: "Letter",
    SourceKind.TESTIMONY: "Testimony",
}
_GB_MARKS = {
    SourceKind.PODCAST: "Z",
    SourceKind.INTERVIEW: "Z",
    SourceKind.TALK: "C",
    SourceKind.POST: "EB",
    SourceKind.LETTER: "Z",
    SourceKind.TESTIMONY: "A",
    SourceKind.PAGE: "EB",
}


@dataclass(frozen=True)
class CitationStyle:
    """A citation style: the name under which people see it, and what makes its entry and its short form in the text."""

    shown: str
    write: Callable[[Reference], tuple[str, str]]


STYLES = {
    "apa": CitationStyle("APA", apa),
    "mla": CitationStyle("MLA", mla),
    "chicago": CitationStyle("Chicago", chicago),
    "gb7714": CitationStyle("GB/T 7714", gb7714),
}
"""The one table of styles, by the names that `Style` and `Form` give them: every surface offers them from here."""


def parts_of(name: str) -> tuple[str, str]:
    """Return family and given name; a name of one word, or in Chinese characters, is all family."""
    given, _, family = name.rpartition(" ")
    return (family, given) if given and not _CJK.search(name) else (name, "")


def _family(name: str) -> str:
    return parts_of(name)[0]


def _inverted(name: str, *, initials: bool = False) -> str:
    family, given = parts_of(name)
    given = _initials(given) if initials else given
    return f"{family}, {given}" if given else family


def _straight_initials(name: str) -> str:
    family, given = parts_of(name)
    return f"{_initials(given)} {family}".strip()


def _initials(given: str) -> str:
    return " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())


def _gb_name(name: str) -> str:
    family, given = parts_of(name)
    letters = " ".join(part[0].upper() for part in re.split(r"[\s-]+", given) if part)
    return f"{family.upper()} {letters}".strip()


def _listed(names: list[str], joint: str) -> str:
    if len(names) < 3:
        return f" {joint} ".join(names)
    return f"{', '.join(names[:-1])}, {joint} {names[-1]}"


def _stopped(text: str) -> str:
    return text if not text or (text.endswith((".", "?", "!")) and not text.startswith("http")) else f"{text}."


def _quoted(title: str) -> str:
    """Return a title between quotation marks, its full stop inside; inner marks become single ones."""
    inner = title.replace("“", "‘").replace("”", "’")
    return f"“{_stopped(inner)}”"


def _apa_date(date: tuple[int, ...]) -> str:
    if not date:
        return "n.d."
    return (
        f"{date[0]}, {MONTHS[date[1] - 1]}" + (f" {date[2]}" if len(date) > 2 else "")
        if len(date) > 1
        else str(date[0])
    )


def _mla_date(date: tuple[int, ...]) -> str:
    told = [str(date[2])] if len(date) > 2 else []
    told += [_SHORT_MONTHS[date[1] - 1]] if len(date) > 1 else []
    return " ".join([*told, *(str(year) for year in date[:1])])


def _long_date(date: tuple[int, ...]) -> str:
    if len(date) < 2:
        return str(date[0]) if date else ""
    return f"{MONTHS[date[1] - 1]} {date[2]}, {date[0]}" if len(date) > 2 else f"{MONTHS[date[1] - 1]} {date[0]}"


def _iso(date: tuple[int, ...]) -> str:
    return "-".join(f"{part:02}" for part in date)


def _bare(url: str | None) -> str:
    return re.sub(r"^https?://", "", url or "")


def _joined(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)
