"""Citations to copy: one quote, or several, as Markdown, text, HTML, BibTeX, CSL-JSON, RIS, Wikipedia, in styles.

The moment in the recording is the locator; the words stand beside the citation and are never part of it.
"""

import html
import json
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

from assistant.quotes import Quote
from knowledge.model.dates import MONTHS
from knowledge.model.provenance import Provenance
from ui.rendering.citation_styles import STYLES, SourceKind, address_of, hosts_of, kind_of, parts_of, reference_of
from ui.rendering.framing import bare_title


class Style(StrEnum):
    """The citation styles, by the names people ask for them."""

    APA = "apa"
    MLA = "mla"
    CHICAGO = "chicago"
    GB7714 = "gb7714"


class Form(StrEnum):
    """Every form in which quotes can be handed on."""

    MARKDOWN = "markdown"
    PLAIN = "plain"
    HTML = "html"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    APA = "apa"
    MLA = "mla"
    CHICAGO = "chicago"
    GB7714 = "gb7714"
    RIS = "ris"
    WIKIPEDIA = "wikipedia"


def export(quotes: Sequence[Quote], form: Form) -> str:
    """Return quotes in one form, in their order; a list for CSL-JSON, one entry after another for the others."""
    if form is Form.CSL_JSON:
        return json.dumps([csl_item(quote) for quote in quotes], ensure_ascii=False, indent=2)
    return "\n\n".join(_FORMS[form](quote) for quote in quotes)


def as_markdown(quote: Quote) -> str:
    """Return the words as a block quote with their source under it; rendered, they are the same characters."""
    lines = [f"> {_markdown(line)}" for line in quote.text.splitlines()]
    return "\n".join([*lines, ">", f"> — {_markdown(credit(quote))}{_markdown_link(quote)}"])


def as_plain(quote: Quote) -> str:
    """Return the words between quotation marks, with their source in the next line."""
    address = quote.attribution.url
    return f"“{quote.text}”\n— {credit(quote)}{f' {address}' if address else ''}"


def as_html(quote: Quote) -> str:
    """Return a `<figure>` with the words in a `<blockquote>`; every character of the words stays as it is."""
    address = html.escape(quote.attribution.url or "") if _is_web(quote.attribution.url) else None
    cite = f' cite="{address}"' if address else ""
    name = html.escape(credit(quote))
    linked = f'<a href="{address}">{name}</a>' if address else name
    words = f'<p lang="{html.escape(quote.attribution.language)}">{html.escape(quote.text)}</p>'
    return f'<figure id="{quote.id}"><blockquote{cite}>{words}</blockquote><figcaption>— {linked}</figcaption></figure>'


def credit(quote: Quote) -> str:
    """Return who, where, when and at which moment, in one line."""
    told = quote.attribution
    title = bare_title(told)
    parts = [told.speaker, title, told.venue if told.venue != title else None, told.date]
    place = _place(quote)
    how = {Provenance.TRANSLATION: "translated", Provenance.QUOTATION: "as quoted"}.get(told.provenance)
    return ", ".join(part for part in (*parts, place, how) if part)


def csl_item(quote: Quote) -> dict[str, Any]:
    """Return the quote's source as an item of CSL-JSON 1.0.2; the quote's id is the item's.

    A locator belongs to the place that cites, not to the item: the moment stands in the note.
    """
    told, kind = quote.attribution, kind_of(quote)
    item: dict[str, Any] = {
        "id": quote.id,
        "type": kind.value,
        "title": told.title,
        "author": [_person(told.speaker)],
        "language": told.language,
    }
    if hosts := hosts_of(quote):
        item["host" if kind is SourceKind.PODCAST else "interviewer"] = [_person(name) for name in hosts]
    if told.venue:
        item["event-title" if kind is SourceKind.TALK else "container-title"] = told.venue
    if told.date:
        item["issued"] = {"date-parts": [[int(part) for part in told.date.split("-")]]}
    if address := address_of(quote):
        item["URL"] = address
    if kind is SourceKind.PODCAST:
        item["genre"] = "Audio podcast episode"
    if told.said_at is not None:
        item["note"] = f"at {moment_of(told.said_at)}"
    elif page := quote.source.page_at(quote.start):
        item["note"] = f"p. {page}"
    return item


