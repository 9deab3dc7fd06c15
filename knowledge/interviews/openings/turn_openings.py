"""What could begin somebody else's words inside what stands under a label.

The list is the law's: at a place where a label may stand, a name the file knows, somebody without a name
(“Audience”), a short run of words before a mark, a run set off by brackets, bold or italics, a dash, `>>`, a
question in quotation marks. What each place admits is a row of one table; words that begin what anybody says
(“Look: …”, “Right. …”) are data.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.formats.blocks import Block
from knowledge.formats.timed.timestamps import stamp_at
from knowledge.interviews.openings.cast import Cast, Known
from knowledge.interviews.openings.inner_labels import InnerLabels
from knowledge.interviews.openings.known_names import KnownNames, labels_anywhere
from knowledge.interviews.openings.label_marks import GIVEN
from knowledge.interviews.openings.name_shapes import NAME_LIKE, NameShapes
from knowledge.interviews.openings.narration import Narration
from knowledge.interviews.openings.places import Place
from knowledge.interviews.openings.short_runs import ShortRuns
from knowledge.interviews.openings.traces import Traces
from knowledge.metadata.label_names import is_sound


class Opening(NamedTuple):
    """A place at which somebody else's words may begin; `is_subject`: under the subject's own name."""

    start: int
    is_subject: bool = False


_BULLET = re.compile(r"\s*(?:[-–—•*·@#>»=«\"“”'‘„\[(（<【{]|\d{1,4}[.)](?=\s)|\d{1,6}[,;|](?=[^\W\d_]))+\s*")
_SENTENCE = re.compile(
    r"(?<=[-.?!…。？！:;—–”\"’')\]>*])\s+(?=\S)|[\n\t]\s*|(?<=[a-zà-ÿ)][a-zà-ÿ)\"][.?!…”])(?=[^\s.?!…,'’”\")\]])|(?<=[a-zà-ÿ]{2}[.?!…])(?=[^\s.?!…,'’”\")\]])|\s(?=[\[(（【<@])"
)
_GLUED = re.compile(r"(?<=[a-zà-ÿ]{2}[.?!…])(?=[A-ZÀ-Þ][a-z]|[A-Z] |[-–—•>] )")
_DASHED = re.compile(r"(?<=[.?!…] )[-–—―>»•*·] (?=[^\W\d_])")
_BRACKETED = re.compile(r"[\[(（<【{](?P<inside>[^\])）>】}\n]{1,80})[\])）>】}]")
_REMARK = re.compile(r"[:：]?\s+[\"“(]?[A-ZÀ-Þ\u3400-\u9fff]|\s*$")
"""Behind a bracket in which more stands than a word of the sentence: “[They] came” goes on in small letters."""
_ASIDE = re.compile(r"[\[(（](?P<who>[^\[\]()（）:：]{1,40})[:：]")
_QUOTED = re.compile(r"[\"“「][^\"”」]{3,300}[?？][\"”」]?")
_CHANGE = re.compile(r"\s*(?:>{2,3}|&gt;&gt;|[-–—‐―](?![-–—])\s*(?=[^\W\d_])|[?？]{1,3}\s*[:：])")
_INITIALS = re.compile(r"[A-ZÀ-Þ]{2,4}\s*[:：;](?=\s)")
"""Also those that are a word: “BY:”, “SO:”."""
_LETTER = re.compile(r"[A-ZÀ-Þ][.:;)\]]\s+(?=[\"“]?[A-ZÀ-Þ])")
_UNHEARD = re.compile(r"[?？]{1,3}\s*[:：]|(?<=\s)[?？]{2,3}(?=\s)|(?:[A-ZÀ-Þ]\.)+\s*[:：;]")
"""“?:”, “V.O.:”."""
_CLOSED = re.compile(r"(?P<run>[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,2})(?P<mark>[\])}])[:：]?\s")
"""A bracket that closes a name and was never opened."""
_ARROWS = re.compile(r">{2,3}")
_ENDED = re.compile(r"[.?!…。？！:;—–”\"’')\]>]\s*$")
_STARRED = re.compile(r"(?:\*\*|__)(?P<run>[^*_\n]{1,60})(?:\*\*|__|:)|[*_](?P<slanted>[^*_\n]{3,60})[*_]")
_TAGGED = re.compile(
    r"<(?:[A-Z][a-z][\w.’'-]*(?: [\w.’'-]+){0,3}|(?i:sp|speaker|said|speech|turn|voice|name)\b[^<>]{0,60}"
    r"|\w+\s[^<>]{0,60}?\b(?:who|speaker|spk)\s*=[^<>]{0,60})>"
)
_TAG_BEFORE = re.compile(_TAGGED.pattern + r"\W{0,4}$")
_VOICE = re.compile(r"<v[ .][^<>]{1,60}>")
"""A caption’s tag in a text that is no file of captions."""
_SAYS = (":", "：", ",", "，", "—", "–", "-")
"""Behind these a quotation is the speaker's own: “People ask: …”."""
_MAX_TAG = 80
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_MAX_BRACKETED = 5
_MIN_RUN = 3


