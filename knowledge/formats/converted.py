"""Documents that a parser has to turn into text first: mail, saved pages, RTF, OpenDocument, EPUB.

What comes out (HTML, or plain text) is the "decoded file" into which a source's map points, so each is a function of
the bytes alone. Hidden and struck words are dropped, and where a parser cannot tell them the file is refused.
"""

import email
import email.policy
import html
import io
import json
import posixpath
import re
import zipfile
from email.message import EmailMessage, Message

from knowledge.formats.archives import BROKEN_ZIP, checked_parts, damaged
from knowledge.model.errors import SourceRefused

_MAIL_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_MAIL_SIGN = re.compile(rb"^(?:MIME-Version|Content-Transfer-Encoding|Content-Type|Received|Message-ID):", re.M | re.I)
_RTF_HIDDEN = re.compile(r"\\(?:v|deleted|strike|striked1)(?![a-z0-9])")
_ODF_HIDDEN = re.compile(rb"text:display=\"(?:none|condition)\"|text-line-through-style=\"(?!none)|<text:hidden-")
_ODF_DROPPED = (
    "text:tracked-changes", "office:annotation", "text:note", "text:table-of-content", "text:sequence-decls",
)  # fmt: skip
MAIL_FROM, MAIL_SENT, MAIL_SUBJECT = "mail-from", "mail-sent", "mail-subject"
"""Under which names the text of a mail declares its head: as front matter, or as meta elements of its page."""
_SECTION = "<section>{}</section>"


def is_mail(raw: bytes) -> bool:
    """Whether a raw file is a mail or a page saved as MHTML: headers of which one is of MIME."""
    head = _MAIL_HEAD.match(raw[:20_000].lstrip())
    return head is not None and _MAIL_SIGN.search(head.group()) is not None


def mail_text(raw: bytes, origin: str) -> str:
    """Return the page or text of a mail, in the encoding its headers declare; its head is declared in it.

    Raises:
        SourceRefused: it has no text.
    """
    message = email.message_from_bytes(raw.lstrip(), policy=email.policy.default)
    try:
        body = message.get_body(("html", "plain")) if isinstance(message, EmailMessage) else None
        text = body.get_content() if body is not None else None
    except (LookupError, ValueError, AssertionError) as error:
        raise SourceRefused(origin, "this mail is damaged; open it and save its text as .txt.") from error
    if not isinstance(text, str) or not text.strip():
        raise SourceRefused(origin, "this mail holds no text; save the attachment itself and add that.")
    page = body is not None and body.get_content_type() == "text/html"
    head = _mail_head(message)
    if not page:
        told = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in head.items())
        return f"---\n{told}---\n{text}" if head else text
    metas = "".join(f'<meta name="{name}" content="{html.escape(value)}">' for name, value in head.items())
    if re.match(r"\s*<(?:!doctype|html|\?xml)", text, re.IGNORECASE):
        return re.sub(r"<html\b[^>]*>", lambda found: found.group() + metas, text, count=1, flags=re.IGNORECASE)
    return f"<html><head>{metas}</head><body>{text}</body></html>"


def _mail_head(message: Message) -> dict[str, str]:
    """Return who sent a mail, when and about what, under names of our own; nothing for a saved page."""
    names = {MAIL_FROM: "From", MAIL_SENT: "Date", MAIL_SUBJECT: "Subject"}
    told = {name: " ".join(str(message[key] or "").split()) for name, key in names.items()}
    return {name: value for name, value in told.items() if value} if "@" in told[MAIL_FROM] else {}


def is_rtf(raw: bytes) -> bool:
    """Whether a raw file is rich text."""
    return raw.startswith(b"{\\rtf")


def rtf_text(raw: bytes, origin: str) -> str:
    """Return the text of an RTF file.

    Raises:
        SourceRefused: it is damaged, or has hidden or struck words, which the parser does not tell from others.
    """
    from striprtf.striprtf import rtf_to_text

    written = raw.decode("latin-1")
    if _RTF_HIDDEN.search(written):
        raise SourceRefused(origin, "it has hidden or struck words; save it as .docx or .txt and add that.")
    try:
        return str(rtf_to_text(written, errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise SourceRefused(origin, "this RTF is damaged; save it as .docx or .txt and add that.") from error


def odt_html(raw: bytes, origin: str) -> str:
    """Return the headings and paragraphs of an OpenDocument text as HTML, tracked changes accepted.

    Raises:
        SourceRefused: it is damaged, locked, a bomb, or has hidden or struck words.
    """
    kind = "OpenDocument text"
    names = checked_parts(raw, origin, kind)
    from lxml.etree import LxmlError
    from odfdo import Document, Element

    try:
        document = Document(io.BytesIO(raw))
        body = document.body
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = b"".join(archive.read(name) for name in ("content.xml", "styles.xml") if name in names)
        if _ODF_HIDDEN.search(parts):
            raise SourceRefused(origin, "it has hidden or struck words; save it as .docx or .txt and add that.")
        for tag in _ODF_DROPPED:
            for found in body.get_elements(f"descendant::{tag}"):
                found.delete()
        lines = [
            one for one in body.get_elements("descendant::text:p | descendant::text:h") if isinstance(one, Element)
        ]
        written = [(one.tag.endswith(":h"), html.escape(one.text_recursive, quote=False)) for one in lines]
    except (*BROKEN_ZIP, LxmlError, TypeError, AttributeError) as error:
        raise damaged(origin, kind) from error
    rows = [f"<h2>{text}</h2>" if heading else f"<p>{text.replace(chr(10), '<br>')}</p>" for heading, text in written]
    return "<html><body>\n" + "\n".join(rows) + "\n</body></html>"


def epub_html(raw: bytes, origin: str) -> str:
    """Return the chapters of an EPUB in their reading order, as one page.

    Raises:
        SourceRefused: it is damaged, locked, a bomb, or names no chapters.
    """
    kind = "EPUB"
    parts = checked_parts(raw, origin, kind)
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            container = etree.fromstring(archive.read("META-INF/container.xml"), parser)
            package = str(container.xpath("string(//*[local-name()='rootfile']/@full-path)"))
            root = etree.fromstring(archive.read(package), parser)
            files = {item.get("id"): item.get("href") for item in root.iterfind(".//{*}manifest/{*}item")}
            order = [files.get(item.get("idref")) for item in root.iterfind(".//{*}spine/{*}itemref")]
            folder = posixpath.dirname(package)
            names = [posixpath.normpath(posixpath.join(folder, name)) for name in order if name]
            chapters = [archive.read(name).decode("utf-8", "replace") for name in names if name in parts]
    except (*BROKEN_ZIP, etree.LxmlError, TypeError, AttributeError) as error:
        raise damaged(origin, kind) from error
    if not chapters:
        raise SourceRefused(origin, "this EPUB names no chapters; save its text as .txt and add that.")
    bodies = [re.sub(r"(?is)^.*?<body[^>]*>|</body\s*>.*$", "", chapter) for chapter in chapters]
    return "<html><body>\n" + "\n".join(_SECTION.format(body) for body in bodies) + "\n</body></html>"
