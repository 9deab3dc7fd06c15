"""An answer as Slack blocks. Foreign text stands in rich text, which Slack shows as it is: there is no mark-up to
escape and no emoji, link or mention to be read into it. Plain dictionaries: no package of Slack's is needed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ui.rendering.framing import Card, Frame
from ui.rendering.verdicts import PlaceCard, Token, VerdictFrame, Voice

Block = dict[str, Any]
Element = dict[str, Any]

MAX_BLOCKS = 50
"""Blocks that Slack takes in one message."""
MAX_CHARACTERS = 3_000
"""Characters of text in one block."""
MAX_MESSAGE = 12_000
"""Characters of text in one message."""

LINKABLE = ("https://", "http://")
"""How an address starts that may be made a link."""

_BOLD = {"bold": True}
_BREAKS = " \n\t。！？；，"


@dataclass(frozen=True)
class SlackExtras:
    """What a bot adds to each card: blocks under it, and a link (words, address) of its own behind the source's."""

    tools: Callable[[Card], Sequence[Block]] = lambda _card: ()
    link: Callable[[Card], tuple[str, str] | None] = lambda _card: None


BARE = SlackExtras()


def slack_blocks(shown: Frame, extras: SlackExtras = BARE) -> list[Block]:
    """Return an answer as blocks: per quote what was asked, the words as a quotation, whose they are and from where.

    `slack_messages` deals blocks out to messages where one cannot take them all.
    """
    blocks: list[Block] = [remark(shown.note)] if shown.note else []
    for card in shown.cards:
        blocks += card_blocks(card, extras)
    if shown.abstention:
        blocks += rich_text([section(text(shown.abstention))])
    if shown.examples_title:
        blocks += rich_text([section(text(shown.examples_title)), bullets(shown.examples)])
    return [*blocks, remark(shown.coverage)]


def card_blocks(card: Card, extras: SlackExtras = BARE) -> list[Block]:
    """Return one quote as blocks, with what a bot adds to it."""
    return [*_card(card, extras.link(card)), *extras.tools(card)]


def slack_text(shown: Frame) -> str:
    """Return the line for notifications, where Slack shows no blocks; mark-up is escaped, no quote is shortened."""
    leads = (f"[{card.number}] {card.lead.rstrip(':：')}" for card in shown.cards)
    return escape_mrkdwn(shown.abstention or " · ".join(leads))


def slack_messages(blocks: Iterable[Block]) -> list[list[Block]]:
    """Deal blocks out to as few messages as Slack's limits ask for, in their order."""
    messages: list[list[Block]] = [[]]
    room = MAX_MESSAGE
    for block in blocks:
        size = _size(block)
        if messages[-1] and (len(messages[-1]) == MAX_BLOCKS or size > room):
            messages.append([])
            room = MAX_MESSAGE
        messages[-1].append(block)
        room -= size
    return messages


def escape_mrkdwn(value: str) -> str:
    """Return the value such that Slack's mark-up shows exactly its characters.

    >>> escape_mrkdwn("R&D <3")
    'R&amp;D &lt;3'
    """
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rich_text(parts: Sequence[Element], block_id: str | None = None) -> list[Block]:
    """Return sections, quotations and lists as rich text; text longer than a block may be goes on in the next.

    Nothing is added or lost where text is parted: the pieces of a quotation join to its words.
    """
    packed: list[list[Element]] = [[]]
    room = MAX_CHARACTERS
    for part in parts:
        for piece in _pieces(part):
            size = _size(piece)
            if size > room and packed[-1]:
                packed.append([])
                room = MAX_CHARACTERS
            packed[-1].append(piece)
            room -= size
    blocks = [{"type": "rich_text", "elements": elements} for elements in packed if elements]
    if block_id:
        for number, block in enumerate(blocks):
            block["block_id"] = f"{block_id}.{number}" if number else block_id
    return blocks


