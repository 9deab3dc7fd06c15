"""Alignment of a claim with a text: the stretch it fits best, and the words by which the two differ."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from assistant.checking.results import Difference, Op
from knowledge.text.words import Word


class Fit(NamedTuple):
    """Words [start, end) of a text are what the claim fits best; `cost` words must be changed."""

    cost: int
    start: int
    end: int


_CHANGE = 1 << 16  # what a changed word costs; an equal word gains 1, so that of equally near fits the fullest wins


def best_fits(claim: NDArray[np.uint32], texts: Sequence[NDArray[np.uint32]]) -> list[Fit]:
    """Find in each text the part that turns into the claim by the fewest changed, dropped or added words.

    Approximate string matching by dynamic programming (Sellers 1980), one row per word of the claim, all texts at once.
    """
    if not texts:
        return []
    width = max(len(text) for text in texts)
    words = np.zeros((len(texts), width), np.uint32)
    for row, text in enumerate(texts):
        words[row, : len(text)] = text  # what stands behind a text's end never reaches back into it
    columns = np.arange(width + 1)
    cost = np.zeros((len(texts), width + 1), np.int64)
    start = np.tile(columns, (len(texts), 1))
    for word in claim:
        paired = cost[:, :-1] + np.where(words == word, -1, _CHANGE)
        change = cost + _CHANGE
        better = paired <= change[:, 1:]
        change[:, 1:] = np.where(better, paired, change[:, 1:])
        began = np.concatenate([start[:, :1], np.where(better, start[:, :-1], start[:, 1:])], axis=1)
        # words of the text that the claim leaves out: a running minimum of cost minus position
        level = change - columns * _CHANGE
        lowest = np.minimum.accumulate(level, axis=1)
        came_from = np.maximum.accumulate(np.where(level == lowest, columns, 0), axis=1)
        cost = lowest + columns * _CHANGE
        start = np.take_along_axis(began, came_from, axis=1)
    return [_fit(cost[row, : len(text) + 1], start[row]) for row, text in enumerate(texts)]


def _fit(cost: NDArray[np.int64], start: NDArray[np.int64]) -> Fit:
    end = int(np.argmin(cost))
    while end + 1 < len(cost) and cost[end + 1] == cost[end] and start[end + 1] == start[end]:
        end += 1  # a last word that was exchanged belongs to what he said
    return Fit(-int(-cost[end] // _CHANGE), int(start[end]), end)


def differences(said: Sequence[Word], said_text: str, claimed: Sequence[Word], claim_text: str) -> list[Difference]:
    """Return the runs of words in which claim and source differ; none when only the spacing does.

    >>> from knowledge.text.words import words
    >>> a, b = "It may be near.", "It is near"
    >>> [(d.op.value, d.said, d.claimed) for d in differences(words(a), a, words(b), b)]
    [('replace', 'may be', 'is')]
    """
    found = []
    for said_first, said_last, first, last in _unequal(said, claimed):
        ours, theirs = said[said_first:said_last], claimed[first:last]
        if _same_letters(ours, theirs):
            continue
        start, end = _characters(said, said_first, said_last)
        claimed_start, claimed_end = _characters(claimed, first, last)
        found.append(
            Difference(
                op=Op.INSERT if not ours else Op.DELETE if not theirs else Op.REPLACE,
                said=said_text[start:end],
                claimed=claim_text[claimed_start:claimed_end],
                said_start=start,
                said_end=end,
                claimed_start=claimed_start,
                claimed_end=claimed_end,
            )
        )
    return found


def _same_letters(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    if _other_number(ours) or _other_number(theirs):
        return False
    said, claimed = ("".join(word.key for word in part) for part in (ours, theirs))
    if len(ours) != len(theirs):  # a broken word ("I 'd") has lost the apostrophe that the whole one keeps
        said, claimed = said.replace("'", ""), claimed.replace("'", "")
    return said == claimed


def _other_number(found: Sequence[Word]) -> bool:
    """Whether digits that stand apart would make another number when joined ("3 5"); "40 000" is one number."""
    return any(
        one.key[-1:].isdecimal() and other.key[:1].isdecimal() and not re.fullmatch(r"\d{3}", other.key)
        for one, other in pairwise(found)
    )


def _unequal(said: Sequence[Word], claimed: Sequence[Word]) -> list[tuple[int, int, int, int]]:
    """Return the parts that are not equal; neighbours are one part, so that "net works" can equal "networks"."""
    parts: list[tuple[int, int, int, int]] = []
    for op in Levenshtein.opcodes([word.key for word in said], [word.key for word in claimed]):
        if op.tag == "equal":
            continue
        if parts and parts[-1][1] == op.src_start and parts[-1][3] == op.dest_start:
            parts[-1] = (parts[-1][0], op.src_end, parts[-1][2], op.dest_end)
        else:
            parts.append((op.src_start, op.src_end, op.dest_start, op.dest_end))
    return parts


def _characters(found: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    if first < last:
        return found[first].start, found[last - 1].end
    at = found[first].start if first < len(found) else found[-1].end
    return at, at
