"""XML of which we know no words: feeds, refused with the address of a transcript they link to, and all else."""

import html
import re
from typing import NoReturn

from knowledge.formats.decoding import Decoded
from knowledge.model.errors import SourceRefused

_XML = re.compile(r"\s*(?:<\?xml\b|<(?:rss|feed|rdf:RDF|opml)\b)", re.IGNORECASE)
_LINKED = re.compile(r"<podcast:transcript\b[^<>]*\burl\s*=\s*[\"']([^\"'<>]+)")


def is_other_xml(decoded: Decoded) -> bool:
    """Whether a text is XML, once pages and subtitles are out of the question."""
    return _XML.match(decoded.text[:500].lstrip("\ufeff")) is not None


def refuse_xml(decoded: Decoded, origin: str) -> NoReturn:
    """Say what to add instead.

    Raises:
        SourceRefused: always.
    """
    linked = _LINKED.findall(decoded.text)
    if linked:
        address = html.unescape(linked[0])
        more = f" ({len(linked)} are linked)" if len(linked) > 1 else ""
        raise SourceRefused(
            origin, f"this is a podcast’s feed; add a transcript that it links to: ilya add {address}{more}."
        )
    raise SourceRefused(
        origin, "this XML is of no kind that we know; save its text as .txt, .vtt or .srt and add that."
    )
