"""Labels that are missing without a trace, told by the habits of the file that lost them.

Where a file writes a label whenever the speaker changes, and only then, the same label twice in a row means that one
between them is gone; where it writes a label on every paragraph, a paragraph without one has lost its own. A last
paragraph that asks, and whatever stands behind the last label of all, is not taken for the answerer's either.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.interviews.roles import breaks_off
from knowledge.interviews.utterances import Utterance
from knowledge.metadata.label_names import label_key
from knowledge.model.source import count_words
from knowledge.text.sentences import sentences

_MIN_LABELS = 8
_MIN_LABELS_EACH = 20
_MAX_REPEATED = 1 / 8
_MAX_UNLABELLED = 1 / 50
_MAX_QUESTION = 60
_ENDED = re.compile(r"[.?!…。？！:;—][\"”’')\]*_]*\s*$")
_MARKED = re.compile(r"[—–:：;；()\[\]{}<>|/*_]| - ")
_ASKS = ("?", "？", "?”", '?"')


def without_lost_labels(found: Sequence[Utterance], *, wrapped: bool) -> list[Utterance]:
    """Return utterances, those made nobody's in which a label may have been lost; short files show no habits.

    Where lines are `wrapped` at the margin, one that goes on with a sentence belongs to the paragraph above it.
    """
    turns = _turns(found)
    if len(turns) < _MIN_LABELS:
        return list(found)
    labels = [label_key(found[start].label or "") for start, _ in turns]
    repeated = sum(left == right for left, right in pairwise(labels))
    alternating = repeated <= _MAX_REPEATED * len(turns)
    unlabelled = sum(len(_paragraphs(found[start:end], wrapped=wrapped)) for start, end in turns)
    each = len(turns) >= _MIN_LABELS_EACH and unlabelled <= _MAX_UNLABELLED * len(turns)
    kept = list(found[: turns[0][0]])
    for number, (start, end) in enumerate(turns):
        following = turns[number + 1][0] if number + 1 < len(turns) else len(found)
        again = alternating and number + 1 < len(turns) and labels[number] == labels[number + 1] and end == following
        turn = found[start:end]
        if again and not _goes_on(turn, found[following]):
            kept += _first_sentence(turn)
        else:
            kept += _own(turn, each=each, last=number + 1 == len(turns), wrapped=wrapped)
        kept += (replace(one, label=None) for one in found[end:following]) if each else found[end:following]
    return kept


def _turns(found: Sequence[Utterance]) -> list[tuple[int, int]]:
    """Return the utterances [start, end) under each label, up to the next label or to what is nobody's."""
    starts = [n for n, one in enumerate(found) if one.opens and one.has_words]
    turns = []
    for start, after in pairwise([*starts, len(found)]):
        label = found[start].label
        end = next((n for n in range(start + 1, after) if found[n].label != label), after)
        turns.append((start, end))
    return turns


def _goes_on(turn: Sequence[Utterance], after: Utterance) -> bool:
    """Whether a turn was broken off and goes on under its label: “… because we-” “… we had to.”"""
    before = " ".join(one.text for one in turn).rstrip()
    text = after.text.lstrip()
    return breaks_off(before, text) or text.startswith(("…", "...", "-", "—")) or before.endswith(("-", "—"))


def _first_sentence(turn: Sequence[Utterance]) -> list[Utterance]:
    """Return a turn that lost a label, only its first sentence kept, and that only when no mark or name is in it."""
    first, *rest = turn
    block = first.blocks[0]
    end = sentences(block.text)[0].end
    told = block.text[:end]
    end = 0 if _MARKED.search(told) or any(word[0].isupper() and word[:1] != "I" for word in told.split()[1:]) else end
    cut = [replace(first, label=None, opens=False, blocks=(block.cut(end),))] if block.text[end:].strip() else []
    kept = [replace(first, blocks=(block.cut(0, end),))] if end else []
    return [*kept, *cut, *(replace(one, label=None) for one in rest)]


def _own(turn: Sequence[Utterance], *, each: bool, last: bool, wrapped: bool) -> list[Utterance]:
    """Return a turn without those of its unlabelled paragraphs that may have lost a label."""
    paragraphs = _paragraphs(turn, wrapped=wrapped)
    own = len(turn)
    if paragraphs and (each or last):
        own = paragraphs[0]
    elif paragraphs and _asks(" ".join(one.text for one in turn[paragraphs[-1] :])):
        own = paragraphs[-1]
    return [*turn[:own], *(replace(one, label=None) for one in turn[own:])]


def _paragraphs(turn: Sequence[Utterance], *, wrapped: bool) -> list[int]:
    """Return where paragraphs without a label of their own begin in a turn."""
    said = [number for number, one in enumerate(turn) if one.has_words]
    return [
        number
        for before, number in pairwise(said)
        if not (wrapped and turn[number].blocks[0].follows and not _ENDED.search(turn[before].text))
    ]


def _asks(text: str) -> bool:
    return text.rstrip().endswith(_ASKS) and count_words(text) <= _MAX_QUESTION
