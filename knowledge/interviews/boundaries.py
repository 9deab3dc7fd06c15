"""The law of labelled text: a turn ends at the next thing that could begin somebody else's words.

What follows is nobody's, until the next certain label. It holds for the subject, whose words alone are quoted, and
where the subject's own name may begin inside what another says: then those words are nobody's, not the other's.

    certain label ──▶ words under it ──▶ opening? ──▶ nobody's … ──▶ next certain label
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.document import Document
from knowledge.interviews.interjections import keeps_speaker
from knowledge.interviews.labels import Layout, read_prefix
from knowledge.interviews.lost_words import without_lost_labels
from knowledge.interviews.openings.cast import Cast
from knowledge.interviews.openings.name_shapes import words_in_small
from knowledge.interviews.openings.places import Place
from knowledge.interviews.openings.turn_openings import Openings
from knowledge.interviews.roles import Roles
from knowledge.interviews.utterances import Utterance
from knowledge.model.subject import Subject
from knowledge.model.turns import Role

_FULL_LINE = re.compile(r"^.{32,}[\w,]\s*$", re.DOTALL)
"""A line that went to the margin in mid-sentence: the one below it begins with any word."""
_DECLARED = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]+){1,3})\s*[(（\[](?P<label>[A-ZÀ-Þ]{1,4})[)）\]]"
)
"""Whose initials labels are, as the head of a file says: “Tom Reed (TR)”."""
_HEAD_BLOCKS = 40
_TIME_INSIDE = re.compile(r"(?<=\S )[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?(?= \S)")
_MIN_INSIDE = 5
"""Times inside paragraphs that make a habit."""
_NAMED = frozenset([Layout.COLON, Layout.STAMP, Layout.STRONG, Layout.BRACKETS])


def bounded(document: Document, found: Sequence[Utterance], roles: Roles, subject: Subject) -> list[Utterance]:
    """Return the utterances with everything under a label that may be somebody else's made nobody's.

    Args:
        document: the file in which they stand.
        found: one utterance per block, each telling whether a label of its own opens it.
        roles: whose each label is.
        subject: whose words are quoted.
    """
    small = words_in_small(" ".join(block.text for block in document.blocks))
    openings = Openings(
        Cast(_names(document, found), subject),
        small,
        document.decoded.text,
        recorded=document.recorded,
        times_inside=sum(len(_TIME_INSIDE.findall(block.text)) for one in found for block in one.blocks) >= _MIN_INSIDE,
        timed=not document.recorded and any(one.opens and one.seconds is not None for one in found),
    )
    found = without_lost_labels(found, wrapped=document.wrapped)
    return list(_bounded(found, openings, roles, document))


def _names(document: Document, found: Sequence[Utterance]) -> Iterator[str]:
    """Yield every name that the file writes where labels stand, also in a layout that it uses once."""
    yield from document.facts.interviewers
    for one in found:
        if one.label is not None and one.opens:
            yield one.label
    labels = {one.label for one in found if one.label is not None and one.opens}
    for block in document.blocks[:_HEAD_BLOCKS]:
        yield from (told["name"] for told in _DECLARED.finditer(block.text) if told["label"] in labels)
    for block in document.blocks:
        prefix = read_prefix(block)
        if prefix and prefix.name and prefix.layout in _NAMED and " " in prefix.name:
            yield prefix.name


def _bounded(found: Sequence[Utterance], openings: Openings, roles: Roles, document: Document) -> Iterator[Utterance]:
    wrapped = document.wrapped and not document.recorded
    raw = document.decoded.text if document.reader == "webvtt" else ""
    lost = False
    above = ""
    held: str | None = None
    for one in found:
        goes_on = wrapped and one.blocks[0].follows and _FULL_LINE.search(above) is not None
        above = one.blocks[-1].text
        if one.label is None:
            landmark = _is_landmark(one)
            lost = lost or not landmark
            held = held if landmark or _is_under_tag(one, raw) else None
            yield one
            continue
        opens = one.opens and not _is_repeated(one, held)
        held = one.label
        if opens:
            lost = False
        if lost:
            yield replace(one, label=None)
            continue
        find = openings.first if roles[one.label] is Role.SUBJECT else openings.first_own
        for number, block in enumerate(one.blocks):
            place = Place.LABELLED if opens and not number else Place.SENTENCE if goes_on else Place.LINE
            opening = find(block, 0, place)
            if opening is None:
                continue
            yield from _cut(one, number, opening.start)
            lost = True
            break
        else:
            yield one


def _is_under_tag(one: Utterance, raw: str) -> bool:
    """Whether a line that is nobody's stands in a caption under a voice tag, which tells of nobody else."""
    start = one.blocks[0].pieces[0].start if one.blocks[0].pieces else 0
    return "<v" in raw[max(raw.rfind("-->", 0, start), 0) : start]


def _is_repeated(one: Utterance, held: str | None) -> bool:
    """Whether a voice tag or a field only says again who spoke before: a machine says so at every cue of a turn."""
    return one.blocks[0].speaker is not None and one.label == held


def _is_landmark(one: Utterance) -> bool:
    """Whether what nobody says leaves the turn around it whole: a heading, a rule, a sound, white space."""
    return all(
        block.kind in (BlockKind.HEADING, BlockKind.RULE) or keeps_speaker(block) or not block.text.strip()
        for block in one.blocks
    )


def _cut(one: Utterance, number: int, start: int) -> Iterator[Utterance]:
    """Yield an utterance up to a character of one of its blocks, and the rest without its label."""
    block: Block = one.blocks[number]
    kept = (*one.blocks[:number], *([block.cut(0, start)] if block.text[:start].strip() else []))
    rest = (block.cut(start), *one.blocks[number + 1 :])
    if kept:
        yield replace(one, blocks=kept)
    yield replace(one, label=None, blocks=rest, opens=False)