class Openings:
    """The openings of one file.

    Args:
        cast: the names the file uses.
        in_small: its words that stand in small letters somewhere: they are no names.
        raw: the file as text, in which a name in angle brackets may have passed for a tag.
        recorded: its lines are captions, which end anywhere in a sentence.
        timed: its labels come with times, so that a time alone on a line is no sign of another speaker.
        times_inside: times stand inside its paragraphs as a habit.
    """

    def __init__(
        self, cast: Cast, in_small: frozenset[str], raw: str, *, recorded: bool, timed: bool, times_inside: bool
    ) -> None:
        self._timed = timed
        self._times_inside = times_inside
        self._raw = raw
        self._cast = cast
        self._shapes = NameShapes(in_small)
        self._inner = InnerLabels(cast, self._shapes, recorded=recorded, timed=timed, times_inside=times_inside)
        self._recorded = recorded
        self._traces = Traces(cast, self._shapes, recorded=recorded)
        self._known = KnownNames(cast, self._shapes, recorded=recorded)
        self._short = ShortRuns(self._shapes, recorded=recorded)
        self._narration = Narration(cast.labels, cast.subject)
        self._labels, self._glued = labels_anywhere(cast)

    def first(self, block: Block, start: int, place: Place) -> Opening | None:
        """Return the first opening in a block from character `start` on, which is a place of this kind."""
        opening = self._first(block, start, place)
        trace = self._traces.first(block.text, start)
        if trace is None or (opening is not None and opening.start <= trace):
            return opening
        return Opening(trace)

    def _first(self, block: Block, start: int, place: Place) -> Opening | None:
        text = block.text
        tagged = self._tagged(block, start)
        for position, kind in self._places(block, start, place):
            if tagged is not None and tagged.start <= position:
                return tagged
            found = self._at(block, text, position, kind)
            if found is not None:
                return found
        return tagged

    def _tagged(self, block: Block, start: int) -> Opening | None:
        """Return the first place behind a name that was written as a tag: “<Tom Reed>”."""
        length = before = 0
        for piece in block.pieces:
            gap = self._raw[before or max(piece.start - _MAX_TAG, 0) : piece.start]
            if length >= start and not self._recorded and _VOICE.search(gap):
                return Opening(length)
            if length >= start and (_TAGGED.search(gap) if before else _TAG_BEFORE.search(gap)):
                return Opening(length)
            length, before = length + len(piece.text), piece.end
        return None

    def first_own(self, block: Block, start: int, place: Place) -> Opening | None:
        """Return the first opening under the subject's own name."""
        text = block.text
        for position, kind in self._places(block, start, place):
            if kind in (Place.INSIDE, Place.ANYWHERE):  # “I asked Mira Vane: …”
                continue
            known = self._known.at(text, _BULLET.match(text, position), position, kind)
            if known is not None and known.is_subject:
                return Opening(position, is_subject=True)
        return None

    def _places(self, block: Block, start: int, place: Place) -> Iterator[tuple[int, Place]]:
        text = block.text
        found = {start: place}
        for match in _SENTENCE.finditer(text, start):
            line = "\n" in match.group() or match.end() == match.start()
            found.setdefault(match.end(), Place.LINE if line else Place.SENTENCE)
        for pattern in (self._labels, _ARROWS) if self._labels else (_ARROWS,):
            for match in pattern.finditer(text, start):
                found.setdefault(match.start(), Place.ANYWHERE)
        for pattern in (_UNHEARD, _TAGGED):
            for match in pattern.finditer(text, start):
                found.setdefault(match.start(), Place.SENTENCE)
        length = 0
        for piece in block.pieces:
            ended = _ENDED.search(text, 0, length) is not None
            if length > start and (piece.strong or (piece.slanted and ended)):
                found.setdefault(length, Place.SENTENCE)
            length += len(piece.text)
        if self._glued:
            found |= {match.start(): Place.LINE for match in self._glued.finditer(text, start) if match.start() > start}
        for position in self._inner.places(text, start):
            found.setdefault(position, Place.INSIDE)
        yield from sorted((position, kind) for position, kind in found.items() if position < len(text))

    def _at(self, block: Block, text: str, start: int, place: Place) -> Opening | None:
        start += len(text[start:]) - len(text[start:].lstrip(f" \u00a0{_UNSEEN}"))
        if place is Place.INSIDE:
            inner = self._inner.begins(text, start)
            return Opening(start, isinstance(inner, Known) and inner.is_subject) if inner else None
        marks = _BULLET.match(text, start)
        known = self._known.at(text, marks, start, place)
        if known is not None:
            return None if known.is_subject and place is Place.LABELLED else Opening(start, known.is_subject)
        if _ARROWS.match(text, start) or _DASHED.match(text, start) or _GLUED.match(text, start):
            return Opening(start)
        if self._set_off(block, text, start, place) or self._told(text, start, marks, place):
            return Opening(start)
        if self._bracketed(text, start, place) or self._short.is_nobody(text, start, marks, place):
            return Opening(start)
        usual = self._timed and (self._times_inside or not start or text[start - 1] == "\n")
        if place is not Place.ANYWHERE and not usual and stamp_at(text, start):
            return Opening(start)
        if place is not Place.ANYWHERE and (
            _UNHEARD.match(text, start) or _TAGGED.match(text, start) or self._is_closed_name(text, start)
        ):
            return Opening(start)
        if place is Place.LINE and any(one.match(text, start) for one in (_CHANGE, _QUOTED, _INITIALS, _LETTER)):
            return Opening(start)
        return Opening(start) if self._short.begins(text, marks.end() if marks else start, place) else None

    def _is_closed_name(self, text: str, start: int) -> bool:
        """Whether “Tom)” stands here, or “Will: So …” with a name that is a word as well."""
        given = GIVEN.match(text, start)
        if given is not None and self._shapes.is_given(given["name"]):
            return True
        closed = _CLOSED.match(text, start)
        opened = {")": "(", "]": "[", "}": "{"}
        return (
            closed is not None
            and self._shapes.is_name_like(closed["run"].split())
            and text[:start].count(opened[closed["mark"]]) <= text[:start].count(closed["mark"])
        )

    def _told(self, text: str, start: int, marks: re.Match[str] | None, place: Place) -> bool:
        """Whether a story about the talk, a remark or what a page prints begins here."""
        if place is Place.ANYWHERE or (text[:start].rstrip()[-1:] in _SAYS and start):
            return False
        line = place is Place.LINE
        if unicodedata.category(text[start : start + 1] or " ") == "So":
            return True  # a picture that stands for somebody
        starts = {start, marks.end() if marks else start}
        return any(self._narration.begins(text, begins, line=line) for begins in starts)

    def _set_off(self, block: Block, text: str, start: int, place: Place) -> bool:
        """Whether a run in bold or italics starts here that may name or quote somebody."""
        starred = _STARRED.match(text, start)
        run = (starred["run"] or starred["slanted"]).rstrip(" :：").split() if starred else []
        if starred and ((place is Place.LINE and starred["run"]) or self._shapes.is_name_like(run)):
            return True
        length = 0
        for piece in block.pieces:
            if length <= start < length + len(piece.text) and (piece.strong or piece.slanted):
                run = piece.text[start - length :].strip()
                if start != length and piece.text[: start - length].strip():
                    return False
                known = self._cast.find(run) if piece.strong and len(run) > 1 else None
                if known is not None and known.end >= len(run.rstrip(" :：;.")):
                    return True
                if sum(char.isalpha() for char in run) < _MIN_RUN:
                    return False  # a formula’s letter
                if place is Place.LINE:
                    return piece.strong or len(run) < len(text[start:].strip()) or run.endswith("?")
                whole = run.rstrip(" :：;.").split()
                named = 0 < len(whole) <= 4 and all(NAME_LIKE.fullmatch(word) for word in whole)
                name = named and (self._shapes.is_given(whole[0]) or not self._shapes.all_plain(whole))
                return run.endswith(("?", ":", "：")) or (piece.strong and name)
            length += len(piece.text)
        return False

    def _bracketed(self, text: str, start: int, place: Place) -> bool:
        aside = _ASIDE.match(text, start)
        if aside is not None and not self._shapes.all_plain(aside["who"].split()) and not is_sound(aside["who"]):
            return True
        match = _BRACKETED.match(text, start)
        if match is None or stamp_at(text, start):
            return False
        if self._narration.tells(match["inside"]):
            return True  # “[Long silence, then Tom asks]”
        if is_sound(match["inside"]):  # “[inaudible]: You do?” has a label that nobody heard
            return place is not Place.LABELLED and text[match.end() : match.end() + 1] in (":", "：")
        if text[start] in "[【" and _REMARK.match(text, match.end()):
            words = match["inside"].split()
            if match["inside"].isdecimal() or (len(words) == 1 and self._shapes.is_plain(words[0])):
                return place is Place.LINE and match["inside"].isdecimal()  # a footnote
            return True
        words = match["inside"].split()
        if place is Place.LABELLED:
            return text[start] == "[" and self._shapes.is_nobody(match["inside"])
        nobody = self._shapes.is_nobody(match["inside"])
        named = 0 < len(words) <= _MAX_BRACKETED and (nobody or self._shapes.is_name_like(words))
        return named and (place is Place.LINE or text[start] in "[【<" or nobody)
