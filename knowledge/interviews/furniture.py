"""Page furniture between the words: “Show original”, “Copy link”, a channel's name, set anew in every turn.

What a page repeats nobody said. A line counts as furniture when it stands at least `_OFTEN` times as a line of its own,
ends no sentence, and could not be somebody's name, which would be a label. Where such a line stands in the middle of a
sentence it may be words after all: it is not left out, and what follows it until the next label is nobody's.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.formats.blocks import Block
from knowledge.interviews.utterances import Utterance
from knowledge.metadata.label_names import is_name
from knowledge.model.subject import Subject

_OFTEN = 5
_MAX_WORDS = 8
_SENTENCE_CLOSES = tuple('.?!…。？！”"’)*_')
_SENTENCE_ENDS = tuple('.?!…,;:。？！，；："”’)')


def without_furniture(found: Sequence[Utterance], subject: Subject) -> list[Utterance]:
    """Return the utterances without the lines that a page repeats in them; only one that opens with its label may keep
    nothing but such a line.
    """
    counts = Counter(_folded(block) for one in found for block in one.blocks)
    furniture = {text for text, count in counts.items() if count >= _OFTEN and _could_be(text, subject)}
    if not furniture:
        return list(found)
    return list(_cleared(found, furniture))


def _cleared(found: Sequence[Utterance], furniture: set[str]) -> Iterator[Utterance]:
    label, before, is_broken = None, "", False
    for one in found:
        if one.opens or one.label != label:
            label, before, is_broken = one.label, "", False
        kept: list[Block] = []
        for number, block in enumerate(one.blocks):
            if not is_broken and _folded(block) not in furniture:
                kept.append(block)
                before = _folded(block)
            elif is_broken or (label is not None and before and not before.endswith(_SENTENCE_CLOSES)):
                is_broken = True
                if kept:
                    yield replace(one, blocks=tuple(kept))
                    kept = []
                yield replace(one, label=None, opens=False, blocks=one.blocks[number:])
                break
        if kept or (one.opens and not is_broken):
            yield replace(one, blocks=tuple(kept)) if kept else one


def _could_be(text: str, subject: Subject) -> bool:
    words = text.split()
    if not 2 <= len(words) <= _MAX_WORDS or text.endswith(_SENTENCE_ENDS):
        return False
    return not is_name(text) and not subject.is_mentioned(text)


def _folded(block: Block) -> str:
    return " ".join(block.text.split())
