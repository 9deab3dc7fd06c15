"""Page furniture between the words: “Show original”, “Copy link”, a channel's name, set anew in every turn.

What a page repeats nobody said. A line counts as furniture when it stands at least `_OFTEN` times as a line of its own,
ends no sentence, and could not be somebody's name, which would be a label.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from knowledge.formats.blocks import Block
from knowledge.interviews.utterances import Utterance
from knowledge.metadata.label_names import is_name
from knowledge.model.subject import Subject

_OFTEN = 5
_MAX_WORDS = 8
_SENTENCE_ENDS = tuple('.?!…,;:。？！，；："”’)')


def without_furniture(found: Sequence[Utterance], subject: Subject) -> list[Utterance]:
    """Return the utterances without the lines that a page repeats in them; only one that opens with its label may keep
    nothing but such a line.
    """
    counts = Counter(_folded(block) for one in found for block in one.blocks)
    furniture = {text for text, count in counts.items() if count >= _OFTEN and _could_be(text, subject)}
    if not furniture:
        return list(found)
    cleared = (replace(one, blocks=tuple(b for b in one.blocks if _folded(b) not in furniture)) for one in found)
    return [left if left.blocks else one for one, left in zip(found, cleared, strict=True) if left.blocks or one.opens]


def _could_be(text: str, subject: Subject) -> bool:
    words = text.split()
    if not 2 <= len(words) <= _MAX_WORDS or text.endswith(_SENTENCE_ENDS):
        return False
    return not is_name(text) and not subject.is_mentioned(text)


def _folded(block: Block) -> str:
    return " ".join(block.text.split())
