"""Slack's surface: Block Kit blocks, sent as JSON and read back."""

import json
import re
from typing import TYPE_CHECKING, Any

from ui.rendering import frame, slack_blocks, slack_messages

if TYPE_CHECKING:
    from assistant import Answer
    from evals.gates.surfaces import Surface

_NUMBER = re.compile(r"\[(\d+)\] ")


def read_slack(answer: "Answer", *, subject: str) -> "list[Surface]":
    """Return Slack's surface: `[n] …` in a section opens a card, quotations hold its words, a link its address.

    A quotation before any card, or in a block that is not rich text, is read as card -1, which no record has.
    """
    from evals.gates.surfaces import Shown, Surface

    sent = json.dumps(slack_messages(slack_blocks(frame(answer, subject=subject))))
    quotes: list[Shown] = []
    rest: list[str] = []
    for block in (block for message in json.loads(sent) for block in message):
        if block["type"] != "rich_text":
            rest += _texts(block)
            continue
        for part in block["elements"]:
            said = "".join(_texts(part))
            opening = _NUMBER.match(said)
            if part["type"] == "rich_text_quote":
                card = quotes[-1] if quotes else Shown(-1, "", "")
                quotes[-1:] = [card._replace(words=card.words + said)]
            elif opening:
                quotes.append(Shown(int(opening[1]), "", said))
            elif quotes and not said.startswith("—"):
                rest.append(said)
            elif quotes:
                link = next((inline["url"] for inline in part["elements"] if inline["type"] == "link"), None)
                quotes[-1] = quotes[-1]._replace(around=f"{quotes[-1].around}\n{said}", link=link)
            else:
                rest.append(said)
    return [Surface("slack", quotes, "\n".join(rest))]


def _texts(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for one in part for text in _texts(one)]
    if not isinstance(part, dict):
        return []
    inside = [part["text"]] if isinstance(part.get("text"), str) else _texts(part.get("text"))
    return inside + _texts(part.get("elements"))
