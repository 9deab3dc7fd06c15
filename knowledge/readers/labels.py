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

from knowledge.readers.blocks import Block, BlockKind
from knowledge.readers.clock import stamp_at
from knowledge.subject import Subject


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
}
_NEEDED_IN_RECORDINGS = {Layout.FIELD: _Evidence(1, 0), Layout.COLON: _Evidence(3, 4)}
_HEAD = 160
_SENTENCE_END = re.compile(r"[.?!…。？！”\"’')\]—-]$")
_COLON = re.compile(r"[:：](?=\s|$|[\u3400-\u9fff“\"])|：")
_CHANGE = re.compile(r"\s*(?:>{2,3}\s*)?")
_AFTER_STAMP = re.compile(r"\s*(?:[-–—·•|]\s+|[:：]\s*)?")
_DOTTED = re.compile(r"(?P<name>[QA])(?:\.\s*|\s{2,}|\s+(?=[A-Z“\"]))")
_SPEAKER = re.compile(
    r"(?:speaker|spk|unknown(?: speaker)?|interviewer|interviewee|host|guest|moderator|audience(?: member)?|narrator|"
    r"the (?:witness|court|reporter|videographer|interpreter)|questioner|q|a|"
    r"question|answer|问|答|主持人|嘉宾|记者|观众)"
    r"[ _#-]?\d{0,3}[A-Z]?",
    re.IGNORECASE,
)  # fmt: skip
_ANONYMOUS = re.compile(
    r"(?:speaker|spk|unknown(?: speaker)?|guest|interviewee|q|a|question|answer|问|答|嘉宾)"
    r"[ _#-]?\d{0,3}[A-Z]?|(?-i:[A-Z]{1,3})",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w.’'-]*|\(.*?\)|#?\d{1,3}|de|van|von|der|den|da|di|du|la|le|bin|ibn|of|the|and|&)[,]?"
)
_NOT_NAMES = frozenset(
    """note example examples first second third finally yes no so now well okay ok but and also because option step part
    chapter date title url source sources link links time times venue show duration summary description status timestamp
    timestamps content contents topic topics tags update updates warning tip hint e.g i.e ps p.s recap conclusion intro
    introduction outro overview background context abstract references reference figure table section caption credit
    credits copyright language format location author authors by via read more see image photo video audio music
    editor's format type rule fact claim goal problem result results thesis here there this that it he she they we i
    you what why how when where who which if then again remember meaning namely yeah right sure thanks thank exactly
    great wow hmm one two three four five six seven eight nine ten let's let for in on at as to my
    your our their""".split()
)
_CJK_NAME = re.compile(r"[\u3400-\u9fffA-Za-z·・.\s]{2,16}")
_CJK_NOT_NAMES = re.compile(
    r"(?:说|道|问|答道|例如|比如|注意|因此|所以|但是|即|总结|结论|编者按|时间|日期|节目|地点|场合|链接|来源|标题|作者|摘要|关于.*|编译|翻译|译者|作者|来源|责编|编辑|校对|记者手记|原文|全文|正文|导读)$"
)


def read_prefix(block: Block) -> Prefix | None:
    """Return what the first words of a block propose, or None."""
    if block.speaker:
        return Prefix(block.speaker, Layout.FIELD, 0, block.seconds)
    head = block.text[:_HEAD]
    time = read_time(block)
    if time is None:
        return _named(block, head, speaker_change(head), block.seconds)
    return _named(block, head, time.body, time.seconds) or time


def read_time(block: Block) -> Prefix | None:
    """Return the printed time with which a block starts, or None."""
    head = block.text[:_HEAD]
    stamp = stamp_at(head, speaker_change(head))
    if stamp is None:
        return None
    gap = _AFTER_STAMP.match(head, stamp.end)
    return Prefix(None, Layout.STAMP, gap.end() if gap else stamp.end, stamp.seconds)


def speaker_change(text: str) -> int:
    """Return where the words start after white space and the `>>` with which captions mark another speaker."""
    match = _CHANGE.match(text)
    return match.end() if match else 0


def accepted_layouts(prefixes: Sequence[Prefix | None], *, recorded: bool = False) -> frozenset[Layout]:
    """Return the layouts in which two or more names take turns; in captions ("Right") that takes more of them."""
    named = [prefix for prefix in prefixes if prefix and prefix.name]
    found = set()
    for layout, needed in (_NEEDED_IN_RECORDINGS if recorded else _NEEDED).items():
        names = [label_key(prefix.name or "") for prefix in named if prefix.layout is layout]
        counts = Counter(names)
        often = [name for name, count in counts.items() if count >= needed.turns]
        changes = sum(left != right for left, right in pairwise(names))
        alone = layout is Layout.FIELD and len(often) == 1
        enough = changes >= needed.changes and len(names) >= needed.share * len(prefixes)
        if (len(often) >= 2 or alone) and enough:
            found.add(layout)
    return frozenset(found)


def label_key(name: str) -> str:
    """Return what two spellings of one label share: letters and digits, without brackets and case."""
    bare = re.sub(r"[(（\[].*?[)）\]]", " ", name)
    return re.sub(r"[\W_]+", " ", bare).strip().casefold()


