"""What a reader of Slack sees: blocks read back, sharing nothing with what made them."""

import re
from typing import Any


def quotes(blocks: list[dict[str, Any]]) -> dict[int, str]:
    """Return the quoted words by the number printed above them."""
    found: dict[int, str] = {}
    number = 0
    for part in (part for block in blocks if block["type"] == "rich_text" for part in block["elements"]):
        said = "".join(element.get("text", "") for element in part["elements"])
        if part["type"] == "rich_text_quote":
            found[number] = found.get(number, "") + said
        elif part["type"] == "rich_text_section" and (printed := re.match(r"\[(\d+)\] ", said)):
            number = int(printed[1])
    return found


def seen(blocks: list[dict[str, Any]]) -> str:
    """Return all text that stands in blocks, fields and buttons aside."""
    return "\n".join(_texts(blocks))


def _texts(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for one in part for text in _texts(one)]
    if not isinstance(part, dict) or part.get("type") in ("button", "feedback_buttons"):
        return []
    own = [part["text"]] if isinstance(part.get("text"), str) else []
    return own + [text for key in ("text", "elements") if key in part for text in _texts(part[key]) if part[key] != own]


def button(blocks: list[dict[str, Any]], action_id: str) -> dict[str, Any]:
    """Return a button by its action."""
    found = [element for block in blocks for element in _elements(block) if element.get("action_id") == action_id]
    assert found, f"no button {action_id}"
    return found[0]


def _elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    accessory = block.get("accessory")
    return [*(block.get("elements") or ()), *([accessory] if accessory else [])]