def section(*elements: Element) -> Element:
    """Return a paragraph of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quotation(*elements: Element) -> Element:
    """Return a block quotation of rich text."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def bullets(lines: Iterable[str]) -> Element:
    """Return a bulleted list of rich text."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [section(text(line)) for line in lines]}


def text(value: str, **style: bool) -> Element:
    """Return characters of rich text, shown as they are."""
    return {"type": "text", "text": value, "style": style} if style else {"type": "text", "text": value}


def link(value: str, url: str) -> Element:
    """Return a link of rich text."""
    return {"type": "link", "url": url, "text": value}


def remark(value: str) -> Block:
    """Return a small grey line."""
    return {"type": "context", "elements": [{"type": "plain_text", "text": value, "emoji": False}]}


def head(shown: Card | PlaceCard) -> Element:
    """Return what stands above the words: number, occasion, and what was asked."""
    elements = [text(f"[{shown.number}] {shown.lead}", **_BOLD)]
    if shown.asked:
        elements += [text(f"\n{shown.asked_who}: ", italic=True), text(shown.asked)]
    return section(*elements)


def foot(shown: Card | PlaceCard, own: tuple[str, str] | None = None) -> Element:
    """Return what stands below the words: whose they are, how we know, and where to open them."""
    known = f"{shown.badge}; {shown.caution}" if shown.caution else shown.badge
    elements = [text(f"— {shown.attribution} ({known})")]
    if shown.link and shown.link.startswith(LINKABLE):
        elements += [text(" "), link(shown.link_text or shown.link, shown.link)]
    if own:
        elements += [text(" · "), link(*own)]
    return section(*elements)


def _card(card: Card, own: tuple[str, str] | None) -> list[Block]:
    before = [section(text(f"{card.before_title} {card.before}", italic=True))] if card.before else []
    after = [section(text(f"{card.after_title} {card.after}", italic=True))] if card.after else []
    return rich_text([head(card), *before, quotation(text(card.words)), *after, foot(card, own)], card.quote_id)


def _pieces(part: Element) -> list[Element]:
    """Part an element that is too long for a block."""
    if part["type"] == "rich_text_list" or _size(part) <= MAX_CHARACTERS:
        return [part]
    pieces: list[list[Element]] = [[]]
    room = MAX_CHARACTERS
    for inline in part["elements"]:
        left = inline
        while _size(left) > room:
            at = _cut(left["text"], room)
            if at:
                pieces[-1].append(left | {"text": left["text"][:at]})
            left = left | {"text": left["text"][at:]}
            pieces.append([])
            room = MAX_CHARACTERS
        pieces[-1].append(left)
        room -= _size(left)
    return [part | {"elements": elements} for elements in pieces if elements]


def _cut(value: str, room: int) -> int:
    """Return where to part text that has too little room: behind a break; with none in reach, as late as it may be."""
    found = max(value.rfind(char, 0, room) for char in _BREAKS) + 1
    return found or (room if room == MAX_CHARACTERS else 0)


def _size(block: Any) -> int:
    """Count the characters of text in a block or an element."""
    if isinstance(block, str):
        return len(block)
    if isinstance(block, list):
        return sum(_size(one) for one in block)
    if isinstance(block, dict):
        return sum(_size(block[key]) for key in ("text", "elements") if key in block)
    return 0


# The verdict on a quotation as Slack blocks. Words of the claim never stand in a quotation; the source's do.
_STYLES = {Voice.SAID: {"bold": True}, Voice.CLAIMED: {"strike": True}}


def verdict_blocks(
    shown: VerdictFrame, link: Callable[[PlaceCard], tuple[str, str] | None] = lambda _place: None
) -> list[Block]:
    """Return a verdict as blocks: its name and what it means, the places with their differences, what was searched.

    In a quotation what only the source has is bold, and what is fair to read with the words is in italics; in the
    claim what only the claim has is struck out. `link` gives a place a link of the bot's own (words, address).
    """
    blocks = rich_text([section(text(shown.title, bold=True), text(f"\n{shown.explanation}"))])
    if shown.remarks:
        blocks += rich_text([bullets(shown.remarks)])
    for place in shown.places:
        blocks += rich_text(_place(place, link(place)), f"place.{place.number}")
    if shown.nearest_title:
        blocks += rich_text([section(text(shown.nearest_title, bold=True))])
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
        parts.append(section(text(f"{place.claimed_title} ", italic=True), *map(_token, place.claimed)))
    sentences = (*place.changes, *place.warnings, *filter(None, [place.note]))
    if sentences:
        parts.append(bullets(sentences))
    if place.original:
        parts += [section(text(place.original_title or "")), quotation(text(place.original.words))]
    return [*parts, foot(place, own)]


def _token(token: Token) -> Element:
    return text(token.text, **_STYLES.get(token.voice, {}))
