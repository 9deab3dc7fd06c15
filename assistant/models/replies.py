"""Reading what was asked for out of a whole reply, whatever stands around it."""

import json
import re
from typing import Any


def list_under(key: str, text: str) -> list[Any]:
    """Return the first list under `key` in a text that holds JSON; empty when there is none.

    >>> list_under("queries", 'Sure! {"queries": ["bees"]} Done.')
    ['bees']
    """
    text = text.rpartition("</think>")[2]
    found = re.search(rf'"{key}"\s*:\s*(?=\[)', text)
    if not found:
        return []
    try:
        value, _ = json.JSONDecoder().raw_decode(text, found.end())
    except (ValueError, RecursionError):
        return []
    return value if isinstance(value, list) else []
