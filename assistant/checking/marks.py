"""What stands between the words of a claim and can carry meaning: signs, bracketed asides, sentence mood, a false end.

Words are compared without punctuation. This module looks at what that comparison does not see. A mark counts only where
the source does not have it too, so that a faithful copy of an odd source stays exact.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.checking.results import Difference, Op
from knowledge.text.words import ASIDE, INVISIBLE, Word

_ASIDE = re.compile(ASIDE, re.IGNORECASE)
_PLAIN_SYMBOLS = frozenset("`´¨^¯¸|©®™−")
"""Symbols that only dress a text: accents, table borders, trade marks, the minus sign used as a dash."""
_REVERSING = frozenset("\u202d\u202e")
"""Invisible, but they turn the order in which the words are seen."""
_HARMLESS = frozenset({"Cc", "Zs", "Zl", "Zp", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Mn", "Sk", "Cs"})
_OVERLAID = re.compile("[\u0335-\u0338\u0489\u20d0-\u20ff]")
_NEEDED = frozenset("≠≤≥±×÷¬≈∉⊄")
"""Signs of a source that a quotation may not leave out."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_ELLIPSES = re.compile(r"…+|\.{2,}|(?:\. ){2,}\.|。{2,}")
_ASKS = re.compile("[?？]")
_ENDS = re.compile("[.!。！．]")
_PAUSES = re.compile("[.!。！．,;:，；：—–]")
_GOES_ON = frozenset(
    "and but or so because which that who when where while if unless although though as than then for nor yet since "
    "until till before after whereas".split()
)
_LONGEST_REST = 14  # words of a sentence that a false full stop is seen to cut off
_DANGLING = 2  # words up to which "for" or "when" is the end of a clause, not the beginning of one
_LONGEST_GAP = 12  # characters after a word in which its punctuation stands


class Mark(NamedTuple):
    """Characters [start, end) of a text that are no words and may still mean something."""

    start: int
    end: int
    text: str


class Side(NamedTuple):
    """Words of one text, the characters [start, end) that belong to them, and where the speaker's turn ends."""

    text: str
    words: Sequence[Word]
    start: int
    end: int
    turn_end: int

    def after(self, number: int) -> tuple[int, int]:
        """Return the characters between a word and the next one."""
        here = self.words[number].end
        follows = self.words[number + 1].start if number + 1 < len(self.words) else self.end
        return here, max(here, follows)


def marks(side: Side) -> list[Mark]:
    """Return the asides and signs between, before, behind and inside the words."""
    gaps = [(side.start, side.words[0].start)] + [side.after(number) for number in range(len(side.words))]
    found = [mark for start, end in gaps for mark in _between(side.text, start, end)]
    for word in side.words:
        written = side.text[word.start : word.end]
        if _OVERLAID.search(written) or any(char in _REVERSING for char in written):
            found.append(Mark(word.start, word.end, written))
    return sorted(found)


def unsaid(said: Side, claimed: Side) -> list[Difference]:
    """Return how two texts of equal words still differ: marks that only the claim has, mood, and a false end."""
    if not said.words or not claimed.words:
        return []
    found = [*_signs(said, claimed), *_mood(said, claimed)]
    rest = None if found else _cut_short(said, claimed)
    return [*found, *([rest] if rest else [])]


def _between(text: str, start: int, end: int) -> Iterator[Mark]:
    at = start
    for aside in _ASIDE.finditer(text, start, end):
        yield from _signs_in(text, at, aside.start())
        yield Mark(*aside.span(), aside.group())
        at = aside.end()
    yield from _signs_in(text, at, end)


def _signs_in(text: str, start: int, end: int) -> Iterator[Mark]:
    run = None
    for at in range(start, end + 1):
        odd = at < end and is_sign(text[at])
        if odd and run is None:
            run = at
        elif not odd and run is not None:
            yield Mark(run, at, text[run:at])
            run = None


def is_sign(char: str) -> bool:
    """Whether a character is no letter, digit, space or punctuation, and so may mean something by itself."""
    if char in _PLAIN_SYMBOLS or (char not in _REVERSING and _INVISIBLE.match(char)):
        return False
    return bool(_OVERLAID.match(char)) or unicodedata.category(char) not in _HARMLESS


def _narrow(text: str) -> str:
    """Return full-width signs as the ones they stand for: "＝" is "="."""
    return "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text)


