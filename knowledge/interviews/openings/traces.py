"""Traces of a label anywhere in a paragraph: another speaker's name, initials, a role in brackets, a lost stop.

A guest hardly ever names the person who asks (five times in 74,000 words of six interviews), so in the middle of what
stands under the subject's label such a name is a label that slipped, unless the words before it lead to somebody who is
spoken of. Where a label went without any trace but the stop before it, a sentence begins in mid-sentence.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA

from knowledge.interviews.openings.cast import Cast, letters, resembles_subject
from knowledge.interviews.openings.name_shapes import NameShapes, words_of
from knowledge.metadata.label_names import is_role, is_sound, name_and_beside, names_subject

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_](?:[\w’'\u00ad\u200b-\u200f\u2060]*[^\W_])?")
_SPELT = re.compile(r"(?<!\w)[A-ZÀ-Þ] {1,3}(?:[^\W\d_] {1,3}){3,}[^\W\d_](?!\w)")
"""“T o m  R e e d”."""
_ODD_MARK = re.compile(r"(?<![^\s(])[A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]*){0,2}\s?[¦‖|\\^%=~`•·»→՝׃⁚]+(?= )")
_BRACKETED = re.compile(r"[\[{(<«【（](?P<inside>[^\[\]{}()<>«»【】（）\n]{1,40})[\]})>»】）]")
_NEW_SENTENCE = re.compile(r"(?<=[a-zà-ÿ] )(?P<word>(?!I[’'])[A-Z][\w’']*) [a-z]")
_OWNED = re.compile(r"['’]s?$|['’]s?\b(?! question)")
_HARD = re.compile(r"\s*(?:[:：;；|→\t]|[-=]>)")
_SHORT_CALL = re.compile(r"(?:^|[.?!…—–]\s+)[A-Z][\w’']*(?: [\w’']+){0,3},$")
_CLOSES = re.compile(r"[\W_]*$")
_SIGNED = re.compile(r"[^\w\s,]$")
_BRACKETED_LABEL = re.compile(r"[\[(【（][A-ZÀ-Þ][^\[\]()【】（）\n:：]{1,40}[\])】）]\s?[:：](?=\s)")
"""“(Miss Laing): …”."""
_GLUED = re.compile(r"(?<!\w)(?:[a-zà-ÿ’']{2,}|[\w’',-]+[.?!…][”\"’)]?)(?P<label>[A-ZÀ-Þ]\w{0,14})[:：;](?=\s)")
"""“… but youTR: So …”, “… it is.”Tom: So …”; not “OpenAI: …”."""
_GUILLEMETS = re.compile(r"(?<=[.?!…”] )«[^«»\n]{1,30}»(?= [A-ZÀ-Þ])")
_ROUND = re.compile(r"(?<=[.?!,…”] )\((?P<inside>[A-ZÀ-Þ][\w. ]{0,20})\)(?= [“\"]?[A-ZÀ-Þ])")
"""“…, (Staff) So …”, but “(Laughs) So …” is a sound."""
_HANDLE = re.compile(r"(?<!\S)[a-zà-ÿ]{2,}\d+[)\]:：](?=\s)")
"""“kenji99) So …”."""
_TWO_WORDS = re.compile(r"(?<=, )[A-ZÀ-Þ][a-zà-ÿ]+ [A-ZÀ-Þ][a-zà-ÿ]+[:：;](?=\s)")
_MAX_LEAD = 120
_MIN_PART = 3
_MIN_ALIKE = 8
_FAR = 2
_LITTLE = frozenset("van von der den the and for mac".split())


class _Name(NamedTuple):
    """Where a trace of a name stands, and whether words that lead to a name may excuse it."""

    start: int
    end: int
    excusable: bool


class Traces:
    """What finds traces in one file.

    Args:
        cast: the names the file uses.
        shapes: what its words say of being names.
        recorded: its lines are captions, in which capitals mean little.
    """

    def __init__(self, cast: Cast, shapes: NameShapes, *, recorded: bool) -> None:
        self._shapes = shapes
        self._recorded = recorded
        own = {letters(word) for name in (cast.subject.name, *cast.subject.aliases) for word in _WORD.findall(name)}
        others = [
            name_and_beside(label)[0]
            for label in cast.labels
            if not names_subject(label, cast.subject)
            and not is_role(label)
            and not resembles_subject(label, cast.subject)
        ]
        words = [_WORD.findall(name) for name in others]
        long = {letters(word) for each in words for word in each if len(word) >= _MIN_PART}
        self._parts = {part for part in long if part not in own | _LITTLE and not shapes.is_plain(part)}
        self._whole = {letters(name) for name in others if len(_WORD.findall(name)) > 1}
        initials = {"".join(word[0] for word in each).upper() for each in words if len(each) > 1}
        bare = {name for name in others if name.isupper() and 1 < len(name) < 5}
        self._initials = {each for each in initials | bare if not shapes.is_plain(each)}

    def first(self, text: str, start: int) -> int | None:
        """Return where the first trace in a text stands, from `start` on; None when there is none.

        A name that nothing stands behind is the label of the whole paragraph: then it is `start`.
        """
        for name in self._names(text, start):
            before = text[max(name.start - _MAX_LEAD, 0) : name.start].rstrip()
            if name.excusable and self._is_spoken_of(before, text[name.end :]):
                continue
            signed = _CLOSES.match(text, name.end) is not None and _SIGNED.search(before) is not None
            return start if signed else name.start
        return None

    def _names(self, text: str, start: int) -> Iterator[_Name]:
        found = [*self._known(text, start)]
        found += (_Name(*match.span(), False) for match in _SPELT.finditer(text, start))
        for pattern in (_ODD_MARK, _BRACKETED_LABEL, _GUILLEMETS, _HANDLE, _TWO_WORDS):
            found += (_Name(*match.span(), False) for match in pattern.finditer(text, start))
        found += (_Name(*match.span("label"), False) for match in _GLUED.finditer(text, start))
        found += (
            _Name(*match.span(), False)
            for match in _BRACKETED.finditer(text, start)
            if self._shapes.is_nobody(match["inside"])
        )
        found += (
            _Name(*match.span(), False) for match in _ROUND.finditer(text, start) if not is_sound(match["inside"])
        )
        if not self._recorded:
            found += (
                _Name(*match.span("word"), False)
                for match in _NEW_SENTENCE.finditer(text, start)
                if self._shapes.starts_sentence(match["word"]) and match["word"].casefold() not in words_of("capital")
            )
        yield from sorted(found)

    def _known(self, text: str, start: int) -> Iterator[_Name]:
        run: _Name | None = None
        before = ""
        for token in _TOKEN.finditer(text, start):
            word = _OWNED.sub("", token.group())
            shown = any(char.isupper() for char in word)
            key, both = letters(word), letters(before) + letters(word)
            first = token.start() - len(before) - 1
            if word in self._initials:
                yield _Name(token.start(), token.start() + len(word), False)
            if shown and key in self._parts | self._whole:
                found = _Name(token.start(), token.start() + len(word), True)
            elif text[first : token.start() - 1] == before and before and self._is_whole(both, before + word):
                found = _Name(first, token.start() + len(word), True)
            else:
                found = None
            before = token.group()
            if run is not None and found is not None and found.start <= run.end + 1:
                run = run._replace(end=found.end)
                continue
            if run is not None:
                yield run
            run = found
        if run is not None:
            yield run

    def _is_whole(self, key: str, written: str) -> bool:
        return key in self._whole or (any(char.isupper() for char in written) and self._is_alike(key))

    def _is_alike(self, key: str) -> bool:
        return len(key) >= _MIN_ALIKE and any(
            OSA.distance(key, name, score_cutoff=_FAR) <= _FAR for name in self._whole
        )

    @staticmethod
    def _is_spoken_of(before: str, behind: str) -> bool:
        """Whether the words around a name show that its bearer is spoken of or called."""
        if _HARD.match(behind):
            return False
        if _OWNED.match(behind):
            return True
        if before.endswith(","):
            return _SHORT_CALL.search(before) is not None
        last = (before.split()[-1:] or [""])[0].casefold().lstrip('([“"')
        return last in words_of("leads") or (
            last in words_of("about") and re.match(r"\W{0,2} [a-z]", behind) is not None
        )
