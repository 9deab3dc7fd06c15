"""Chapters: headings inside a labelled turn that only divide it, so that the one who spoke goes on below them.

Under a heading a page may also print its own words: a summary, an analysis, questions from the floor. So a heading is a
chapter's only where what stands below it, up to the next label, talks as people do and speaks of nobody in the file.
"""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from knowledge.formats.blocks import Block, BlockKind
from knowledge.interviews.openings.name_shapes import words_in_small, words_of
from knowledge.metadata.transcript_signs import share_of_talk
from knowledge.model.source import count_words
from knowledge.model.subject import Subject
from knowledge.model.word_rules import RuleFile

HEADINGS = RuleFile(Path(__file__).with_suffix(".yaml"))

_WORD = re.compile(r"[a-z']+")
_LETTERS = re.compile(r"[^\W\d_]+")
_MAX_NAME_WORDS = 4
_MIN_SHARE = 0.085
"""Of all words those of talk, as an unlabelled text in paragraphs needs to count as speech."""
_MIN_WORDS = 20
_MAX_QUESTION = 60


def chapter_headings(blocks: Sequence[Block], labelled: Collection[int], subject: Subject) -> frozenset[int]:
    """Return the numbers of the headings below which the speaker before them goes on.

    Args:
        blocks: the blocks of a labelled document.
        labelled: the numbers of those that bear a label.
        subject: whose name never stands in words of the subject's own.
    """
    last = max(labelled, default=-1)
    if not any(block.kind is BlockKind.HEADING for block in blocks[: last + 1]):
        return frozenset()
    no_names = words_in_small(" ".join(block.text for block in blocks)) | words_of("plain")
    return frozenset(
        number
        for number, block in enumerate(blocks[: last + 1])
        if block.kind is BlockKind.HEADING
        and number not in labelled
        and not HEADINGS.found("others_speak", block.text)
        and not subject.is_mentioned(block.text)
        and not _may_name(block.text, no_names)
        and _talks(_below(blocks, number, labelled), subject)
    )


def _may_name(text: str, no_names: frozenset[str]) -> bool:
    """Whether a heading is as short as a name, of words that the text has nowhere in small letters: “Juthica Rao!”."""
    words = _LETTERS.findall(text)
    return 0 < len(words) <= _MAX_NAME_WORDS and not any(word.casefold() in no_names for word in words)


def _below(blocks: Sequence[Block], number: int, labelled: Collection[int]) -> list[Block]:
    """Return the blocks between a heading and the next label or heading."""
    found = []
    for place in range(number + 1, len(blocks)):
        if place in labelled or blocks[place].kind is BlockKind.HEADING:
            break
        found.append(blocks[place])
    return found


def _talks(below: Sequence[Block], subject: Subject) -> bool:
    text = " ".join(block.text for block in below)
    if any(block.kind is not BlockKind.PARAGRAPH for block in below) or subject.is_mentioned(text):
        return False
    if below and below[-1].text.rstrip().endswith(("?", "？")) and count_words(below[-1].text) <= _MAX_QUESTION:
        return False
    words = _WORD.findall(text.lower())
    return len(words) >= _MIN_WORDS and share_of_talk(words) >= _MIN_SHARE
