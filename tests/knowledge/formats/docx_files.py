"""Small Word documents for the tests, written by hand: each paragraph a text with `**bold**`, tabs and line breaks."""

import io
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(body: Iterable[str], *, parts: dict[str, str] | None = None) -> bytes:
    """Return a Word document of these elements of its body, with these other parts of the package."""
    document = _root("document", f"<w:body>{''.join(body)}<w:sectPr/></w:body>")
    return archive(
        {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document} | (parts or {})
    )


def archive(files: dict[str, str]) -> bytes:
    """Return a zip archive of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for name, text in files.items():
            into.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def paragraph(text: str, *, style: str = "") -> str:
    """Return a paragraph; `style` is such as `Heading1`."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs(text)}</w:p>"


def runs(text: str, tag: str = "t") -> str:
    """Return the runs of a paragraph."""
    parts = re.split(r"\*\*(.+?)\*\*", text)
    return "".join(_run(part, tag, bold=number % 2 == 1) for number, part in enumerate(parts) if part)


def table(rows: Iterable[Iterable[str]]) -> str:
    """Return a table of paragraphs."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def notes(kind: str, element: str, text: str) -> str:
    """Return a part of notes: footnotes, endnotes or comments, with one note of number 2."""
    return _root(kind, f'<w:{element} w:id="2" w:author="Ana Sol">{paragraph(text)}</w:{element}>')


def _run(text: str, tag: str, *, bold: bool) -> str:
    marks = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    inside = "".join(
        marks.get(part) or f'<w:{tag} xml:space="preserve">{escape(part)}</w:{tag}>'
        for part in re.split(r"([\t\n])", text)
        if part
    )
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{inside}</w:r>"


def _root(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{_WORD}">{inside}</w:{name}>'
