"""Recordings written down without saying who speaks: one unknown speaker, quotable only after review or a map."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.document import Document, Given, finished, take_background
from knowledge.formats.draft import Draft
from knowledge.formats.timed.timestamps import stamp_at
from knowledge.interviews.labels import read_time, speaker_change
from knowledge.metadata.transcript_signs import share_of_talk, signs_of_rewriting, slow_speech
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import Source, count_words
from knowledge.model.subject import Subject
from knowledge.model.turns import Role
from knowledge.text.language import is_cjk, language_of

UNKNOWN_SPEAKERS = (
    "It does not say who speaks: nothing is quotable until its speakers are reviewed or a speaker map fits."
)
"""The note on a recording until a map or a person says who speaks."""
_WORD = re.compile(r"[a-z']+")
_MIN_WORDS = 150
_MIN_SHARE = 0.06
_MIN_SHARE_IN_PARAGRAPHS = 0.085
_MIN_POURED_WORDS = 450
_MIN_FOREIGN = 0.3
_MIN_STAMPED = 0.5
_MOSTLY = 0.8
_BESIDE = frozenset([BlockKind.HEADING, BlockKind.QUOTE, BlockKind.NOTE, BlockKind.RULE])
_MARKER = re.compile(r"\W*(?:content|transcript|full transcript|captions|subtitles|字幕|文字稿|全文)\W*", re.IGNORECASE)


def is_speech(document: Document, subject: Subject) -> bool:
    """Whether a document can be shown to be a record of speech."""
    if document.recorded:
        return True
    return bool(_spoken_run(document)) and not signs_of_rewriting(document.facts, document.blocks)


def read_speech(document: Document, given: Given) -> Source:
    """Return a recording as turns of an unknown speaker; a summary or heading beside it is background."""
    if document.recorded:
        start, end = 0, len(document.blocks)
    else:
        start, end = _spoken_run(document) or (0, 0)
    spoken, rendered = _by_language(_timed(_as_paragraphs(document.blocks)[start:end]), given.subject)
    how = document.how or (None if _punctuated(spoken) else TranscriptKind.ASR)
    notes = [UNKNOWN_SPEAKERS]
    if end - start < len(document.blocks):
        notes.append("The text around the transcript (titles, summary, diagrams) is background.")
    if rendered:
        notes.append("Each caption stands in two languages: the lines in the other script are a translation.")
    noted = replace(document, how=how).noting(*notes)
    draft = noted.draft(Provenance.TRANSCRIPT)
    draft.language = language_of(_words(spoken), document.facts.language)
    take_background(draft, noted, document.blocks[:start])
    _take_spoken(draft, noted, spoken)
    for block in rendered:
        draft.take_pieces(block.pieces, join=noted.joint(block))
    draft.close_turn(role=Role.UNKNOWN, provenance=Provenance.TRANSLATION, language=language_of(_words(rendered)))
    take_background(draft, noted, document.blocks[end:])
    reader = document.reader if document.recorded else "unlabelled"
    return finished(draft, noted, given, reader=reader)


def _by_language(blocks: list[Block], subject: Subject) -> tuple[list[Block], list[Block]]:
    """Part bilingual captions into the lines in the script of the subject's name and the others."""
    native = is_cjk(subject.name)
    foreign = [is_cjk(block.text) != native for block in blocks]
    if not _MIN_FOREIGN * len(blocks) < sum(foreign) < (1 - _MIN_FOREIGN) * len(blocks):
        return blocks, []
    spoken = [block for block, is_foreign in zip(blocks, foreign, strict=True) if not is_foreign]
    return spoken, [block for block, is_foreign in zip(blocks, foreign, strict=True) if is_foreign]


def _take_spoken(draft: Draft, document: Document, spoken: Sequence[Block]) -> None:
    """Append the recording; a `>>` or a heading starts another turn, though it does not say whose."""
    first: float | None = None
    for block in spoken:
        if _is_landmark(block):
            draft.close_turn(role=Role.UNKNOWN, said_at=first)
            first = None
            take_background(draft, document, [block])
            continue
        start = speaker_change(block.text) if document.recorded else 0
        if block.text[:start].strip():
            draft.close_turn(role=Role.UNKNOWN, said_at=first)
            first = None
        first = block.seconds if first is None else first
        draft.take_pieces(block.cut(start).pieces, join=document.joint(block), seconds=block.seconds)
    if document.ends_at is not None:
        draft.mark_end(document.ends_at)
    draft.close_turn(role=Role.UNKNOWN, said_at=first)