def as_bibtex(quote: Quote) -> str:
    """Return a BibTeX entry; the note holds who asked, the moment, the id and how the words reached us."""
    told = quote.attribution
    place = [told_place] if (told_place := _place(quote)) else []
    asked = [f"interview by {_tex(' and '.join(hosts))}"] if (hosts := hosts_of(quote)) else []
    family, given = parts_of(told.speaker)
    year, month, day = (*(told.date or "").split("-"), "", "", "")[:3]
    fields = {
        "author": _tex(f"{family}, {given}") if given else f"{{{_tex(family)}}}",
        "title": f"{{{_tex(told.title)}}}",
        "howpublished": _tex(told.venue or ""),
        "year": year,
        "day": day.lstrip("0"),
        "url": re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", address_of(quote) or ""),
        "note": ", ".join([*asked, *place, f"quote {_tex(quote.id)}", told.provenance.value]),
        "language": told.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if month:
        lines.insert(4 if told.venue else 3, f"  month = {_BIBTEX_MONTHS[int(month) - 1]},")
    return "\n".join([f"@misc{{{quote.id},", *lines, "}"])


def as_ris(quote: Quote) -> str:
    """Return an entry of RIS, as reference managers import it."""
    told = quote.attribution
    date = (told.date or "").split("-") if told.date else []
    rows = [
        ("TY", _RIS_TYPES.get(kind_of(quote), "GEN")),
        ("ID", quote.id),
        ("AU", _inverted(told.speaker)),
        *(("A2", _inverted(name)) for name in hosts_of(quote)),
        ("TI", told.title),
        ("T2", told.venue or ""),
        ("PY", date[0] if date else ""),
        ("DA", "/".join([*date, "", "", ""][:3]) + "/" if date else ""),
        ("LA", told.language),
        ("UR", address_of(quote) or ""),
        ("N1", _place(quote) or ""),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - "])


def as_wikipedia(quote: Quote, *, accessed: str | None = None) -> str:
    """Return a citation template of the English Wikipedia."""
    told, one = quote.attribution, reference_of(quote, moment=None, accessed=accessed)
    family, given = parts_of(told.speaker)
    page = quote.source.page_at(quote.start)
    moment = moment_of(told.said_at) if told.said_at is not None else f"p. {page}" if page else ""
    number = re.search(r"/status/(\d+)", one.url or "")
    name, special = _WIKIPEDIA.get(one.kind, ("cite web", ("website", "")))
    if one.kind is SourceKind.POST and one.account and number:
        fields = {"user": one.account, "number": number[1], "title": one.title, "date": _wiki_date(one.date)}
        return _template("cite tweet", {**fields, "access-date": one.accessed})
    fields = {
        "last" if given else "author": family,
        "first": given,
        special[1]: ", ".join(one.hosts) if special[1] else "",
        "title": one.title,
        special[0]: one.venue or "",
        "date": _wiki_date(one.date),
        "time" if one.kind is SourceKind.PODCAST else "at": moment,
        "url": one.url or "",
        "access-date": one.accessed if one.url else "",
        "language": told.language if told.language != "en" else "",
    }
    return _template(name, fields)


def formatted(quote: Quote, style: Style, *, accessed: str | None = None) -> str:
    """Return the reference in a style and, in the next line, its short form: "(Name, 2020, 1:02:03)"."""
    said_at, page = quote.attribution.said_at, quote.source.page_at(quote.start)
    moment = moment_of(said_at) if said_at is not None else None
    reference = reference_of(quote, moment=moment, page=page, accessed=accessed)
    return "\n".join(STYLES[style.value].write(reference))


def moment_of(seconds: float) -> str:
    """Return seconds as a clock shows them.

    >>> moment_of(3723.9), moment_of(65)
    ('1:02:03', '1:05')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _place(quote: Quote) -> str | None:
    """Return where in its source a quote stands: the moment of a recording, else the page."""
    said_at, page = quote.attribution.said_at, quote.source.page_at(quote.start)
    if said_at is not None:
        return f"at {moment_of(said_at)}"
    return f"p. {page}" if page else None


_BIBTEX_MONTHS = [month[:3].lower() for month in MONTHS]
_RIS_TYPES = {
    SourceKind.PODCAST: "SOUND",
    SourceKind.TALK: "CONF",
    SourceKind.POST: "BLOG",
    SourceKind.LETTER: "PCOMM",
    SourceKind.TESTIMONY: "HEAR",
    SourceKind.PAGE: "ELEC",
}
_WIKIPEDIA = {
    SourceKind.PODCAST: ("cite podcast", ("website", "host")),
    SourceKind.INTERVIEW: ("cite interview", ("work", "interviewer")),
    SourceKind.TALK: ("cite speech", ("event", "")),
}
"""The template of a kind, and its parameters for the venue and the host."""


def _wiki_date(date: tuple[int, ...]) -> str:
    """Return a date as its templates take it: a month without a day is written out."""
    if len(date) == 2:
        return f"{MONTHS[date[1] - 1]} {date[0]}"
    return "-".join(f"{part:02}" for part in date)


def _template(name: str, fields: dict[str, str]) -> str:
    told = (f"|{key}={' '.join(value.split())}" for key, value in fields.items() if value)
    escaped = (part[0] + part[1:].replace("|", "{{!}}").replace("[", "&#91;").replace("]", "&#93;") for part in told)
    return f"{{{{{name} {' '.join(escaped)}}}}}"


def _inverted(name: str) -> str:
    family, given = parts_of(name)
    return f"{family}, {given}" if given else family


def _person(name: str) -> dict[str, str]:
    """Return a name in CSL's parts."""
    family, given = parts_of(name)
    return {"family": family, "given": given} if given else {"family": family}


def _tex(text: str) -> str:
    marks = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return re.sub(r"[\\{}&%$#_~^]", lambda match: marks.get(match[0], "\\" + match[0]), text)


def _markdown(text: str) -> str:
    """Return the text with every character that Markdown or HTML would read as mark-up escaped."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&]|^[-+](?= )|^\d+(?=\. ))", r"\\\1", text)


def _markdown_link(quote: Quote) -> str:
    address = quote.attribution.url
    return f" <{address}>" if _is_web(address) else ""


def _is_web(address: str | None) -> bool:
    return address is not None and re.fullmatch(r"https?://[^\s<>\"]+", address) is not None


_FORMS: dict[Form, Callable[[Quote], str]] = {
    Form.MARKDOWN: as_markdown,
    Form.PLAIN: as_plain,
    Form.HTML: as_html,
    Form.BIBTEX: as_bibtex,
    Form.RIS: as_ris,
    Form.WIKIPEDIA: as_wikipedia,
    **{Form(style.value): partial(formatted, style=style) for style in Style},
}
