"""Readers: the bytes of any file become a source, its kind told from the content, never from the file's name."""

from collections.abc import Callable
from typing import NamedTuple

from knowledge.formats.chats import is_chat, refuse_chat
from knowledge.formats.decoding import Decoded, decode, raw_text
from knowledge.formats.document import Document, Given, read_background, read_refuted
from knowledge.formats.docx import DOCX_ENCODING
from knowledge.formats.layouts import read_docx_text, read_page_text, read_pdf_text, read_plain_text
from knowledge.formats.other_xml import is_other_xml, refuse_xml
from knowledge.formats.pdf import PDF_ENCODING
from knowledge.formats.post_records import is_post, read_post
from knowledge.formats.timed.segment_json import is_data, is_page_data, read_data, read_page_data
from knowledge.formats.timed.service_tables import is_table, read_table
from knowledge.formats.timed.subtitles import is_subrip, is_webvtt, read_subrip, read_webvtt
from knowledge.formats.webpage import is_page
from knowledge.interviews.depositions import without_page
from knowledge.interviews.labelled import is_labelled, read_labelled
from knowledge.interviews.reading_list import is_reading_list, read_reading_list
from knowledge.interviews.roles import nearly_named
from knowledge.interviews.unlabelled import is_speech, read_speech
from knowledge.model.errors import SourceRefused
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.writings.written_texts import is_written, read_written

__all__ = ["raw_text", "read"]


class Format(NamedTuple):
    """A file format: how it is recognised, how it becomes a document."""

    name: str
    recognises: Callable[[Decoded], bool]
    parse: Callable[[Decoded, str], Document]


class Kind(NamedTuple):
    """A kind of document: how it is recognised, how it becomes a source."""

    name: str
    recognises: Callable[[Document, Subject], bool]
    compose: Callable[[Document, Given], Source]


FORMATS = (
    Format("pdf", lambda decoded: decoded.encoding == PDF_ENCODING, read_pdf_text),
    Format("docx", lambda decoded: decoded.encoding == DOCX_ENCODING, read_docx_text),
    Format("webvtt", lambda decoded: is_webvtt(decoded.text), read_webvtt),
    Format("subrip", lambda decoded: is_subrip(decoded.text), read_subrip),
    Format("table", lambda decoded: is_table(decoded.text), read_table),
    Format("post", lambda decoded: is_post(decoded.text), read_post),
    Format("data", lambda decoded: is_data(decoded.text), read_data),
    Format("page-data", lambda decoded: is_page_data(decoded.text), read_page_data),
    Format("page", lambda decoded: is_page(decoded.text), read_page_text),
    Format("xml", is_other_xml, refuse_xml),
    Format("chat", is_chat, refuse_chat),
    Format("text", lambda decoded: True, read_plain_text),
)
"""Most specific first; the last takes every text."""


def _read_background(document: Document, given: Given) -> Source:
    return read_background(document.noting(*nearly_named(document, given.subject)), given)


KINDS = (
    Kind("reading-list", is_reading_list, read_reading_list),
    Kind("refuted", lambda document, subject: document.refuted is not None, read_refuted),
    Kind("written", is_written, read_written),
    Kind("labelled", is_labelled, read_labelled),
    Kind("speech", is_speech, read_speech),
    Kind("background", lambda document, subject: True, _read_background),
)
"""Most specific first; what nothing shows to be speech is background."""


def read(raw: bytes, *, origin: str, source_id: str, subject: Subject) -> Source:
    """Return the source that a raw file holds.

    The same bytes always give the same source. `origin` is its path or url, for messages and as its address.

    Raises:
        SourceRefused: it is empty, binary, damaged, an error page, or holds no words.
    """
    decoded = decode(raw, origin)
    form = next(form for form in FORMATS if form.recognises(decoded))
    document = without_page(form.parse(decoded, origin))
    if not any(block.text.strip() for block in document.blocks):
        raise SourceRefused(origin, "no readable text was found in it; save its text as .txt or .md and add that.")
    kind = next(kind for kind in KINDS if kind.recognises(document, subject))
    return kind.compose(document, Given(raw, origin, source_id, subject))
