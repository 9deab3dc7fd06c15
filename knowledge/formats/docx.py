"""Word documents: paragraphs, tables, bold words; deletions, comments, notes, headers and footers are no text of it.

The HTML that `mammoth` makes of a document is the "decoded file" into which a source's map points.
"""

import io
import zipfile
import zlib
from xml.parsers.expat import ExpatError

from knowledge.formats.archives import checked_parts, damaged
from knowledge.model.errors import SourceRefused

DOCX_ENCODING = "docx"
"""The `encoding` of a map into the HTML that mammoth makes."""

_MAIN_PART = "word/document.xml"
_KIND = "Word document"
_STRUCK = "strike => !"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ExpatError, OSError, EOFError, ValueError, LookupError, AttributeError, TypeError,
    RecursionError, NotImplementedError,
)  # fmt: skip
"""What mammoth and what it stands on raise for a file that is not as it should be."""


def docx_html(raw: bytes, origin: str) -> str:
    """Return the text of a Word document as HTML, tracked changes accepted.

    Raises:
        SourceRefused: it is another kind of archive, damaged, or unpacks to more than a document can hold.
    """
    _refuse_others(raw, origin)
    raw = _without_hidden(raw, origin)
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
        raise damaged(origin, _KIND) from error
    return str(converted.value)


def _refuse_others(raw: bytes, origin: str) -> None:
    """Refuse what is no Word document, or would fill the memory, by what the archive's directory declares."""
    names = checked_parts(raw, origin, _KIND).keys()
    if _MAIN_PART not in names:
        office = "[Content_Types].xml" in names or "mimetype" in names
        kind = "an office document that is not .docx; save its text as .docx, .txt or .pdf and add that"
        raise SourceRefused(origin, f"this is {kind if office else 'a zip archive; unpack it and add what is inside'}.")


def _without_hidden(raw: bytes, origin: str) -> bytes:
    """Return the document without the runs that Word does not show: hidden, and struck twice, which mammoth keeps."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            main = archive.read(_MAIN_PART)
            if not any(mark in main for mark in (b"w:vanish", b"w:webHidden", b"w:dstrike")):
                return raw
            root = etree.fromstring(main, etree.XMLParser(resolve_entities=False, no_network=True))
            for run in root.iter(f"{_W}r"):
                marks = [run.find(f"{_W}rPr/{_W}{name}") for name in ("vanish", "webHidden", "dstrike")]
                if any(mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off") for mark in marks):
                    run.clear()
            made = io.BytesIO()
            with zipfile.ZipFile(made, "w") as into:
                for part in archive.infolist():
                    shown = etree.tostring(root) if part.filename == _MAIN_PART else archive.read(part)
                    into.writestr(zipfile.ZipInfo(part.filename), shown)
            return made.getvalue()
    except (*_BROKEN, etree.LxmlError) as error:
        raise damaged(origin, _KIND) from error
