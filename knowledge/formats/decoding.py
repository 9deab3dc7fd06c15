"""From bytes to text, strictly: an offset into the text means something only if the same bytes always give it."""

import re
from typing import NamedTuple

from knowledge.formats.docx import DOCX_ENCODING, docx_html, is_zip
from knowledge.formats.pdf import PDF_ENCODING, is_pdf, pdf_text
from knowledge.model.errors import SourceRefused

PACKED = {PDF_ENCODING: pdf_text, DOCX_ENCODING: docx_html}
"""Formats whose text a parser has to make, by the `encoding` that maps into it bear."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"))
_WIDE_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BINARY = (
    (_OLD_OFFICE, "an old office document; save it as .docx, .txt or .pdf and add that"),
    (b"{\\rtf", "a rich text document; save it as .docx or .txt and add that"),
    (b"\x1f\x8b", "a compressed file; unpack it and add what is inside"),
    (b"7z\xbc\xaf", "a compressed file; unpack it and add what is inside"),
    (b"\x89PNG", "an image, not text"),
    (b"\xff\xd8\xff", "an image, not text"),
    (b"GIF8", "an image, not text"),
    (b"ID3", "a sound recording; transcribe it first and add the transcript"),
    (b"OggS", "a sound recording; transcribe it first and add the transcript"),
    (b"RIFF", "a recording, not text; transcribe it first and add the transcript"),
    (b"SQLite format 3", "a database, not text"),
)
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
    if raw.startswith(_OLD_OFFICE) and _LOCKED in raw:
        raise SourceRefused(origin, "this document is locked; save it without a password and add it again.")
    for magic, what in _BINARY:
        if raw.startswith(magic) or (raw[4:8] == b"ftyp" and magic == b"RIFF"):
            raise SourceRefused(origin, f"this is {what}.")
    encoding = _encoding(raw, origin)
    text = raw_text(raw, encoding, origin=origin)
    _refuse_binary(text, origin)
    return Decoded(text, encoding)


def raw_text(raw: bytes, encoding: str, *, origin: str = "the raw file") -> str:
    """Return a raw file as the text into which its source's `raw_map` points.

    Raises:
        SourceRefused: the bytes are not in this encoding.
    """
    if encoding in PACKED:
        return PACKED[encoding](raw, origin)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceRefused(
            origin, f"the text is damaged at byte {error.start} (not {encoding}); save it as UTF-8 and add it again."
        ) from error


def is_utf8(raw: bytes) -> bool:
    """Whether bytes are UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encoding(raw: bytes, origin: str) -> str:
    if is_pdf(raw) or is_zip(raw):
        return PDF_ENCODING if is_pdf(raw) else DOCX_ENCODING
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
