"""An answer as plain text for terminals, mails and logs. Lines are not wrapped: the words stay as they are."""

from ui.rendering.framing import Card, Frame


def answer_text(shown: Frame) -> str:
    """Return the answer as lines of text, ending with a line break."""
    parts = [_card(card) for card in shown.cards]
    if shown.abstention:
        parts.append(shown.abstention + "\n")
    parts.append(shown.coverage + "\n")
    if shown.examples_title:
        parts.append("\n".join([shown.examples_title, *(f"  {example}" for example in shown.examples)]) + "\n")
    return "\n".join(parts)


def _card(card: Card) -> str:
    lines = [f"[{card.number}] {card.lead}"]
    if card.asked:
        lines.append(f"    {card.asked_who}: {card.asked}")
    known = f"{card.badge}; {card.caution}" if card.caution else card.badge
    lines += ["", f"“{card.words}”", "", f"    — {card.attribution} ({known})"]
    if card.link:
        lines.append(f"      {card.link}")
    return "\n".join(lines) + "\n"
