"""Answers as plain text, HTML and Markdown: parts joined once, his words always a slice, framing by code."""

from ui.rendering.framing import Card, Frame, frame
from ui.rendering.html import answer_html
from ui.rendering.markdown import answer_markdown
from ui.rendering.plain import answer_text

__all__ = ["Card", "Frame", "answer_html", "answer_markdown", "answer_text", "frame"]
