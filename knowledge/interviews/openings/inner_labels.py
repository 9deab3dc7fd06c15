"""Labels run into the middle of a sentence: the stop before them is lost, “… never stopped Tom Reed So why …”.

Between two words of one sentence stands no label, so here more is asked than at the start of a line: a name that
the file knows and a mark or a beginning behind it, a name nobody knows before a hard mark, somebody without a name.
"""

import re
import unicodedata
from collections.abc import Iterator

from knowledge.formats.timed.timestamps import stamp_at
from knowledge.interviews.openings.cast import Cast, Form, Known
from knowledge.interviews.openings.label_marks import BESIDE, GIVEN, HARD_MARK
from knowledge.interviews.openings.name_shapes import NameShapes, words_of
from knowledge.metadata.label_names import is_role

_TOKEN = re.compile(r"\S+")
_ENDED = re.compile(r"[.?!…。？！:;—–”\"’')\]>*]$")
_LEAD = re.compile(r"[\W_]*")
_CLOSING = re.compile(r"\s*(?P<marks>[\])}>*_`~»|/\\=]+|\s[•·+&@](?=\s)|\[\d{1,3}\]|[¹²³]|\^\d)")
_DASH = re.compile(r"\s*[—–]\s*|\s+-\s+")
_STOP = re.compile(r"\s*[.!?…]+\s+")
_CAPITAL = re.compile(r"\s*[\"“]?(?P<next>[A-ZÀ-Þ][\w’']*)")
_CJK = re.compile(r"\s*[\u3400-\u9fff]")
_RUN = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,3}")
_INITIAL = re.compile(r"[A-ZÀ-Þ]\. +(?P<next>[A-ZÀ-Þ][\w’']+)")
_DOTTED = re.compile(r"(?:[A-ZÀ-Þ]\.){2,}\s*[:：;]")
_ASKS = re.compile(r"\s+(?:asks|asked|says|said|adds)\s*[,:“\"]\s*")
_GOES_ON = re.compile(r" +[a-zà-ÿI]")
_SPEAKS = re.compile(r" +(?:I|you)\b")
_DASHES = re.compile(r"[-–—―]+\s+")
_ROW = re.compile(r"\d{1,6}[,;|](?=[^\W\d_])")
_QUOTE = re.compile(r"[\"“”„«‘']")
_QUOTES = ('"', "”", "“", "»", "’", "'")
_UNHEARD = re.compile(r"[?？]+\s*[:：]?$")
_SMALL = re.compile(r"(?P<name>[a-zà-ÿ][\w’'-]{2,})[:：]\s+[A-ZÀ-Þ]")
_SMALL_START = re.compile(r" +(?P<word>[a-z][\w’']*)")
_MAX_NAME = 3


