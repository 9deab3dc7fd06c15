"""Speaker labels in the layouts people use: what a line's first words say about who speaks, and whether to believe it.

A single line proves nothing ("Note: …" looks like "Name: …"), so lines only propose; a layout counts when two
names take turns in it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.timed.timestamps import stamp_at
from knowledge.metadata.label_names import is_name, is_role, is_sound, label_key


class Layout(StrEnum):
    """How a label is marked off from the words."""

    FIELD = "field"
    """Outside the text: a voice tag, a JSON key."""
    COLON = "colon"
    """`Name: text`, `**Name:** text`, `Name (00:01):`, `[00:01] Name: text`."""
    STAMP = "stamp"
    """`Name (00:01) text`, `Name 00:01` above the text."""
    STRONG = "strong"
    """`**Name** text`, `**Name**` above the text."""
    HEADING = "heading"
    """`### Name` above the text."""
    ALONE = "alone"
    """`Name` above the text."""
    DOT = "dot"
    """`Q. text`, as in depositions."""
    DASH = "dash"
    """`Name — text`, `Name | text`, `Name<tab>text`."""
    BRACKETS = "brackets"
    """`[Name] text`, `(Name) text`, `[Name 00:01] text`."""


class Prefix(NamedTuple):
    """What the start of a line proposes: a name (None: only a time), and where the words start."""

    name: str | None
    layout: Layout
    body: int
    seconds: float | None = None


class _Evidence(NamedTuple):
    """What it takes to believe in a layout: turns of each of two names, changes between names, share of the blocks."""

    turns: int
    changes: int
    share: float = 0.0


_NEEDED = {
    Layout.FIELD: _Evidence(1, 0),
    Layout.COLON: _Evidence(2, 2),
    Layout.STAMP: _Evidence(2, 2),
    Layout.STRONG: _Evidence(3, 4),
    Layout.HEADING: _Evidence(3, 4, 0.2),
    Layout.ALONE: _Evidence(3, 4, 0.2),
    Layout.DOT: _Evidence(3, 4),
    Layout.DASH: _Evidence(3, 4, 0.2),
    Layout.BRACKETS: _Evidence(3, 4, 0.2),
}
_NEEDED_IN_RECORDINGS = {
    Layout.FIELD: _Evidence(1, 0),
    Layout.COLON: _Evidence(3, 4),
    Layout.BRACKETS: _Evidence(3, 4),
}
_MIN_STAMPED = 3
_MIN_FEW = 3
_MAX_ABOVE = 6
_HEAD = 160
_COLON = re.compile(r"[:：](?=\s|$|[\u3400-\u9fff“\"])|：")
_CHANGE = re.compile(r"\s*(?:>{2,3}\s*)?")
_COUNTED = re.compile(r"\s*(?:[-–—•*]|\d{1,4}[.)])\s+(?=\S)")
_AFTER_STAMP = re.compile(r"\s*(?:[-–—·•|]\s+|[:：]\s*)?")
_DASH = re.compile(r"\s*[—–]\s+|\s+[-|]\s+|\t+")
_BRACKETS = re.compile(r"[\[(（<【](?P<name>[^\[\]()（）<>【】]{1,80})[\])）>】][ \t:：]*(?=\S|$)")
_DOTTED = re.compile(r"(?P<name>[QA])(?:\.\s*|\s{2,}|\s+(?=[A-Z“\"]))")


def read_prefix(block: Block) -> Prefix | None:
    """Return what the first words of a block propose, or None."""
    if block.speaker:
        return Prefix(block.speaker, Layout.FIELD, 0, block.seconds)
    kind = BlockKind.HEADING if block.kind is BlockKind.HEADING else BlockKind.PARAGRAPH
    return _prefix(_Head(block.text[:_HEAD], len(block.text), kind, block.strong_until), block.seconds)


class _Head(NamedTuple):
    """All of a block that a label can depend on: its first characters, its length, its kind, its bold start."""

    text: str
    length: int
    kind: BlockKind
    strong_until: int


@lru_cache(maxsize=1 << 16)
def _prefix(block: _Head, seconds: float | None) -> Prefix | None:
    head = block.text
    time = _time(head)
    start, seconds = (speaker_change(head), seconds) if time is None else (time.body, time.seconds)
    named = _named(block, head, start, seconds)
    counted = None if named else _COUNTED.match(head, start)
    return named or (_named(block, head, counted.end(), seconds) if counted else None) or time


def read_time(block: Block) -> Prefix | None:
    """Return the printed time with which a block starts, or None."""
    return _time(block.text[:_HEAD])


@lru_cache(maxsize=1 << 16)
def _time(head: str) -> Prefix | None:
    stamp = stamp_at(head, speaker_change(head))
    if stamp is None:
        return None
    gap = _AFTER_STAMP.match(head, stamp.end)
    return Prefix(None, Layout.STAMP, gap.end() if gap else stamp.end, stamp.seconds)


def speaker_change(text: str) -> int:
    """Return where the words start after white space and the `>>` with which captions mark another speaker."""
    match = _CHANGE.match(text)
    return match.end() if match else 0


def accepted_layouts(
    prefixes: Sequence[Prefix | None], *, recorded: bool = False, testimony: bool = False
) -> frozenset[Layout]:
    """Return the layouts in which two or more names take turns; in captions ("Right") that takes more of them.

    In testimony the labels are those of every court, and one of each is enough; so it is in a short interview that
    consists of two people's turns.
    """
    named = [prefix for prefix in prefixes if prefix and prefix.name]
    found = {Layout.COLON, Layout.DOT} & {prefix.layout for prefix in named} if testimony else set()
    for layout, needed in (_NEEDED_IN_RECORDINGS if recorded else _NEEDED).items():
        names = [label_key(prefix.name or "") for prefix in named if prefix.layout is layout]
        counts = Counter(names)
        often = [name for name, count in counts.items() if count >= needed.turns]
        changes = sum(left != right for left, right in pairwise(names))
        enough = changes >= needed.changes and len(names) >= needed.share * len(prefixes)
        alone = layout is Layout.FIELD and len(often) == 1 and all(prefix.seconds is not None for prefix in named)
        if ((len(often) >= 2 or alone) and enough) or (layout is Layout.STAMP and _is_stamped_talk(named)):
            found.add(layout)
    return frozenset(found) or (frozenset() if recorded else _few_turns(prefixes))


def _few_turns(prefixes: Sequence[Prefix | None]) -> frozenset[Layout]:
    """Return the layout of a short interview: near its top two people of whole names begin to speak in turn."""
    for layout in (Layout.COLON, Layout.STAMP, Layout.STRONG):
        places = [n for n, prefix in enumerate(prefixes) if prefix and prefix.name and prefix.layout is layout]
        names = [prefix.name for n in places if (prefix := prefixes[n]) and prefix.name]
        keys = [label_key(name) for name in names]
        in_turn = len(set(keys)) == 2 and all(left != right for left, right in pairwise(keys))
        if len(keys) >= _MIN_FEW and in_turn and places[0] <= _MAX_ABOVE and all(map(_is_whole, names)):
            return frozenset([layout])
    return frozenset()


def _is_whole(name: str) -> bool:
    return len(re.findall(r"\w+", name)) > 1 or not name.isascii() or is_role(name)


def _is_stamped_talk(named: Sequence[Prefix]) -> bool:
    """Whether one name alone stands over every stretch of a talk, each with its time, and the times rise."""
    times = [prefix.seconds for prefix in named if prefix.seconds is not None]
    one_name = len({label_key(prefix.name or "") for prefix in named}) == 1
    return one_name and len(named) == len(times) >= _MIN_STAMPED and times == sorted(set(times))


def _named(block: _Head, head: str, start: int, seconds: float | None) -> Prefix | None:
    if block.kind is BlockKind.HEADING:
        return _heading(block, head, start, seconds)
    return (
        _dotted(head, start, seconds)
        or _before_colon(head, start, seconds)
        or _before_stamp(head, start)
        or _bracketed(head, start, seconds)
        or _strong(block, head, start, seconds)
        or _before_dash(head, start, seconds)
        or _alone(block, head, start, seconds)
    )


def _heading(block: _Head, head: str, start: int, seconds: float | None) -> Prefix | None:
    found = _before_stamp(head, start) or _alone(block, head, start, seconds)
    return found and found._replace(layout=Layout.HEADING, body=block.length)


def _dotted(head: str, start: int, seconds: float | None) -> Prefix | None:
    match = _DOTTED.match(head, start)
    return Prefix(match["name"], Layout.DOT, match.end(), seconds) if match else None


def _before_colon(head: str, start: int, seconds: float | None) -> Prefix | None:
    colon = _COLON.search(head, start, start + 120)
    while colon and re.search(r"[\[(（]\s*\d[\d:]*$", head[start : colon.start()]):
        colon = _COLON.search(head, colon.end(), start + 120)
    if not colon:
        return None
    name = head[start : colon.start()].strip()
    if name.startswith("[") and name.endswith("]"):
        name = name[1:-1].strip()
    for position in range(len(name)):
        stamp = stamp_at(name, position) if name[position] in "[(（0123456789" else None
        if stamp and not name[stamp.end :].strip():
            name, seconds = name[:position].strip(), stamp.seconds
            break
    if not is_name(name):
        return None
    end = colon.end()
    stamp = stamp_at(head, end + len(head[end:]) - len(head[end:].lstrip()))
    if stamp and (stamp.bracketed or not head[stamp.end :].strip()):
        end, seconds = stamp.end, stamp.seconds if seconds is None else seconds
    return Prefix(name, Layout.COLON, end, seconds)


def _before_stamp(head: str, start: int) -> Prefix | None:
    for match in re.finditer(r"\s*(?=[\[(（\d])", head[start : start + 140]):
        position = start + match.end()
        stamp = stamp_at(head, position)
        name = head[start : start + match.start()].strip(" -–—|·•")
        if stamp and (stamp.bracketed or not head[stamp.end :].strip()) and is_name(name):
            end = stamp.end + (1 if head[stamp.end : stamp.end + 1] in (":", "：") else 0)
            return Prefix(name, Layout.STAMP, end, stamp.seconds)
    return None


def _strong(block: _Head, head: str, start: int, seconds: float | None) -> Prefix | None:
    if not start < block.strong_until <= _HEAD:
        return None
    name = head[start : block.strong_until].strip(" :：")
    dash = _DASH.match(head, block.strong_until)
    return Prefix(name, Layout.STRONG, dash.end() if dash else block.strong_until, seconds) if is_name(name) else None


def _bracketed(head: str, start: int, seconds: float | None) -> Prefix | None:
    match = _BRACKETS.match(head, start)
    if not match:
        return None
    name = match["name"].strip()
    clock = re.search(r"[\d:.,]+$", name)
    stamp = stamp_at(name, clock.start()) if clock else None
    if clock and stamp:
        name, seconds = name[: clock.start()].strip(), stamp.seconds
    end = match.end()
    behind = stamp_at(head, end)  # Zoom’s saved captions: `[Name] 14:02:03` above the words
    if behind and not head[behind.end :].strip():
        end, seconds = behind.end, behind.seconds
    return Prefix(name, Layout.BRACKETS, end, seconds) if is_name(name) and not is_sound(name) else None


def _before_dash(head: str, start: int, seconds: float | None) -> Prefix | None:
    dash = _DASH.search(head, start, start + 80)
    name = head[start : dash.start()].strip() if dash else ""
    return Prefix(name, Layout.DASH, dash.end(), seconds) if dash and is_name(name) else None


def _alone(block: _Head, head: str, start: int, seconds: float | None) -> Prefix | None:
    name = head[start:].strip().rstrip(" :：")
    bare = re.sub(r"[(（\[].*?[)）\]]", " ", name)
    if block.length < _HEAD and len(bare.split()) <= 4 and is_name(name) and not re.search(r"[.?!,;…。？！]$", name):
        return Prefix(name, Layout.ALONE, block.length, seconds)
    return None
