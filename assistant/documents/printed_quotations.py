"""What a page prints as his words, held against the transcripts in the library.

A page about him stays background, whatever it prints between quotation marks: a collection that mixes real words with
invented ones looks like one that does not. What it attributes to him is checked, and told where it differs.
"""

from collections.abc import Iterator

from assistant.checking import Check, Checker, Place, Verdict
from assistant.documents.document_claims import check_document
from knowledge.formats.decoding import PACKED
from knowledge.formats.webpage import is_page
from knowledge.library.store import Library
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.readers import raw_text

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
