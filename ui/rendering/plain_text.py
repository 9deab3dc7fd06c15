"""Answers and verdicts as plain text for terminals, mails and logs. Lines are not wrapped: the words stay as they
are."""

import re

from ui.rendering.framing import Card, Frame, Framed
from ui.rendering.verdicts import PlaceCard, VerdictFrame

# An answer as Markdown to paste into a document. Mark-up characters in foreign text are escaped.
# CommonMark: any ASCII punctuation may be escaped with a backslash.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def answer_markdown(shown: Frame) -> str:
    """Return the answer as Markdown, ending with a line break."""
    parts = [escape(shown.note) + "\n"] if shown.note else []
    parts += [_card(card) for card in shown.cards]
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
    before = [f"*{escape(card.before_title)}* {escape(card.before)}"] if card.before else []
    after = [f"*{escape(card.after_title)}* {escape(card.after)}"] if card.after else []
    source = f"— {escape(card.attribution)} ({escape(card.badge)})"
    if card.link:
        source += f" [{escape(card.link_text or '')}](<{card.link.replace('>', '%3E').replace('<', '%3C')}>)"
    return "\n\n".join([*lines, *before, quoted, *after, source]) + "\n"


def answer_text(shown: Frame) -> str:
    """Return the answer as lines of text, ending with a line break."""
    parts = [shown.note + "\n"] if shown.note else []
    parts += [card_text(card) for card in shown.cards]
    if shown.abstention:
        parts.append(shown.abstention + "\n")
    parts.append(shown.coverage + "\n")
    if shown.examples_title:
        parts.append("\n".join([shown.examples_title, *(f"  {example}" for example in shown.examples)]) + "\n")
    return "\n".join(parts)


def card_text(card: Card) -> str:
    """Return one quote as lines of text, ending with a line break."""
    return "\n".join(_lines(card)) + "\n"


def verdict_text(shown: VerdictFrame) -> str:
    """Return a verdict as lines of text: its name, what it means, the places, and what was searched."""
    parts = ["\n".join([shown.verdict.value + (" (abridged)" if shown.abridged else ""), shown.explanation]) + "\n"]
    parts += [f"{remark}\n" for remark in shown.remarks]
    parts += [_place(place) for place in shown.places]
    if shown.nearest_title:
        parts += [f"{shown.nearest_title}:\n", *(_place(place) for place in shown.nearest)]
    return "\n".join([*parts, shown.coverage + "\n"])


def _place(place: PlaceCard) -> str:
    told = [*place.changes, *place.warnings, *filter(None, [place.note])]
    if place.original:
        told.append(f"{place.original_title} “{place.original.words}”")
    lines = [*_lines(place), *(f"    {sentence}" for sentence in told)]
    return "\n".join(lines) + "\n"


def _lines(shown: Framed) -> list[str]:
    """Return the words with what stands around them."""
    lines = [f"[{shown.number}] {shown.lead}"]
    if shown.asked:
        lines.append(f"    {shown.asked_who}: {shown.asked}")
    known = f"{shown.badge}; {shown.caution}" if shown.caution else shown.badge
    after = []
    if isinstance(shown, Card):
        lines += [f"    {shown.before_title} {shown.before}"] if shown.before else []
        after += [f"    {shown.after_title} {shown.after}"] if shown.after else []
    lines += ["", f"“{shown.words}”", "", *after, f"    — {shown.attribution} ({known})"]
    if shown.link:
        lines.append(f"      {shown.link}")
    return lines