def _spoken_run(document: Document) -> tuple[int, int] | None:
    """Return the longest run of blocks that is a record of speech, by its times or by how it talks.

    Headings and notes inside a record of speech are landmarks: the stretches around one belong to the same record.
    """
    blocks = _as_paragraphs(document.blocks)
    best: tuple[int, int] | None = None
    most = _MIN_WORDS - 1
    for start, end in _runs(blocks):
        words = sum(count_words(block.text) for block in blocks[start:end] if not _is_landmark(block))
        if words > most and _is_record(document, blocks[start:end], words):
            best, most = (start, end), words
    return best


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the runs of stretches between headings that talk alike, and each stretch by itself."""
    stretches = _stretches(blocks)
    yield from stretches
    for first in range(len(stretches)):
        last = first
        while last + 1 < len(stretches) and _continues(blocks, stretches[last], stretches[last + 1]):
            last += 1
            yield stretches[first][0], stretches[last][1]


def _stretches(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the stretches of plain paragraphs between headings, lists and rules."""
    found, start = [], 0
    for number, block in enumerate([*blocks, Block(BlockKind.RULE, ())]):
        if block.kind is not BlockKind.PARAGRAPH or _MARKER.fullmatch(block.text):
            if start < number:
                found.append((start, number))
            start = number + 1
    return found


def _continues(blocks: Sequence[Block], before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether only headings and notes part two stretches, and the second talks at least half as much as speech does."""
    between = blocks[before[1] : after[0]]
    return all(_is_landmark(block) for block in between) and _talk_share(blocks[slice(*after)]) >= _MIN_SHARE / 2


def _is_landmark(block: Block) -> bool:
    """Whether a block is a heading, or a note set apart among the paragraphs, which nobody said."""
    return block.kind in _BESIDE and not _MARKER.fullmatch(block.text)


def _as_paragraphs(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks, the items of a list as paragraphs where nearly all of the text is one list."""
    words = Counter[BlockKind]()
    for block in blocks:
        words[block.kind] += count_words(block.text)
    if words[BlockKind.ITEM] < _MOSTLY * words.total():
        return blocks
    return [replace(block, kind=BlockKind.PARAGRAPH) if block.kind is BlockKind.ITEM else block for block in blocks]


def _is_record(document: Document, blocks: Sequence[Block], words: int) -> bool:
    spoken = [block for block in blocks if not _is_landmark(block)]
    return _stamped(document, spoken, words) or _talks(document, spoken, words)


def _stamped(document: Document, blocks: Sequence[Block], words: int) -> bool:
    stamps = [stamp for block in blocks if (stamp := stamp_at(block.text.lstrip()))]
    if len(stamps) < max(5, _MIN_STAMPED * len(blocks) / 2):
        return False
    span = max(stamp.until or stamp.seconds for stamp in stamps) - min(stamp.seconds for stamp in stamps)
    return slow_speech(words, document.facts.seconds or span) is None


def _talks(document: Document, blocks: Sequence[Block], words: int) -> bool:
    """Whether text talks as people do: text without paragraphs easily, an article has to talk much and long."""
    share = _talk_share(blocks)
    poured = document.wrapped or any(count_words(block.text) > _MIN_POURED_WORDS for block in blocks)
    enough = share >= _MIN_SHARE if poured else share >= _MIN_SHARE_IN_PARAGRAPHS and words >= _MIN_POURED_WORDS
    return enough and slow_speech(words, document.facts.seconds) is None


def _talk_share(blocks: Sequence[Block]) -> float:
    """Return the share of words that people say and hardly write."""
    spoken = _WORD.findall(_words(blocks).lower())
    return share_of_talk(spoken)


def _timed(blocks: Sequence[Block]) -> list[Block]:
    """Take the printed times off the words, and keep them as times."""
    timed: list[Block] = []
    waiting: float | None = None
    for block in blocks:
        time = None if _is_landmark(block) else read_time(block)
        if time is None:
            timed.append(replace(block, seconds=block.seconds if waiting is None else waiting))
            waiting = None
            continue
        body = block.cut(time.body)
        waiting = None if body.text.strip() else time.seconds
        if waiting is None:
            timed.append(replace(body, seconds=time.seconds, follows=True))
    return timed


def _words(blocks: Sequence[Block]) -> str:
    return " ".join(block.text for block in blocks)


def _punctuated(blocks: Sequence[Block]) -> bool:
    text = _words(blocks)
    return sum(text.count(mark) for mark in ".?!。？！") * 60 >= count_words(text)
