"""From labelled blocks to utterances: what each label says, in order, and the background between.

The rules lean one way: when it is unsure whether an unlabelled paragraph still belongs to the subject, it does not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.document import Document
from knowledge.interviews.chapters import chapter_headings
from knowledge.interviews.depositions import is_deposition
from knowledge.interviews.interjections import keeps_speaker, split_inside, starts_as_label
from knowledge.interviews.labels import Layout, Prefix, accepted_layouts, read_prefix, read_time
from knowledge.metadata.label_names import names_subject
from knowledge.model.subject import Subject

_ENDED = re.compile(r"[.?!…。？！:：;；,，—–-][\"”’')\]】）*_]*\s*$|[\"”’)\]】）]\s*$")
_BRACKETED = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\)|【[^】]*】|（[^）]*）)\s*")
_OUTRO = re.compile(
    r"(?:this (?:article|post|entry|story|piece|interview|transcript|episode|content) (?:is|was|has|first|originally)|"
    r"(?:translated|transcri(?:bed|pt(?:ion)?)|edited|compiled|produced|written|posted|published|reprinted) "
    r"(?:by|from|on|in)\b|related (?:reading|articles?|posts?|links?)|read (?:more|next|also)|further reading|"
    r"share this|subscribe|sign up|follow us|leave a (?:comment|reply)|about the (?:author|host|guest)|copyright|©|"
    r"all rights|references|footnotes|notes|sources?:|tags?:|editor|本文|原文|来源|编译|翻译|译者|作者|参考|相关阅读|"
    r"推荐阅读|责任编辑|编者|版权|转载|关注|声明|欢迎)",
    re.IGNORECASE,
)
_MAX_HEADING_WORDS = 15
_MAX_HEADING_CHARACTERS = 120
_MIN_LONG_TURNS = 2
_MIN_TIMES = 2


@dataclass(frozen=True)
class Utterance:
    """Blocks under one label; `label` is None for background. `seconds` is when it starts.

    `opens` says that the label stands directly before these blocks, not only before others above them.
    """

    label: str | None
    blocks: tuple[Block, ...]
    seconds: float | None = None
    opens: bool = False

    @cached_property
    def text(self) -> str:
        """Return its words, blocks joined by spaces."""
        return " ".join(block.text for block in self.blocks)

    @property
    def has_words(self) -> bool:
        """Whether anything is said in it."""
        return any(char.isalnum() for char in self.text)


def utterances(document: Document, subject: Subject) -> list[Utterance]:
    """Return what each label of a document says, one utterance per block or part of a block."""
    prefixes = [read_prefix(block) for block in document.blocks]
    reading = _Reading(document, subject, layouts_of(document, prefixes), prefixes)
    return list(reading.all())


def layouts_of(document: Document, prefixes: Sequence[Prefix | None] | None = None) -> frozenset[Layout]:
    """Return the layouts of labels that a document is believed to use."""
    prefixes = [read_prefix(block) for block in document.blocks] if prefixes is None else prefixes
    return accepted_layouts(prefixes, recorded=document.recorded, testimony=is_deposition(document))


class _Reading:
    """One pass over a document's blocks: who spoke last, and whether an unlabelled block goes on with it."""

    def __init__(
        self, document: Document, subject: Subject, layouts: frozenset[Layout], prefixes: Sequence[Prefix | None]
    ) -> None:
        self._document = document
        self._subject = subject
        self._layouts = layouts
        labelled = [number for number, prefix in enumerate(prefixes) if self._is_label(prefix)]
        self._last = labelled[-1] if labelled else -1
        chapters = chapter_headings(document.blocks, frozenset(labelled), subject)
        self._chapters = frozenset() if Layout.HEADING in layouts else chapters
        self._names = sorted({prefix.name for prefix in prefixes if prefix and prefix.name and self._is_label(prefix)})
        self._timed = self._has_times(prefixes)
        self._current: str | None = None
        self._before: str | None = None
        self._waiting: Prefix | None = None  # a label that stands above its words
        self._long_turns = 0  # turns of the subject that went on for more than a paragraph
        self._went_on = False
        self._last_text = ""
        self._frame: Block | None = None
        self._fresh = False  # under a label that has no words yet

    def all(self) -> Iterator[Utterance]:
        """Yield the utterances in the order of the document."""
        inside = self._names if Layout.COLON in self._layouts else []
        for number, whole in enumerate(self._document.blocks):
            if number in self._chapters and self._waiting is None:
                yield Utterance(None, (whole,))
                continue
            for block, label in split_inside(whole, inside, self._subject):
                if label is not None:
                    yield Utterance(label, (block,), block.seconds, opens=True)
                else:
                    yield self._opened(self._one(block, tail=number > self._last))
                    self._last_text = block.text

    def _opened(self, one: Utterance) -> Utterance:
        """Return an utterance that knows whether it is the first with words under its label."""
        before, self._frame = self._frame, one.blocks[-1]
        opens = self._fresh and one.label is not None and not (before and _in_one_frame(before, one.blocks[0]))
        self._fresh = opens and not one.has_words
        return replace(one, opens=opens)

    def _one(self, block: Block, *, tail: bool) -> Utterance:
        prefix = read_prefix(block)
        waiting, self._waiting = self._waiting, None
        if prefix and self._is_label(prefix):
            return self._labelled(block, prefix, waiting)
        if waiting and block.kind is BlockKind.RULE:
            self._waiting = waiting  # a heading underlined
            return Utterance(None, (block,))
        time = read_time(block)
        if waiting and waiting.name and block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
            return self._below(block, waiting, time)
        if self._is_strangers(block, time, waiting):
            self._current = self._before = None
            return Utterance(None, (block,))
        if waiting and block.kind is BlockKind.PARAGRAPH:
            return self._below(block, waiting, time)
        if time and self._timed and block.kind is BlockKind.PARAGRAPH and (self._before or not _rest(block, time)):
            self._current = self._before  # a time alone: the same person goes on
            return self._after_prefix(block, time)
        if self._current and self._goes_on(block, tail=tail):
            return Utterance(self._current, (block,), block.seconds)
        if not keeps_speaker(block) or block.kind is not BlockKind.PARAGRAPH:
            self._current = None
            if Layout.ALONE in self._layouts and _is_short(block.text):
                self._before = None  # a time below it is not the same person's
        return Utterance(None, (block,))

    def _has_times(self, prefixes: Sequence[Prefix | None]) -> bool:
        """Whether labels come with times: in their line, or in a line of its own above or below."""
        if any(prefix.seconds is not None for prefix in prefixes if prefix and self._is_label(prefix)):
            return True
        beside = sum(
            self._is_label(label) and time is not None and time.name is None
            for one, two in pairwise(prefixes)
            for label, time in ((one, two), (two, one))
        )
        return beside >= _MIN_TIMES

    def _is_strangers(self, block: Block, time: Prefix | None, waiting: Prefix | None) -> bool:
        """Whether a block may be somebody's whose name we do not recognise, where else it would be the subject's."""
        if not names_subject(self._current or self._before or "", self._subject):
            return False
        only_time = time is not None and not _rest(block, time)
        if block.apart and waiting is None and not only_time:
            return True
        if Layout.FIELD in self._layouts and block.speaker is None:
            return True
        if waiting and Layout.ALONE in self._layouts and _is_short(block.text):
            return True  # under a time, where names stand
        start = time.body if time else 0
        recorded = self._document.recorded
        return starts_as_label(block, start, self._layouts, self._subject, recorded=recorded)

    def _below(self, block: Block, waiting: Prefix, time: Prefix | None) -> Utterance:
        """Return the words under a label or a time that stands above them."""
        times = (block.seconds, waiting.seconds, time.seconds if time else None)
        seconds = next((found for found in times if found is not None), None)
        if time and not _rest(block, time):
            self._waiting = waiting._replace(seconds=seconds)  # the words stand below the time
        return Utterance(self._current, (block.cut(time.body if time else 0),), seconds)

    def _labelled(self, block: Block, prefix: Prefix, waiting: Prefix | None) -> Utterance:
        if prefix.seconds is None and waiting and waiting.name is None:
            prefix = prefix._replace(seconds=waiting.seconds)
        self._current = self._before = self._with_second(block, prefix)
        self._went_on = False
        self._fresh = True
        return self._after_prefix(block, prefix)

    def _with_second(self, block: Block, prefix: Prefix) -> str | None:
        """Return a label; where another speaker's follows it in the same line (“Mira Vane — Tom Reed — …”), both."""
        second = read_prefix(block.cut(prefix.body)) if prefix.layout is Layout.DASH else None
        both = second is not None and second.layout is Layout.DASH and second.name in self._names
        return f"{prefix.name} — {second.name}" if second and both else prefix.name

    def _after_prefix(self, block: Block, prefix: Prefix) -> Utterance:
        body = block.cut(prefix.body)
        self._waiting = None if body.text.strip() else prefix
        return Utterance(self._current, (body,), prefix.seconds)

    def _goes_on(self, block: Block, *, tail: bool) -> bool:
        """Whether an unlabelled block goes on with the current speaker's words; strictest with the subject's."""
        text = block.text.strip()
        is_subject = names_subject(self._current or "", self._subject)
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE) or _BRACKETED.fullmatch(text):
            return False
        if (tail or is_subject) and (_OUTRO.match(text) or block.kind is not BlockKind.PARAGRAPH):
            return False
        broken_off = block.follows and self._document.wrapped and not _ENDED.search(self._last_text)
        if is_subject and not broken_off and not self._could_be_subject(text, tail=tail):
            return False
        if self._is_heading(block, text):
            return False
        self._long_turns += is_subject and not self._went_on
        self._went_on = True
        return True

    def _could_be_subject(self, text: str, *, tail: bool) -> bool:
        """A person rarely names himself in full; after the last label he goes on only if he did so before."""
        names = [self._subject.name, *(name for name in self._names if " " in name and tail)]
        if any(name in text for name in names):
            return False
        return not tail or self._document.recorded or self._went_on or self._long_turns >= _MIN_LONG_TURNS

    def _is_heading(self, block: Block, text: str) -> bool:
        if block.kind is not BlockKind.PARAGRAPH or (block.follows and self._document.wrapped):
            return False
        return _is_short(text)

    def _is_label(self, prefix: Prefix | None) -> bool:
        return prefix is not None and prefix.name is not None and prefix.layout in self._layouts


