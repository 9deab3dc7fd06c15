"""Chats saved or copied from meetings and channels: typed, not said, and refused with what to add instead.

Whoever types there chooses the name under which it stands, so nothing in such a file shows that it is anybody's.
"""

from pathlib import Path
from typing import NoReturn

from knowledge.formats.decoding import Decoded
from knowledge.model.errors import SourceRefused
from knowledge.model.word_rules import RuleFile

HEADS = RuleFile(Path(__file__).with_suffix(".yaml"))
_HEAD = 200_000
_MIN_HEADS = 3
_MIN_SHARE = 0.1


def is_chat(decoded: Decoded) -> bool:
    """Whether at least three lines of a text, and a tenth of them, are heads of messages."""
    lines = [line for line in decoded.text[:_HEAD].splitlines() if line.strip()]
    heads = sum(any(HEADS.found(name, line) for name in HEADS.rules) for line in lines)
    return heads >= _MIN_HEADS and heads >= _MIN_SHARE * len(lines)


def refuse_chat(decoded: Decoded, origin: str) -> NoReturn:
    """Say what to add instead.

    Raises:
        SourceRefused: always.
    """
    raise SourceRefused(
        origin,
        "this is a chat: typed under names that people choose themselves, and no record of what was said; add the "
        "meeting’s transcript or captions (.vtt), or what he published by its address.",
    )
