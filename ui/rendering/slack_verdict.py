"""The verdict on a quotation as Slack blocks. Words of the claim never stand in a quotation; the source's do."""

from collections.abc import Callable

from ui.rendering.slack_blocks import (
    Block,
    Element,
    bullets,
    escape_mrkdwn,
    foot,
    head,
    quotation,
    remark,
    rich_text,
    text,
)
from ui.rendering.slack_blocks import section as paragraph
from ui.rendering.verdicts import PlaceCard, Token, VerdictFrame, Voice

_STYLES = {Voice.SAID: {"bold": True}, Voice.CLAIMED: {"strike": True}}


def verdict_blocks(
    shown: VerdictFrame, link: Callable[[PlaceCard], tuple[str, str] | None] = lambda _place: None
) -> list[Block]:
    """Return a verdict as blocks: its name and what it means, the places with their differences, what was searched.

    In a quotation what only the source has is bold, and what is fair to read with the words is in italics; in the
    claim what only the claim has is struck out. `link` gives a place a link of the bot's own (words, address).
    """
    blocks = rich_text([paragraph(text(shown.title, bold=True), text(f"\n{shown.explanation}"))])
    if shown.remarks:
        blocks += rich_text([bullets(shown.remarks)])
    for place in shown.places:
        blocks += rich_text(_place(place, link(place)), f"place.{place.number}")
    if shown.nearest_title:
        blocks += rich_text([paragraph(text(shown.nearest_title, bold=True))])
    for place in shown.nearest:
        blocks += rich_text(_place(place, link(place)), f"place.{place.number}")
    return [*blocks, remark(shown.coverage)]


def verdict_line(shown: VerdictFrame) -> str:
    """Return the line for notifications, in Slack's mark-up."""
    return escape_mrkdwn(f"{shown.title}: {shown.explanation}")


def _place(place: PlaceCard, own: tuple[str, str] | None) -> list[Element]:
    around = [text(place.before, italic=True)] if place.before else []
    behind = [text(place.after, italic=True)] if place.after else []
    parts = [head(place), quotation(*around, *map(_token, place.said), *behind)]
    if place.claimed_title:
        parts.append(paragraph(text(f"{place.claimed_title} ", italic=True), *map(_token, place.claimed)))
    sentences = (*place.changes, *place.warnings, *filter(None, [place.note]))
    if sentences:
        parts.append(bullets(sentences))
    if place.original:
        parts += [paragraph(text(place.original_title or "")), quotation(text(place.original.words))]
    return [*parts, foot(place, own)]


def _token(token: Token) -> Element:
    return text(token.text, **_STYLES.get(token.voice, {}))