class InnerLabels:
    """What finds labels in mid-sentence in one file.

    Args:
        cast: the names the file uses.
        shapes: what its words say of being names.
        recorded: its lines are captions, in which capitals mean little.
        timed: its labels come with times, so that a time alone is no sign of another speaker.
        times_inside: times stand inside its paragraphs as a habit.
    """

    def __init__(self, cast: Cast, shapes: NameShapes, *, recorded: bool, timed: bool, times_inside: bool) -> None:
        self._times_inside = times_inside
        self._cast = cast
        self._shapes = shapes
        self._recorded = recorded
        self._timed = timed
        self._small = {label.split()[0].casefold() for label in cast.labels if len(label.split()) > 1}
        self._initials = {label[:1] for label in cast.labels}

    def places(self, text: str, start: int) -> Iterator[int]:
        """Yield the places in mid-sentence, behind `start`, at which a label may begin."""
        before: re.Match[str] | None = None
        for token in _TOKEN.finditer(text, start):
            word = token.group()
            inside = before is not None and not _ENDED.search(before.group()) and self._is_worth_it(word)
            if before is not None and inside and not self._is_in_name(text, before.start(), token.start()):
                yield token.start()
            before = token

    def _is_in_name(self, text: str, start: int, place: int) -> bool:
        """Whether a whole name of the file that starts at `start` goes on over a place: “Mira Vane: …” at “Vane”."""
        known = self._cast.find(text[start : start + 80])
        return known is not None and known.form is Form.WHOLE and start + known.end > place

    def _is_worth_it(self, word: str) -> bool:
        return word in self._small or not word[0].islower() or word[-1] in ":：;；﹕∶ː꞉" or not word.isalpha()

    def begins(self, text: str, start: int) -> Known | bool:
        """Return the known name, or whether anybody's label, stands in mid-sentence at a place."""
        token = _TOKEN.match(text, start)
        lead = _LEAD.match(text, start)
        if token is None or lead is None:
            return False
        if _UNHEARD.match(token.group()) or self._is_picture(text, lead):
            return True
        dashes = _DASHES.match(text, start)
        if dashes is not None:
            return text[dashes.end() : dashes.end() + 1] != "I" and self._begins(text[dashes.end() : dashes.end() + 20])
        row = _ROW.match(text, start)
        name = row.end() if row else min(lead.end(), token.end())
        stamp = stamp_at(text, start)
        if stamp is not None and not stamp.bracketed:
            behind = stamp.end + len(text[stamp.end :]) - len(text[stamp.end :].lstrip(" -–—·|:"))
            return self._behind_time(text, start, behind)
        before = text[:start].rstrip()
        known = self._cast.find(text[name : name + 80])
        if known is not None and row:
            return known._replace(end=name + known.end)
        quoted = bool(_QUOTE.search(lead.group())) and text[name + known.end :][:1] in _QUOTES if known else False
        if known is not None and quoted and len(text[name : name + known.end].split()) > 1:
            return known._replace(end=name + known.end)
        if known is not None and self._is_known_label(text[name : name + known.end], known, text, name, before):
            return known._replace(end=name + known.end)
        return self._is_nobodys(text, name) or self._is_strangers(text, name, before)

    def _is_picture(self, text: str, lead: re.Match[str]) -> bool:
        """Whether a picture, or a heading's marks, stand here before a capital."""
        marks = lead.group()
        shown = any(unicodedata.category(char) == "So" for char in marks) or re.match(r"#{1,6} |[§♪]", marks)
        return bool(shown) and _CAPITAL.match(text, lead.end()) is not None

    def _behind_time(self, text: str, start: int, end: int) -> bool:
        before = text[:start].split()[-1:]
        if before and before[0].casefold() in words_of("clock"):
            return False
        known = self._cast.find(text[end : end + 80])
        shown = self._begins(text[end:]) if self._timed else _CAPITAL.match(text, end) is not None
        return known is not None or (shown and not self._times_inside)

    def _is_known_label(self, name: str, known: Known, text: str, start: int, before: str) -> bool:
        """Whether a name of the file stands in mid-sentence as a label would."""
        rest = text[start + known.end : start + known.end + 80]
        plain = self._shapes.is_plain(name.split()[0])
        if known.form is Form.ALIKE and plain:
            return False
        if re.match(r"['’]s question\b", rest):
            return True
        if re.match(r"['’]\w", rest) or name.endswith(("’s", "'s")):
            return False
        asks = _ASKS.match(rest)
        if asks:
            return self._begins(rest[asks.end() :])
        beside = BESIDE.match(rest)
        timed = beside is not None and any(char.isdecimal() for char in beside.group())
        rest = rest[beside.end() if beside else 0 :]
        closing = _CLOSING.match(rest)
        behind = rest[closing.end() :] if closing else rest
        several = len(re.findall(r"[^\W_]+", name)) > 1
        upper = name[:1].isupper()
        begins = self._begins(behind)
        if HARD_MARK.match(behind) or known.form is Form.GLUED:
            return upper or several or begins or _CAPITAL.match(behind.lstrip(" :：;；")) is not None
        if known.form is Form.ALIKE and not several:
            return False
        if timed:
            return upper
        if closing and self._is_open(closing["marks"], before):
            return False
        if closing:
            marked = text[start - 1 : start] == " " and text[start - 2 : start - 1] in ("*", "_")
            return several or marked or (upper and begins)
        if not upper:
            return several and begins
        if _GOES_ON.match(rest) and not self._is_mentioned(before):
            return (several and known.form is not Form.PART) or _SPEAKS.match(rest) is not None
        if name.isupper() and len(name) > 2 and not self._recorded:
            return True
        dash, stop = _DASH.match(rest), _STOP.match(rest)
        if dash:
            return self._begins(rest[dash.end() :])
        role = known.form is Form.WHOLE and is_role(name)
        if stop:
            small = (several or role) and rest[stop.end() :][:1].islower()
            return not self._is_called(before) and (small or self._begins(rest[stop.end() :]))
        if rest[:1] == ",":
            return (several or role) and not before.endswith(",") and self._begins(rest[1:])
        return begins and not plain and (several or not self._is_called(before))

    def _begins(self, rest: str) -> bool:
        """Whether a text starts as sentences do: with a capital on a word that is no name."""
        found = _CAPITAL.match(rest)
        if found is None:
            return _CJK.match(rest) is not None
        return self._shapes.starts_sentence(found["next"])

    @staticmethod
    def _is_called(before: str) -> bool:
        """Whether what stands before a name calls to its bearer, or counts people: “Thanks, Tom. So …”."""
        word = before.split()[-1].casefold().strip(".") if before else ""
        return before.endswith(",") or word in words_of("leads")

    def _is_mentioned(self, before: str) -> bool:
        """Whether what stands before a name leads to it, as “with”, “that”, “as”, “and” do."""
        word = before.split()[-1]
        led = (
            self._is_called(before)
            or word.endswith("ed")
            or self._shapes.is_common(word)
            or self._cast.find(word) is not None
        )
        return self._recorded or led

    @staticmethod
    def _is_open(marks: str | None, before: str) -> bool:
        """Whether a closing bracket closes one that stands before the name."""
        pairs = {")": "(", "]": "[", "}": "{", ">": "<"}
        last = (marks or "").strip()[:1]
        return last in pairs and before.count(pairs[last]) > before.count(last)

    def _is_nobodys(self, text: str, start: int) -> bool:
        end = self._shapes.nobody_at(text, start)
        if end is None:
            return False
        name, rest = text[start:end], text[end : end + 80]
        if len(name) == 1 and (rest[:1] in "([" or self._shapes.is_plain(name)):
            return False  # a formula
        beside = BESIDE.match(rest)
        timed = beside is not None and any(char.isdecimal() for char in beside.group())
        rest = rest[beside.end() if beside else 0 :]
        shown = name[:1].isupper()
        if HARD_MARK.match(rest):
            return shown or self._begins(rest.lstrip(" :：;；"))
        if not shown:
            return False
        if len(name) == 1 and re.match(r"\.\s+[a-z]", rest) and not self._is_called(text[:start].rstrip()):
            return True  # “Q. is it …”
        small = _SMALL_START.match(rest) if len(name) == 1 else None
        if small is not None:
            return small["word"] in words_of("small_starts")  # “… Q but then”
        closing, dash, stop = _CLOSING.match(rest), _DASH.match(rest), _STOP.match(rest)
        if (
            (name.isupper() and len(name) > 3)
            or timed
            or (closing and not self._is_open(closing["marks"], text[:start]))
        ):
            return True
        behind = rest[next((mark.end() for mark in (dash, stop) if mark), 0) :]
        return bool(dash) or self._begins(behind)

    def _is_strangers(self, text: str, start: int, before: str) -> bool:
        """Whether a name nobody knows stands in mid-sentence as a label would."""
        initial = _INITIAL.match(text, start)
        if initial is not None and self._shapes.is_plain(text[start]):
            return False
        if initial is not None:
            return text[start] in self._initials and not self._is_called(before) and self._begins(initial["next"])
        if _DOTTED.match(text, start):
            return True
        given = GIVEN.match(text, start)
        if given is not None and self._shapes.is_given(given["name"]):
            return True
        small = _SMALL.match(text, start)
        if small is not None:
            led = (before.split()[-1:] or [""])[0].casefold() in words_of("determiners")
            return not led and not self._shapes.is_plain(small["name"])
        run = _RUN.match(text, start)
        if run is None:
            return False
        words = run.group().split()
        names = self._leading_names(words)
        if not names:
            return False
        rest = text[run.end() : run.end() + 60]
        if names < len(words):  # “… Olu Bakare So why”
            return names <= _MAX_NAME and self._begins(words[names]) and not words[names - 1].endswith(".")
        if names > _MAX_NAME:
            return False
        closing = _CLOSING.match(rest)
        if closing and closing["marks"] and closing["marks"].strip()[0] in ")]}*_":
            return not self._is_open(closing["marks"], before)
        if rest[:1] == "\t":
            return True
        if rest[:1] in (":", "：", "﹕", "∶", "ː", "꞉") and rest[1:3] != "//":
            return not rest[1:2].isalnum()
        hard, dash = HARD_MARK.match(rest), _DASH.match(rest)
        mark = hard or dash
        if mark:
            return self._begins(rest[mark.end() :])
        stamp = stamp_at(rest, len(rest) - len(rest.lstrip()))
        return stamp is not None

    def _leading_names(self, words: list[str]) -> int:
        """Return how many of the words from the first on are written as names are."""
        count = 0
        for word in words:
            if word.endswith(("’s", "'s")) or not self._shapes.is_name_like([word]):
                break
            count += 1
        return count
