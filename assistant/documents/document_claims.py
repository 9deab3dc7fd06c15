"""Every quotation of a document that is attributed to the subject, each with the verdict on it.

A page about him that the library holds stays background, whatever it prints between quotation marks: what it attributes
to him is checked, and told where it differs.
"""

from collections.abc import Callable, Iterator

from pydantic import BaseModel, ConfigDict

from assistant.checking import Check, Checker, ClaimRefused, Place, Verdict
from assistant.documents.printed_documents import PrintedDocument, printed_text
from assistant.documents.quotation_reader import Basis, Quotation, QuotationReader
from assistant.exceptions import AssistantError
from knowledge.formats.decoding import PACKED
from knowledge.formats.webpage import is_page
from knowledge.library.store import Library
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.readers import raw_text
from knowledge.text.sentences import sentences
from knowledge.text.words import keys, words

__all__ = ["Basis", "Checked", "CheckedDocument", "Quotation", "check_document", "check_whole", "quotations"]


MAX_DOCUMENT = 5_000_000
"""Characters of a document whose quotations are checked at once."""


class DocumentRefused(AssistantError):
    """A document is too long to be checked."""


class Checked(BaseModel):
    """A quotation of a document with its verdict, or with the sentence why it cannot be checked."""

    model_config = ConfigDict(frozen=True)

    quotation: Quotation
    check: Check | None = None
    refused: str | None = None


class CheckedDocument(BaseModel):
    """Every quotation of a document that is attributed to the subject, with its verdict, and what was left unchecked.

    `passed_over` counts the quotations that the document gives to somebody else or to nobody.
    """

    model_config = ConfigDict(frozen=True)

    rows: tuple[Checked, ...]
    passed_over: int
    characters: int
    left: int = 0
    """Quotations of his that were found and not checked, as more were brought than are checked at once."""
    searched: bool = False
    """Whether his words were looked for in all of it, whoever is named."""