def _in_one_frame(before: Block, block: Block) -> bool:
    """Whether two blocks stand under one voice tag of one caption: only the first stands behind it."""
    same = block.speaker is not None and before.speaker == block.speaker
    return same and block.seconds is not None and before.seconds == block.seconds


def _is_short(text: str) -> bool:
    """Whether a line is as short as a heading or a name, and ends no sentence."""
    short = len(text.split()) <= _MAX_HEADING_WORDS and len(text) < _MAX_HEADING_CHARACTERS
    return short and not _ENDED.search(text)


def _rest(block: Block, prefix: Prefix) -> str:
    return block.text[prefix.body :].strip()


def joined(found: Sequence[Utterance]) -> list[Utterance]:
    """Return the utterances with neighbours under one label made one."""
    return [_one_of(label, list(members)) for label, members in groupby(found, key=lambda one: one.label)]


def _one_of(label: str | None, members: Sequence[Utterance]) -> Utterance:
    blocks: list[Block] = []
    for one in members:
        first, *rest = one.blocks
        blocks += [replace(first, seconds=one.seconds if first.seconds is None else first.seconds), *rest]
    seconds = None
    for one in members:  # a label above its words may leave the time to the first line of them
        seconds = one.seconds if seconds is None else seconds
        if one.has_words:
            break
    return Utterance(label, tuple(blocks), seconds, opens=members[0].opens)
