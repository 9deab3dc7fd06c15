"""An answer as Markdown to paste into a document. Mark-up characters in foreign text are escaped."""

import re

from ui.rendering.framing import Card, Frame

# CommonMark: any ASCII punctuation may be escaped with a backslash.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def answer_markdown(shown: Frame) -> str:
    """Return the answer as Markdown, ending with a line break."""
    parts = [_card(card) for card in shown.cards]
    if shown.abstention:
        parts.append(escape(shown.abstention) + "\n")
    parts.append(escape(shown.coverage) + "\n")
    return "\n".join(parts)


def escape(value: str) -> str:
    """Return the value such that a CommonMark renderer shows exactly its characters.

    >>> escape("2 * 2 [1]")
    '2 \\\\* 2 \\\\[1\\\\]'
    """
    return _PUNCTUATION.sub(r"\\\1", value)


def _card(card: Card) -> str:
    lines = [f"{escape(f'[{card.number}]')} {escape(card.lead)}"]
    if card.asked:
        lines.append(f"*{escape(card.asked_who or '')}:* {escape(card.asked)}")
    quoted = "\n".join(f"> {escape(line)}" for line in card.words.split("\n"))
    source = f"— {escape(card.attribution)} ({escape(card.badge)})"
    if card.link:
        source += f" [{escape(card.link_text or '')}](<{card.link.replace('>', '%3E').replace('<', '%3C')}>)"
    return "\n\n".join([*lines, quoted, source]) + "\n"
