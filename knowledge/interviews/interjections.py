"""Where somebody else comes in: labels inside a paragraph, asides in brackets, lines that start as labels do.

A name we do not recognise ("Man in the back row: …") is still not the subject's word. So a line that starts in the
manner of the document's labels, but with no name we know, ends what the subject says.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from knowledge.formats.blocks import Block
from knowledge.formats.timed.timestamps import CLOCK
from knowledge.interviews.labels import Layout, read_prefix
from knowledge.metadata.label_names import is_name, is_sound, names_subject, starts_no_name
from knowledge.model.subject import Subject
from knowledge.text.language import is_cjk

_SENTENCE_END = re.compile(r"[.?!…。？！”\"’')\]—-]$")
_BRACKETED = re.compile(r"\s*[\[(（【](?P<inside>[^\])）】]*)[\])）】]\s*")
_COUNTED = re.compile(r"\d{1,4}[.)]\s+")
_OPENS = {
    Layout.COLON: re.compile(
        rf"(?:[^.?!。？！:：]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z]{{2}})\.|[.?!](?=,)){{1,80}}?"
        rf"[.?!]*[\])）]?\s*(?:[\[(（]?{CLOCK}[\])）]?)?[:：](?=\s|$|[\u3400-\u9fff“\"])"
    ),
    Layout.STAMP: re.compile(rf"[^.?!。？！]{{1,80}}?[.?!]?\s*[\[(（]?{CLOCK}[\])）]?[:：]?\s*(?:$|(?<=[\])）:：\s]))"),
    Layout.BRACKETS: re.compile(r"[\[(（<【].{1,80}?[\])）>】]"),
    Layout.ALONE: re.compile(r"\S+(?: \S+){0,6}\s*$"),
    Layout.DASH: re.compile(r"[^\s.?!;:]{1,40}(?:[ \t][^\s.?!;:]{1,40}){0,8}[.?!]?(?:\s*[—–]\s|\s[-|]\s|\t)"),
}
_SOMEBODY = re.compile(
    r"\b(?:audience|host|interviewer|moderator|reporter|narrator|speaker|attendee|member|man|woman)\b|^question|"
    r"提问|观众|主持|记者",
    re.IGNORECASE,
)
_FULL_NAME = re.compile(r"[\[(（<【]\s*[A-Z][\w.’'-]*\s+[A-Z]")
_ENDED = re.compile(r"[.?!,;…。？！]\s*$")
_MAX_LABEL_WORDS = 3
_MAX_NAME_WORDS = 4
_MAX_CJK_LABEL = 8
_CHANGES = re.compile(r"\s*(?:>{2,3}|[-–—](?![-–—])\s*(?=[\w“\"]))")
_ANYONE = r"(?:Audience(?: [Mm]ember)?|AUDIENCE(?: MEMBER)?|Interviewer|INTERVIEWER|Moderator|MODERATOR|Host|HOST|Q)"


def starts_as_label(
    block: Block, start: int, layouts: Collection[Layout], subject: Subject, *, recorded: bool = False
) -> bool:
    """Whether a block without a label we know starts, from character `start` on, as labels of these layouts do."""
    text = block.text[start:].lstrip()
    counted = _COUNTED.match(text)
    text = text[counted.end() :] if counted else text
    if text.startswith("??") or (recorded and _CHANGES.match(block.text, start)):
        return True
    bold = Layout.STRONG in layouts and block.strong_until > start
    if (bold or block.set_off) and not keeps_speaker(block):
        return True
    for layout, pattern in _OPENS.items():
        match = pattern.match(text) if layout in layouts else None
        if match and _could_be_label(layout, match.group(), text[match.end() :], subject):
            return True
    return False


def _could_be_label(layout: Layout, opening: str, rest: str, subject: Subject) -> bool:
    if layout is Layout.BRACKETS:
        return not is_sound(opening) or _FULL_NAME.match(opening) is not None
    if layout is Layout.ALONE:
        if len(opening.split()) <= _MAX_NAME_WORDS:
            return is_name(opening.rstrip(" .?!")) or subject.is_mentioned(opening)
        return subject.is_mentioned(opening) and not _ENDED.search(opening)
    if layout is Layout.DASH:
        few = "," not in opening and len(opening.split()) <= _MAX_NAME_WORDS + 2
        return few or subject.is_mentioned(opening)
    if layout is not Layout.COLON or subject.is_mentioned(opening):
        return True
    if starts_no_name(opening.rstrip(":：")) or rest.lstrip()[:1] in ('"', "“", "「"):
        return False
    words = opening.split()
    capitals = sum(not word[0].islower() for word in words)
    few = len(opening) <= _MAX_CJK_LABEL if is_cjk(opening) else len(words) <= _MAX_LABEL_WORDS
    return few or 2 * capitals >= len(words) or _SOMEBODY.search(opening) is not None


def keeps_speaker(block: Block) -> bool:
    """Whether a line is nobody's words and changes nothing: “(laughs)”, “[Music]”, but not “[Audience]”."""
    match = _BRACKETED.fullmatch(block.text)
    if match is None:
        return False
    return is_sound(match["inside"]) or not (block.set_off or match["inside"][:1].isupper())


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
        name = match["aside"] or match["name"] or ""
        after_sentence = _SENTENCE_END.search(block.text[max(match.start() - 3, 0) : match.start()].rstrip())
        certain = (
            match["aside"]
            or match["anyone"]
            or match["change"]
            or after_sentence
            or (" " in name and not names_subject(name, subject))
        )
        if match.start() <= position or not certain:
            continue
        parts.append((block.cut(position, match.start()), None))
        position = match.end() if match["aside"] else match.start()
        if match["aside"]:
            parts.append((block.cut(*match.span("said")), match["aside"]))
    parts.append((block.cut(position), None))
    return [(part, name) for part, name in parts if part.text.strip()] or [(block, None)]


@lru_cache(maxsize=8)
def _inside(names: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"[\[(（](?P<aside>{known})\s*[:：]\s*(?P<said>[^\[\]()（）]{{1,500}})[\])）]"
        rf"|(?<!\w)(?P<name>{known})\s*[:：](?=\s|$|[\u3400-\u9fff])"
        rf"|(?<=[.?!…\"”’)\]]\s)(?P<anyone>{_ANYONE})\s*:(?=\s)"
        r"|(?P<change>>{2,3})"
    )
