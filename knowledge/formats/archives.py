"""Zip archives that are documents (Word, OpenDocument, EPUB), told from others and refused when they are bombs."""

import io
import zipfile
import zlib

from knowledge.model.errors import SourceRefused

_MAX_PARTS = 5_000
_MAX_INFLATED = 40_000_000
"""The XML parts of a ten hours' transcript have ten megabytes."""
_MAX_RATIO = 250
_SMALL = 1_000_000
_READ = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf")
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, NotImplementedError)
"""What `zipfile` raises for an archive that is not as it should be."""


def is_zip(raw: bytes) -> bool:
    """Whether a raw file is a zip archive, which an office document is, whatever its name."""
    return raw.startswith(b"PK\x03\x04")


def media_type(raw: bytes) -> str:
    """Return what an archive says it is in its first part, as OpenDocument and EPUB do; empty for others."""
    head = raw[:200]
    start = head.find(b"mimetype")
    return head[start + len(b"mimetype") :].split(b"PK")[0].decode("ascii", "ignore").strip() if start >= 0 else ""


def checked_parts(raw: bytes, origin: str, kind: str) -> dict[str, zipfile.ZipInfo]:
    """Return the parts of an archive, by name, when reading them cannot fill the memory.

    Nothing is inflated here; later `zipfile` inflates no part beyond its declared size. `kind` is how messages call it.

    Raises:
        SourceRefused: it is damaged, locked, or unpacks to more than a document can hold.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except BROKEN_ZIP as error:
        raise damaged(origin, kind) from error
    if any(part.flag_bits & 1 for part in parts):
        raise SourceRefused(origin, f"this {kind} is locked; save it without a password and add it again.")
    read = [part for part in parts if part.filename.endswith(_READ)]
    squeezed = any(part.file_size > max(_SMALL, _MAX_RATIO * part.compress_size) for part in read)
    if squeezed or len(parts) > _MAX_PARTS or sum(part.file_size for part in read) > _MAX_INFLATED:
        raise SourceRefused(
            origin, f"this {kind} unpacks to far more than a transcript holds; save its text as .txt and add that."
        )
    return {part.filename: part for part in parts}


def damaged(origin: str, kind: str) -> SourceRefused:
    """Return the refusal of an archive that cannot be read."""
    return SourceRefused(
        origin, f"this {kind} is cut off or damaged; copy it again, or save its text as .txt and add that."
    )