def check_whole(
    checker: Checker,
    document: PrintedDocument,
    *,
    anywhere: bool = False,
    most: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> CheckedDocument:
    """Return every attributed quotation checked; `anywhere` looks for his words in every sentence instead.

    Args:
        checker: what checks.
        document: what is read.
        anywhere: whether his words are looked for, whoever is named.
        most: how many quotations are checked; the others are counted.
        progress: called with how many quotations are checked, and how many there are.

    Raises:
        DocumentRefused: it has more than `MAX_DOCUMENT` characters.
    """
    size = len(document.text)
    if size > MAX_DOCUMENT:
        raise DocumentRefused(f"The document has {size:,} characters; check at most {MAX_DOCUMENT:,} at once.")
    reader = QuotationReader(document, checker.subject)
    attributed = list(reader.read())
    read = attributed[:most]
    rows: list[Checked] = []
    for row in his_words(checker, document) if anywhere else _checked(checker, read):
        rows.append(row)
        if not anywhere:
            progress(len(rows), len(read))
    left = 0 if anywhere else len(attributed) - len(read)
    return CheckedDocument(
        rows=tuple(rows), passed_over=reader.passed_over, characters=size, left=left, searched=anywhere
    )


def check_document(checker: Checker, document: str | PrintedDocument) -> Iterator[Checked]:
    """Yield every quotation attributed to the subject with its verdict, in the order of the document."""
    return _checked(checker, quotations(document, checker.subject))


def his_words(checker: Checker, document: PrintedDocument) -> Iterator[Checked]:
    """Yield the sentences of a document that are his words, whomever it names; only what is his word by word."""
    for block in document.blocks:
        for span in sentences(document.shown, block.start, block.end):
            if len(words(document.shown, span.start, span.end)) < _TELLING_WORDS:
                continue
            try:
                found = checker.check(document.text[span.start : span.end], occasion="")
            except ClaimRefused:
                continue
            if found.verdict in (Verdict.EXACT, Verdict.LIGHTLY_EDITED):
                quotation = Quotation(
                    line=block.line + document.text.count("\n", block.start, span.start),
                    start=span.start,
                    end=span.end,
                    text=document.text[span.start : span.end],
                    occasion="",
                    basis=Basis.FOUND,
                    page=document.page(span.start),
                )
                yield Checked(quotation=quotation, check=found)


def quotations(document: str | PrintedDocument, subject: Subject) -> list[Quotation]:
    """Return the quotations that a document attributes to the subject, in its order.

    >>> who = Subject(name="Ada Lovelace", aliases=("Lovelace",))
    >>> [found.text for found in quotations("Lovelace said: “The engine weaves patterns.” It did.", who)]
    ['The engine weaves patterns.']
    """
    printed = printed_text(document) if isinstance(document, str) else document
    return list(QuotationReader(printed, subject).read())


def is_article(text: str) -> bool:
    """Whether a pasted text is rather a document with quotations than one quotation."""
    return len(text) > _LONGEST_CLAIM or text.count("\n\n") > _PARAGRAPHS


_TELLING_WORDS = 7  # a shorter sentence may be anybody's
_LONGEST_CLAIM = 2_500  # characters
_PARAGRAPHS = 3


def _checked(checker: Checker, found: list[Quotation]) -> Iterator[Checked]:
    known: dict[tuple[str, str], Check | str] = {}  # what is printed twice is checked once
    for quotation in found:
        key = (quotation.text, quotation.occasion)
        if key not in known:
            try:
                known[key] = checker.check(quotation.text, occasion=quotation.occasion)
            except ClaimRefused as refused:
                known[key] = str(refused)
        verdict = known[key]
        if isinstance(verdict, str):
            yield Checked(quotation=quotation, refused=verdict)
        else:
            yield Checked(quotation=quotation, check=verdict)


_WRONG = (Verdict.ALTERED, Verdict.STITCHED, Verdict.OTHER_SPEAKER, Verdict.KNOWN_MISQUOTATION)
"""Verdicts that name the words a print comes from; of what is found nowhere the nearest words are other words."""
_MAX_SHOWN = 200


def misprinted(checker: Checker, library: Library, source: Source) -> Iterator[str]:
    """Yield a sentence for each quotation that a page gives as the subject's and a transcript has otherwise.

    What no source comes near is left out: it may stand in a transcript that the library does not hold.
    """
    if source.provenance is not Provenance.REPORT:
        return
    for found in check_document(checker, _document(library, source)):
        nearest = _nearest(found.check) if found.check else None
        if found.check and nearest and found.check.verdict in _WRONG and nearest.source.id != source.id:
            said = _short(nearest.source.text[nearest.start : nearest.end])
            others = found.check.verdict is Verdict.OTHER_SPEAKER
            real = f"in {nearest.source.id} {_other(nearest)} says" if others else f"{nearest.source.id} has"
            yield (
                f"Line {found.quotation.line} prints “{_short(found.quotation.text)}” as words of "
                f"{checker.subject.name}; {real} “{said}”."
            )


def is_printed_as_his(library: Library, place: Place, subject: Subject) -> bool:
    """Return whether a page of the library gives the words of a place, or the sentence around them, to the subject."""
    told = f" {' '.join(keys(place.text))} "
    for one in quotations(_document(library, place.source), subject):
        printed = f" {' '.join(keys(one.text))} "
        if printed in told or told in printed:
            return True
    return False


def _document(library: Library, source: Source) -> str:
    """Return the file as its author wrote it, headings and block quotes marked; of a page or packed file, its text."""
    encoding = source.raw_map.encoding
    if encoding in PACKED:
        return source.text
    text = raw_text(library.raw(source), encoding)
    return source.text if is_page(text) else text


def _nearest(check: Check) -> Place | None:
    return next(iter((*check.places, *(check.nearest if check.verdict is not Verdict.STITCHED else ()))), None)


def _other(place: Place) -> str:
    return (place.turn.speaker if place.turn else None) or "somebody else"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN].rsplit(' ', 1)[0]} …"