def is_anonymous(name: str) -> bool:
    """Whether a label tells speakers apart without naming them: `SPEAKER 4`, `Q`, initials."""
    return _ANONYMOUS.fullmatch(name.strip(" .:")) is not None


def split_inside(block: Block, names: Sequence[str], subject: Subject) -> list[tuple[Block, str | None]]:
    """Return a block cut where known labels stand inside it: after a sentence, or as an aside in brackets.

    An aside (“[Tom Reed: Right.]”) comes with its label; the rest has labels of its own or goes on as before. A full
    name with a colon cuts even in mid-sentence, unless it is the subject's: then an interviewer may be addressing.
    """
    parts: list[tuple[Block, str | None]] = []
    position = 0
    prefix = read_prefix(block)
    start = prefix.body if prefix and prefix.name else 0
    for match in _inside(tuple(names)).finditer(block.text, start) if names else ():
        name = match["aside"] or match["name"]
        after_sentence = _SENTENCE_END.search(block.text[max(match.start() - 3, 0) : match.start()].rstrip())
        certain = match["aside"] or after_sentence or (" " in name and not subject.is_label(name))
        if match.start() <= position or not certain:
            continue
        parts.append((block.cut(position, match.start()), None))
        position = match.end() if match["aside"] else match.start("name")
        if match["aside"]:
            parts.append((block.cut(*match.span("said")), name))
    parts.append((block.cut(position), None))
    return [(part, name) for part, name in parts if part.text.strip()] or [(block, None)]


@lru_cache(maxsize=8)
def _inside(names: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"[\[(（](?P<aside>{known})\s*[:：]\s*(?P<said>[^\[\]()（）]{{1,500}})[\])）]"
        rf"|(?<!\w)(?P<name>{known})\s*[:：](?=\s|$|[\u3400-\u9fff])"
    )


def _named(block: Block, head: str, start: int, seconds: float | None) -> Prefix | None:
    if block.kind is BlockKind.HEADING:
        return _heading(block, head, start, seconds)
    return (
        _dotted(head, start, seconds)
        or _before_colon(head, start, seconds)
        or _before_stamp(head, start)
        or _strong(block, head, start, seconds)
        or _alone(block, head, start, seconds)
    )


def _heading(block: Block, head: str, start: int, seconds: float | None) -> Prefix | None:
    found = _before_stamp(head, start) or _alone(block, head, start, seconds)
    return found and found._replace(layout=Layout.HEADING, body=len(block.text))


def _dotted(head: str, start: int, seconds: float | None) -> Prefix | None:
    match = _DOTTED.match(head, start)
    return Prefix(match["name"], Layout.DOT, match.end(), seconds) if match else None


def _before_colon(head: str, start: int, seconds: float | None) -> Prefix | None:
    colon = _COLON.search(head, start, start + 90)
    while colon and re.search(r"[\[(（]\s*\d[\d:]*$", head[start : colon.start()]):
        colon = _COLON.search(head, colon.end(), start + 90)
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
    if stamp and stamp.bracketed:
        end, seconds = stamp.end, stamp.seconds if seconds is None else seconds
    return Prefix(name, Layout.COLON, end, seconds)


def _before_stamp(head: str, start: int) -> Prefix | None:
    for match in re.finditer(r"\s*(?=[\[(（\d])", head[start : start + 80]):
        position = start + match.end()
        stamp = stamp_at(head, position)
        name = head[start : start + match.start()].strip(" -–—|·•")
        if stamp and (stamp.bracketed or not head[stamp.end :].strip()) and is_name(name):
            end = stamp.end + (1 if head[stamp.end : stamp.end + 1] in (":", "：") else 0)
            return Prefix(name, Layout.STAMP, end, stamp.seconds)
    return None


def _strong(block: Block, head: str, start: int, seconds: float | None) -> Prefix | None:
    if not start < block.strong_until <= _HEAD:
        return None
    name = head[start : block.strong_until].strip(" :：")
    return Prefix(name, Layout.STRONG, block.strong_until, seconds) if is_name(name) else None


def _alone(block: Block, head: str, start: int, seconds: float | None) -> Prefix | None:
    name = head[start:].strip()
    if len(block.text) < _HEAD and len(name.split()) <= 4 and is_name(name) and not re.search(r"[.?!,;…。？！]$", name):
        return Prefix(name, Layout.ALONE, len(block.text), seconds)
    return None


def is_name(text: str) -> bool:
    """Whether a text could be a speaker label: a few capitalised words, a Chinese name, `SPEAKER 4`."""
    text = text.strip()
    if not text or len(text) > 60:
        return False
    if _SPEAKER.fullmatch(text):
        return True
    words = re.sub(r"[(（\[].*?[)）\]]", " ", text).split()
    if not 1 <= len(words) <= 6 or words[0].strip(".,").lower() in _NOT_NAMES:
        return False
    if any("\u3400" <= char <= "\u9fff" for char in text):
        bare = "".join(words)
        return _CJK_NAME.fullmatch(bare) is not None and not _CJK_NOT_NAMES.search(bare)
    return words[0][:1].isupper() and all(_WORD.fullmatch(word) for word in words)
