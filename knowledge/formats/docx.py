"""Word documents: paragraphs, tables, bold words; deletions, comments, notes, headers and footers are no text of it.

The HTML that `mammoth` makes of a document is the "decoded file" into which a source's map points.
"""

import io
import zipfile
import zlib
from xml.parsers.expat import ExpatError

from knowledge.model.errors import SourceRefused

DOCX_ENCODING = "docx"
"""The `encoding` of a map into the HTML that mammoth makes."""

_MAIN_PART = "word/document.xml"
_MAX_PARTS = 5_000
_MAX_INFLATED = 40_000_000
"""The XML parts of a ten hours' transcript have ten megabytes."""
_MAX_RATIO = 250
_SMALL = 1_000_000
_READ = (".xml", ".rels")
_STRUCK = "strike => !"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ExpatError, OSError, EOFError, ValueError, LookupError, AttributeError, TypeError,
    RecursionError, NotImplementedError,
)  # fmt: skip
"""What mammoth and what it stands on raise for a file that is not as it should be."""


def is_zip(raw: bytes) -> bool:
    """Whether a raw file is a zip archive, which a Word document is, whatever its name."""
    return raw.startswith(b"PK\x03\x04")


def docx_html(raw: bytes, origin: str) -> str:
    """Return the text of a Word document as HTML, tracked changes accepted.

    Raises:
        SourceRefused: it is another kind of archive, damaged, or unpacks to more than a document can hold.
    """
    _refuse_bombs(raw, origin)
    import mammoth  # a tenth of a second to import, and most files are not Word documents
    from mammoth.documents import NoteReference, text

    try:
        converted = mammoth.convert_to_html(
            io.BytesIO(raw),
            style_map=_STRUCK,
            include_embedded_style_map=False,
            transform_document=mammoth.transforms.element_of_type(NoteReference, lambda _: text("")),
            convert_image=lambda _: [],
        )
    except _BROKEN as error:
        raise _damaged(origin) from error
    return str(converted.value)


def _refuse_bombs(raw: bytes, origin: str) -> None:
    """Refuse what is no Word document, or would fill the memory, by what the archive's directory declares.

    Nothing is inflated here; later `zipfile` inflates no part beyond its declared size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except _BROKEN as error:
        raise _damaged(origin) from error
    names = {part.filename for part in parts}
    if _MAIN_PART not in names:
        office = "[Content_Types].xml" in names or "mimetype" in names
        kind = "an office document that is not .docx; save its text as .docx, .txt or .pdf and add that"
        raise SourceRefused(origin, f"this is {kind if office else 'a zip archive; unpack it and add what is inside'}.")
    if any(part.flag_bits & 1 for part in parts):
        raise SourceRefused(origin, "this Word document is locked; save it without a password and add it again.")
    read = [part for part in parts if part.filename.endswith(_READ)]
    squeezed = any(part.file_size > max(_SMALL, _MAX_RATIO * part.compress_size) for part in read)
    if squeezed or len(parts) > _MAX_PARTS or sum(part.file_size for part in read) > _MAX_INFLATED:
        raise SourceRefused(
            origin, "this Word document unpacks to far more than a transcript holds; save its text as .txt."
        )


def _damaged(origin: str) -> SourceRefused:
    return SourceRefused(
        origin, "this Word document is cut off or damaged; copy it again, or save its text as .txt and add that."
    )
