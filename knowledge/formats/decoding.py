"""From bytes to text, strictly: an offset into the text means something only if the same bytes always give it."""

import gzip
import io
import re
import zlib
from typing import NamedTuple

from knowledge.formats.archives import is_zip, media_type
from knowledge.formats.converted import epub_html, is_mail, is_rtf, mail_text, odt_html, rtf_text
from knowledge.formats.docx import DOCX_ENCODING, docx_html
from knowledge.formats.pdf import PDF_ENCODING, is_pdf, pdf_text
from knowledge.formats.timed.subtitle_formats import subtitle_kind, subtitles_as_webvtt
from knowledge.model.errors import SourceRefused

PACKED = {
    PDF_ENCODING: pdf_text,
    DOCX_ENCODING: docx_html,
    "mail": mail_text,
    "rtf": rtf_text,
    "odt": odt_html,
    "epub": epub_html,
}
"""Formats whose text a parser has to make, by the `encoding` that maps into it bear."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"))
_WIDE_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BINARY = (
    (_OLD_OFFICE, "an old office document; save it as .docx, .txt or .pdf and add that"),
    (b"7z\xbc\xaf", "a compressed file; unpack it and add what is inside"),
    (b"\x89PNG", "an image, not text"),
    (b"\xff\xd8\xff", "an image, not text"),
    (b"GIF8", "an image, not text"),
    (b"ID3", "a sound recording; transcribe it first and add the transcript"),
    (b"OggS", "a sound recording; transcribe it first and add the transcript"),
    (b"RIFF", "a recording, not text; transcribe it first and add the transcript"),
    (b"SQLite format 3", "a database, not text"),
)
_GZIP = b"\x1f\x8b"
_INSIDE = "gzip:"
_AS_WEBVTT = "webvtt of "
_MAX_INFLATED = 50_000_000
_SAMPLE = 200_000
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z][\w.:-]{1,30})")
_LATIN = frozenset(["iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"])
_MAC_APOSTROPHE = re.compile(rb"[a-z]\xd5(?:s|t|re|ll|ve|d|m)\b")
_WINDOWS_MARKS = re.compile(rb"[\x91-\x97]")
_MAX_ACCENTS = 0.15
"""Western languages write fewer of their letters with accents, others most of theirs outside ASCII."""
_MAX_CONTROLS = 0.02


class Decoded(NamedTuple):
    """A raw file as text; `raw_text(raw, encoding)` gives the same text again."""

    text: str
    encoding: str


def decode(raw: bytes, origin: str) -> Decoded:
    """Return the text of a raw file.

    Raises:
        SourceRefused: it is empty, binary, or in no encoding we can be sure of.
    """
    if not raw.strip(b"\x00 \t\r\n"):
        raise SourceRefused(origin, "the file is empty; add a file with text in it.")
    if raw.startswith(_GZIP):
        inner = _unpacked(raw, origin)
        if inner.startswith(_GZIP):
            raise SourceRefused(origin, "it is compressed twice; unpack it and add what is inside.")
        inside = decode(inner, origin)
        return Decoded(inside.text, f"{_INSIDE}{inside.encoding}")
    if raw.startswith(_OLD_OFFICE) and _LOCKED in raw:
        raise SourceRefused(origin, "this document is locked; save it without a password and add it again.")
    for magic, what in _BINARY:
        if raw.startswith(magic) or (raw[4:8] == b"ftyp" and magic == b"RIFF"):
            raise SourceRefused(origin, f"this is {what}.")
    encoding = _encoding(raw, origin)
    text = raw_text(raw, encoding, origin=origin)
    _refuse_binary(text, origin)
    kind = subtitle_kind(text) if encoding not in PACKED else None
    if kind is not None:
        return Decoded(subtitles_as_webvtt(text, kind, origin), f"{_AS_WEBVTT}{kind}:{encoding}")
    return Decoded(text, encoding)


def raw_text(raw: bytes, encoding: str, *, origin: str = "the raw file") -> str:
    """Return a raw file as the text into which its source's `raw_map` points.

    Raises:
        SourceRefused: the bytes are not in this encoding.
    """
    if encoding.startswith(_INSIDE):
        return raw_text(_unpacked(raw, origin), encoding.removeprefix(_INSIDE), origin=origin)
    if encoding.startswith(_AS_WEBVTT):
        kind, _, inner = encoding.removeprefix(_AS_WEBVTT).partition(":")
        return subtitles_as_webvtt(raw_text(raw, inner, origin=origin), kind, origin)
    if encoding in PACKED:
        return PACKED[encoding](raw, origin)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceRefused(
            origin, f"the text is damaged at byte {error.start} (not {encoding}); save it as UTF-8 and add it again."
        ) from error


def _packed(raw: bytes) -> str | None:
    """Return the name of the format whose text a parser has to make, by the file's first bytes."""
    if is_zip(raw):
        kind = media_type(raw)
        return "epub" if "epub" in kind else "odt" if "opendocument.text" in kind else DOCX_ENCODING
    if is_pdf(raw):
        return PDF_ENCODING
    return "rtf" if is_rtf(raw) else "mail" if is_mail(raw) else None


