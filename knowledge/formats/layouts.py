"""Text, Markdown, HTML, PDF, Word as documents: the formats in which the layout, not the format, says what they are."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.decoding import Decoded
from knowledge.formats.document import Document
from knowledge.formats.markdown import is_markdown, text_blocks
from knowledge.formats.pdf import pdf_blocks
from knowledge.formats.tables import with_table_turns
from knowledge.formats.webpage import read_page
from knowledge.metadata.printed_facts import declared_facts, front_matter, header_lines, printed_facts
from knowledge.model.errors import SourceRefused

_ENDED = re.compile(r"[.?!…。？！:：;；\"”’)\]】）]\s*$")
_ERROR_TITLE = re.compile(
    r"\b(?:40[0-9]|41\d|429|50[0-4])\b|not found|access denied|forbidden|just a moment|attention required|"
    r"are you (?:a )?(?:human|robot)|captcha|before you continue|bevor sie fortfahren|avant d.acc[ée]der|"
    r"cookie (?:consent|settings|policy)|consent required|your privacy|enable (?:javascript|cookies)|"
    r"checking your browser|please wait|page unavailable|service unavailable|error|sign in|log in|页面不存在",
    re.IGNORECASE,
)
_MAX_ERROR_WORDS = 250
_MIN_WRAPPED_LINES = 12
_MIN_WRAPPED = 0.5


def read_plain_text(decoded: Decoded, origin: str) -> Document:
    """Return a text or Markdown file as a document."""
    declared, start = front_matter(decoded.text)
    blocks = with_table_turns(text_blocks(decoded.text, start))
    facts = declared_facts({**header_lines(blocks), **declared})
    hard_wrapped = _is_wrapped(blocks)
    # the first line of a text broken at the margin is its first words, not a headline
    facts = facts if hard_wrapped else printed_facts(facts, blocks)
    return Document(decoded, blocks, facts, "text", wrapped=hard_wrapped or is_markdown(decoded.text))


def read_page_text(decoded: Decoded, origin: str) -> Document:
    """Return the article of an HTML page as a document.

    Raises:
        SourceRefused: the page is an error page or a login wall.
    """
    page = read_page(decoded.text)
    words = sum(len(block.text.split()) for block in page.blocks)
    title = " ".join(page.meta.get("title", "").split())
    if _ERROR_TITLE.search(title) and words < _MAX_ERROR_WORDS:
        raise SourceRefused(
            origin, f"this is an error page (“{title[:80]}”), not the article; open it and save it again."
        )
    facts = declared_facts({**page.meta, "title": page.meta.get("og:title") or title})
    document = Document(decoded, with_table_turns(page.blocks), printed_facts(facts, page.blocks), "page")
    if page.words_outside:
        document = document.noting(f"{page.words_outside} words of menus and boxes around the article were left out.")
    return document


def read_pdf_text(decoded: Decoded, origin: str) -> Document:
    """Return the lines of a PDF as a document."""
    blocks = tuple(_paragraphs(pdf_blocks(decoded.text)))
    facts = printed_facts(declared_facts(header_lines(blocks)), blocks)
    return Document(decoded, blocks, facts, "pdf", wrapped=True)


def read_docx_text(decoded: Decoded, origin: str) -> Document:
    """Return the paragraphs and tables of a Word document as a document."""
    blocks = with_table_turns(read_page(decoded.text, whole=True).blocks)
    facts = printed_facts(declared_facts(header_lines(blocks)), blocks)
    return Document(decoded, blocks, facts, "docx")


def _is_wrapped(blocks: Sequence[Block]) -> bool:
    """Whether lines end where the margin was: most that are followed by another do not end a sentence."""
    plain = BlockKind.PARAGRAPH
    pairs = [(left, right) for left, right in pairwise(blocks) if right.follows and left.kind is right.kind is plain]
    open_ends = sum(not _ENDED.search(left.text) for left, _ in pairs)
    return len(pairs) >= _MIN_WRAPPED_LINES and open_ends >= _MIN_WRAPPED * len(pairs)


def _paragraphs(blocks: list[Block]) -> list[Block]:
    """PDF text has no paragraphs: a line follows the one before it, whatever space the page left."""
    return [replace(block, follows=True) if block.kind is BlockKind.PARAGRAPH else block for block in blocks]