def _signs(said: Side, claimed: Side) -> Iterator[Difference]:
    ours = marks(said)
    known = Counter(_narrow(mark.text) for mark in ours)
    for mark in marks(claimed):
        if known[_narrow(mark.text)]:
            known[_narrow(mark.text)] -= 1
            continue
        at = _opposite(said, claimed, mark.start)
        yield Difference(
            op=Op.INSERT, said="", claimed=mark.text, said_start=at, said_end=at,
            claimed_start=mark.start, claimed_end=mark.end,
        )  # fmt: skip
    shown = claimed.text[claimed.start : claimed.end]
    for mark in ours:
        inside = said.words[0].start < mark.start < said.words[-1].end
        if inside and any(char in _NEEDED and char not in shown for char in mark.text):
            there = _opposite(claimed, said, mark.start)
            yield Difference(
                op=Op.DELETE, said=mark.text, claimed="", said_start=mark.start, said_end=mark.end,
                claimed_start=there, claimed_end=there,
            )  # fmt: skip


def _opposite(here: Side, there: Side, offset: int) -> int:
    """Return the place in one text that answers to an offset of the other."""
    before = sum(word.end <= offset for word in there.words)
    if len(here.words) != len(there.words) or before >= len(here.words):
        return here.words[-1].end if before else here.words[0].start
    return here.words[before].start


def _mood(said: Side, claimed: Side) -> Iterator[Difference]:
    aligned = len(said.words) == len(claimed.words)
    last = len(claimed.words) - 1
    punctuated = _ENDS.search(_ELLIPSES.sub(" ", said.text[said.start : said.turn_end])) is not None
    for number in range(last + 1) if aligned else (last,):
        ours = said.after(number if aligned else len(said.words) - 1)
        theirs = claimed.after(number)
        one, other = (_punctuation(side.text, span) for side, span in ((said, ours), (claimed, theirs)))
        asked, asks = _ASKS.search(one), _ASKS.search(other)
        if asked and not asks and (told := _ENDS.search(other)):
            yield _exchanged(said, ours[0] + asked.start(), claimed, theirs[0] + told.start())
        elif asks and not asked:
            told = _PAUSES.search(one)
            if told:
                yield _exchanged(said, ours[0] + told.start(), claimed, theirs[0] + asks.start())
            elif punctuated:
                at = theirs[0] + asks.start()
                yield Difference(
                    op=Op.INSERT, said="", claimed=claimed.text[at], said_start=ours[0], said_end=ours[0],
                    claimed_start=at, claimed_end=at + 1,
                )  # fmt: skip


def _punctuation(text: str, span: tuple[int, int]) -> str:
    """Return what stands right behind a word, ellipses taken for nothing."""
    cut = text[span[0] : min(span[1], span[0] + _LONGEST_GAP)]
    return _ELLIPSES.sub(lambda match: " " * len(match[0]), cut)


def _exchanged(said: Side, at: int, claimed: Side, there: int) -> Difference:
    return Difference(
        op=Op.REPLACE, said=said.text[at], claimed=claimed.text[there], said_start=at, said_end=at + 1,
        claimed_start=there, claimed_end=there + 1,
    )  # fmt: skip


def _cut_short(said: Side, claimed: Side) -> Difference | None:
    """Return the words that a full stop of the claim cuts off inside a clause; None when the clause ends there."""
    theirs = claimed.after(len(claimed.words) - 1)
    end = said.words[-1].end
    rest = _rest_of_clause(said.text[end : said.turn_end])
    if not rest or not _ENDS.search(_punctuation(claimed.text, theirs)):
        return None
    at = claimed.words[-1].end
    return Difference(
        op=Op.DELETE, said=rest.strip(), claimed="", said_start=end + len(rest) - len(rest.lstrip()),
        said_end=end + len(rest.rstrip()), claimed_start=at, claimed_end=at,
    )  # fmt: skip


def _rest_of_clause(following: str) -> str | None:
    """Return the words up to the next punctuation; None where it comes at once, never, or a new clause begins."""
    clause = re.match(r"\s+([^.,;:!?。，；：！？—–()\[\]\n]+)(?=[.,;:!?。，；：！？—–])", following)
    if not clause:
        return None
    told = clause[1].split()
    new_clause = told[0].casefold() in _GOES_ON and len(told) > _DANGLING
    return None if new_clause or len(told) > _LONGEST_REST else clause[0]