def _unpacked(raw: bytes, origin: str) -> bytes:
    """Return what a gzip file holds.

    Raises:
        SourceRefused: it is damaged, or holds more than a transcript.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as inside:
            found = inside.read(_MAX_INFLATED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceRefused(origin, "this compressed file is damaged; unpack it and add what is inside.") from error
    if len(found) > _MAX_INFLATED:
        raise SourceRefused(origin, "it unpacks to far more than a transcript holds; unpack it and add a part.")
    return found


def is_utf8(raw: bytes) -> bool:
    """Whether bytes are UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encoding(raw: bytes, origin: str) -> str:
    packed = _packed(raw)
    if packed is not None:
        return packed
    for mark, encoding in (*_MARKS, *_WIDE_MARKS):
        if raw.startswith(mark):
            return encoding
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_off = error.end >= len(raw) - 3 and not raw[: error.start].isascii()
        if error.start > 0 and cut_off and b"\x00" not in raw:
            raise SourceRefused(
                origin, "the file ends in the middle of a character; it is cut off, copy it again."
            ) from error
    else:
        return "utf-8" if raw.count(0) < len(raw) * 0.2 else _wide(raw, origin)
    if raw.count(0) > len(raw) * 0.2:
        return _wide(raw, origin)
    return _guess(raw, origin)


def _wide(raw: bytes, origin: str) -> str:
    """UTF-16 without a mark: every second byte of western text is zero."""
    even, odd = raw[0:_SAMPLE:2].count(0), raw[1:_SAMPLE:2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) < min(len(raw), _SAMPLE) * 0.2 or min(even, odd) > max(even, odd) * 0.2:
        raise SourceRefused(origin, "this is a binary file, not text.")
    return encoding


def _guess(raw: bytes, origin: str) -> str:
    """Return the encoding of text that is not UTF-8: as it declares, Windows-1252 for western text, else a guess."""
    for encoding in (_declared(raw), _western(raw)):
        if encoding and _fits(raw, encoding):
            return encoding
    from charset_normalizer import from_bytes  # slow to import, and most files are UTF-8

    best = from_bytes(raw[:_SAMPLE]).best()
    if best is None:
        raise SourceRefused(origin, "its encoding cannot be told; save it as UTF-8 and add it again.")
    encoding = {"gb2312": "gb18030", "gbk": "gb18030"}.get(best.encoding, best.encoding)
    try:
        raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceRefused(origin, "its encoding cannot be told; save it as UTF-8 and add it again.") from error
    return encoding


def _declared(raw: bytes) -> str | None:
    """Return the encoding that a page or XML file declares; what pages call Latin-1 is Windows-1252 in browsers."""
    match = _DECLARED.search(raw[:2000])
    name = match[1].decode("ascii").lower() if match else ""
    return "cp1252" if name in _LATIN else name or None


def _western(raw: bytes) -> str | None:
    """Return Windows-1252, or what Macs used, for text in mostly plain letters."""
    other = sum(byte > 127 for byte in raw[:_SAMPLE])
    if other > _MAX_ACCENTS * min(len(raw), _SAMPLE):
        return None
    return "mac-roman" if _MAC_APOSTROPHE.search(raw) and not _WINDOWS_MARKS.search(raw) else "cp1252"


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return False
    return True


def _refuse_binary(text: str, origin: str) -> None:
    sample = text[:_SAMPLE]
    controls = sum(ord(char) < 32 and char not in "\t\n\r\f\v\x00" for char in sample)
    nulls = sample.count("\x00")
    if controls > len(sample) * _MAX_CONTROLS or nulls > len(sample) * 0.1:
        raise SourceRefused(origin, "this is a binary file, not text.")
    if not any(char.isalnum() for char in text):
        raise SourceRefused(origin, "the file holds no words; add a file with text in it.")
