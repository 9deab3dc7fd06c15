"""Signs that rows are a chat with a language model: whatever names it gives its parts, nobody spoke."""

from collections.abc import Iterable, Mapping

from knowledge.formats.timed.located_json import Text, Value

_KEYS = ("role", "from", "author", "sender", "speaker", "type")
_PARTS = frozenset("assistant system developer gpt chatgpt claude ai bot model llm tool".split())
_BESIDE = frozenset(["user", "human"])


def sign_of_roleplay(rows: Iterable[Mapping[str, Value]]) -> str | None:
    """Return what shows that rows are a chat with a model, as a phrase; None where nothing does.

    A model plays a part under whatever name: `{"role": "assistant", "name": "Mira Vane", "content": …}`. A “user”
    alone is no sign, as that may be a person of a meeting.
    """
    for row in rows:
        for key in _KEYS:
            part = _part(row.get(key))
            if part in _PARTS or (part in _BESIDE and key in ("role", "from")):
                return f"it is a chat with a language model (“{key}: {part}”), whose words are nobody’s"
    return None


def _part(value: Value) -> str | None:
    if isinstance(value, dict):
        value = value.get("role") or value.get("name")
    return value.value.strip().lower() if isinstance(value, Text) else None
