"""A few words before a mark, or a beginning, that may name somebody whom the file does not know."""

import re

from knowledge.interviews.openings.label_marks import HARD_MARK, SOME_MARK
from knowledge.interviews.openings.name_shapes import NameShapes, words_of
from knowledge.interviews.openings.places import Place
from knowledge.text.language import is_cjk

_WORDS = re.compile(
    r"(?P<run>[^\W_][^\n\t:：﹕∶︰ː꞉;；|.?!…—–()\[\]]{0,59}?)(?P<mark>\s*[:：﹕∶︰ː꞉;；|]|\s+[-–—](?=\s)|\s*[—–]|\t)"
)
_STOPPED = re.compile(r"(?P<run>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,2})[.!?](?=\s|$)")
_CAPITALS = re.compile(r"(?:[A-ZÀ-Þ]{3,}\b[ .]*){2,}")
_HEADING = re.compile(r"(?P<run>[A-ZÀ-Þ\d][\w’'&,-]*(?: [\w’'&,-]+){0,9})[ \t]*\n\s*(?P<next>[A-ZÀ-Þ][\w’']*)")
"""A line without a stop above one that begins with a capital."""
_MIN_TITLE = 4
_SHOUTED = re.compile(r"(?P<run>[A-ZÀ-Þ]{3,}(?: [A-ZÀ-Þ]{3,}){0,2}) (?P<next>[A-ZÀ-Þ][\w’']*)")
_ARTICLE = re.compile(
    r"(?:the|our|an?|another|first|second|third|next|last|other|from|via|question|man|woman|person)\b", re.I
)
_ENDED = re.compile(r"[.?!…。？！:;—–”\"’')\]>]\s*$")
_UNMARKED = re.compile(
    r"(?P<run>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,2}) (?P<next>(?!I\b)[A-ZÀ-Þ][\w’']*)(?=[\s,.?!])"
)
_MAX_RUN_WORDS = 6


class ShortRuns:
    """What finds them in one file.

    Args:
        shapes: what its words say of being names.
        recorded: its lines are captions, in which capitals mean little.
    """

    def __init__(self, shapes: NameShapes, *, recorded: bool) -> None:
        self._shapes = shapes
        self._recorded = recorded

    def begins(self, text: str, start: int, place: Place) -> bool:
        """Whether a few words before a mark may be a name nobody knows."""
        if place is Place.LINE and (_CAPITALS.match(text, start) and not self._recorded):
            return True
        match = _WORDS.match(text, start) if place is not Place.ANYWHERE else None
        if match is not None:
            words, mark = match["run"].split(), match["mark"].strip()
            if mark in {":", "："} and text[match.end() : match.end() + 2] == "//":
                return False
            return self._may_name(words, mark, text[match.end() :], place)
        if place not in (Place.LINE, Place.SENTENCE):
            return False
        unmarked = _UNMARKED.match(text, start)
        names = unmarked and self._shapes.is_name_like(unmarked["run"].split())
        if unmarked and names and unmarked["next"].casefold() in words_of("plain"):
            return True  # a sentence begins behind a name that no mark ends
        heading = _HEADING.match(text, start) if place is Place.LINE and start else None
        if heading and _ENDED.search(text, 0, start) and self._is_heading(heading["run"].split(), heading["next"]):
            return True
        shouted = _SHOUTED.match(text, start)
        if shouted and self._shapes.is_name_like(shouted["run"].split()) and not self._recorded:
            return self._shapes.starts_sentence(shouted["next"]) or shouted["next"] == "I"
        stopped = _STOPPED.match(text, start)
        if stopped is None:
            return False
        words = stopped["run"].split()
        return bool(text[stopped.end() :].strip()) and self._shapes.is_name_like(words)

    def _is_heading(self, words: list[str], following: str) -> bool:
        """Whether a line inside a cell or cue is a heading: a title's capitals, or a sentence that starts below it."""
        capitals = sum(not word[0].islower() for word in words)
        titled = capitals > 1 and all(not word[0].islower() for word in words if len(word) >= _MIN_TITLE)
        return titled or (self._shapes.starts_sentence(following) and following != "I")

    def _may_name(self, words: list[str], mark: str, rest: str, place: Place) -> bool:
        if not words or len(words) > _MAX_RUN_WORDS:
            return False
        if len(words) == 1 and is_cjk(words[0]):
            return len(words[0]) <= 8 and place is Place.LINE
        if place is not Place.LINE or mark not in {":", "：", "|", "::", ""}:
            strict = self._shapes.is_name_like(words) and len(words) <= 3
            unheard = len(words) < 3 and mark in {":", "："} and not any(map(self._shapes.is_plain, words))
            if unheard and rest.lstrip()[:1].isupper():
                return True  # “juthica: What …”
            if place is Place.LINE and len(words) == 1:
                return strict or not self._shapes.is_plain(words[0])
            return strict and (mark in {":", "：", "|", ";", ""} or place is Place.LINE or rest.lstrip()[:1].isupper())
        if rest.lstrip()[:1] in ('"', "“", "「") and not self._shapes.is_name_like(words):
            return False
        if self._shapes.all_plain(words[:1]):
            return False
        capitals = sum(not word[0].islower() for word in words)
        return len(words) <= 3 or 2 * capitals >= len(words)

    def is_nobody(self, text: str, start: int, marks: re.Match[str] | None, place: Place) -> bool:
        """Whether words that say who speaks without a name stand as a label at `start`."""
        begins = marks.end() if marks else start
        end = self._shapes.nobody_at(text, begins)
        if end is None or place in (Place.INSIDE, Place.ANYWHERE):
            return False
        name, rest = text[begins:end], text[end:]
        if HARD_MARK.match(rest) or (name.isupper() and (SOME_MARK.match(rest) or rest[:1] in ".)]")):
            return True
        shown = name[:1].isupper()
        if name.isupper() and " " in name:
            return True
        if shown and " " in name and not _ARTICLE.match(name):
            return True  # “Audience member you …”
        if shown and re.match(r"\s*\[", rest):
            return True  # “Q [inaudible] …”
        if shown and not rest.strip():
            return True  # a line of its own
        if place is Place.LINE and shown:
            return bool(SOME_MARK.match(rest) or re.match(r"\s*[.\])]|\s*\(|\s+[A-ZÀ-Þ]", rest)) or (
                name.isupper() and len(name) > 3
            )
        return shown and bool(SOME_MARK.match(rest) or (place is not Place.LINE and re.match(r"\s+[A-ZÀ-Þ]", rest)))
