"""Answers and verdicts as plain text for terminals, mails and logs. Lines are not wrapped: the words stay as they
are."""

from ui.rendering.framing import Card, Frame
from ui.rendering.verdicts import PlaceCard, VerdictFrame


def answer_text(shown: Frame) -> str:
    """Return the answer as lines of text, ending with a line break."""
    parts = [_card(card) for card in shown.cards]
    if shown.abstention:
        parts.append(shown.abstention + "\n")
    parts.append(shown.coverage + "\n")
    if shown.examples_title:
        parts.append("\n".join([shown.examples_title, *(f"  {example}" for example in shown.examples)]) + "\n")
    return "\n".join(parts)


def verdict_text(shown: VerdictFrame) -> str:
    """Return a verdict as lines of text: its name, what it means, the places, and what was searched."""
    parts = ["\n".join([shown.verdict.value + (" (abridged)" if shown.abridged else ""), shown.explanation]) + "\n"]
    parts += [f"{remark}\n" for remark in shown.remarks]
    parts += [_place(place) for place in shown.places]
    if shown.nearest_title:
        parts += [f"{shown.nearest_title}:\n", *(_place(place) for place in shown.nearest)]
    return "\n".join([*parts, shown.coverage + "\n"])


def _place(place: PlaceCard) -> str:
    lines = [f"[{place.number}] {place.lead}"]
    if place.asked:
        lines.append(f"    {place.asked_who}: {place.asked}")
    known = f"{place.badge}; {place.caution}" if place.caution else place.badge
    lines += ["", f"“{place.words}”", "", f"    — {place.attribution} ({known})"]
    if place.link:
        lines.append(f"      {place.link}")
    lines += [f"    {sentence}" for sentence in (*place.changes, *place.warnings, *filter(None, [place.note]))]
    if place.original:
        lines.append(f"    {place.original_title} “{place.original.words}”")
    return "\n".join(lines) + "\n"


def _card(card: Card) -> str:
    lines = [f"[{card.number}] {card.lead}"]
    if card.asked:
        lines.append(f"    {card.asked_who}: {card.asked}")
    known = f"{card.badge}; {card.caution}" if card.caution else card.badge
    lines += ["", f"“{card.words}”", "", f"    — {card.attribution} ({known})"]
    if card.link:
        lines.append(f"      {card.link}")
    return "\n".join(lines) + "\n"
