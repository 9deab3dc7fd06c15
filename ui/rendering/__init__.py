"""Answers and verdicts as plain text, HTML, Markdown and Slack blocks: parts joined once, his words always a slice,
framing by code."""

from ui.rendering.answer_html import answer_html, verdict_html
from ui.rendering.framing import Card, Frame, frame, frame_saved
from ui.rendering.plain_text import answer_markdown, answer_text, verdict_text
from ui.rendering.slack_blocks import slack_blocks, slack_messages, slack_text, verdict_blocks, verdict_line
from ui.rendering.verdicts import PlaceCard, VerdictFrame, verdict_frame

__all__ = [
    "Card",
    "Frame",
    "PlaceCard",
    "VerdictFrame",
    "answer_html",
    "answer_markdown",
    "answer_text",
    "frame",
    "frame_saved",
    "slack_blocks",
    "slack_messages",
    "slack_text",
    "verdict_blocks",
    "verdict_frame",
    "verdict_html",
    "verdict_line",
    "verdict_text",
]
