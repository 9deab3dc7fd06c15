"""What somebody brings to be checked: the words, where they are cut, and the occasion and speaker named with them."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from assistant.checking.marks import Side
from assistant.checking.markup import as_read
from assistant.checking.results import ClaimSpan
from assistant.exceptions import AssistantError
from knowledge.model.subject import Subject
from knowledge.text.sentences import sentences
from knowledge.text.words import Word, words

MAX_CHARACTERS = 20_000
MIN_WORDS = 3
_MIN_QUOTED = 4  # fewer words between quotation marks are taken for a term, not for the quotation

_ELLIPSIS = re.compile(r"[\[(（【]?\s*(?:…+|\.{3,}|(?:\. ){2,}\.|。{3,}|⋯+|-{3,})\s*[\])）】]?")
_QUOTED = re.compile(
    r"“(?P<a>[^“”]+)”|\"(?P<b>[^\"]+)\"|「(?P<c>[^「」]+)」|『(?P<d>[^『』]+)』|«(?P<e>[^«»]+)»|„(?P<f>[^„“”]+)[“”]"
    r"|(?<!\w)‘(?P<g>[^‘]+)’(?!\w)|(?<!\w)'(?P<h>[^']+(?:\w'\w[^']*)*)'(?!\w)"
)
_AFTER_DASH = re.compile(
    r"(?:(?<=[.!?…。！？”\"’'」])\s*|\n\s*|\s)(?:[—–―]+|--+|-(?=\s))\s*(?P<who>[^—–―\n]{2,160})\s*$"
)
_IN_BRACKETS = re.compile(r"[\s”\"」]*[(（\[](?P<who>[^()（）\[\]]{2,120})[)）\]]\s*[.。]?\s*$")
_BEFORE_COLON = re.compile(r"^\s*(?P<who>[^:：\n“\"「]{2,160}?)\s*[:：]\s*(?=\S)")
_NAME = re.compile(r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3}(?:[,，(（].*)?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class ClaimRefused(AssistantError):
    """A text that cannot be checked: no words, too few for a quotation, or too many."""


@dataclass(frozen=True)
class Claim:
    """Words to check, as offsets in the text they came with."""

    text: str
    shown: str
    """The text as its reader sees it: of the same length, mark-up blank."""
    spans: tuple[tuple[int, int], ...]
    """The characters that hold the claim; the rest tells the occasion."""
    words: tuple[Word, ...]
    occasion: str | None = None
    """What the text says of when, where and by whom it was said."""
    whole: "Claim | None" = None
    """All of the text as the claim, where what stands around the quotation marks may be his words too."""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Return the words in the form they are compared by."""
        return tuple(word.key for word in self.words)

    @cached_property
    def cuts(self) -> frozenset[int]:
        """Return the numbers of the words before which an ellipsis stands; `len(words)` for one at the end."""
        found = set()
        for match in _ELLIPSIS.finditer(self.shown, self._start(), self._end()):
            found.add(sum(word.start < match.start() for word in self.words))
        return frozenset(found)

    @cached_property
    def pieces(self) -> list[tuple[int, int]]:
        """Return the word ranges [first, last) between ellipses."""
        inner = sorted(cut for cut in self.cuts if 0 < cut < len(self.words))
        return list(zip([0, *inner], [*inner, len(self.words)], strict=True))

    @cached_property
    def parts(self) -> list[tuple[int, int]]:
        """Return the word ranges of the claim's sentences; one of fewer than `MIN_WORDS` joins its neighbour."""
        firsts = set(self.cuts - {len(self.words)})
        for span in sentences(self.shown, self.words[0].start, self.words[-1].end):
            firsts.add(sum(word.start < span.start for word in self.words))
        ranges: list[tuple[int, int]] = []
        borders = sorted(firsts | {0, len(self.words)})
        for first, last in pairwise(borders):
            if ranges and (last - first < MIN_WORDS or ranges[-1][1] - ranges[-1][0] < MIN_WORDS):
                ranges[-1] = (ranges[-1][0], last)
            else:
                ranges.append((first, last))
        return ranges

    def span(self, first: int, last: int) -> ClaimSpan:
        """Return the characters of words [first, last)."""
        return ClaimSpan(self.words[first].start, self.words[last - 1].end)

    def side(self, first: int, last: int) -> Side:
        """Return words [first, last) with what stands between, before and behind them inside the claim."""
        here = self.words[first:last]
        start, end = self._around(here[0].start), self._around(here[-1].end - 1)
        before = start[0] if first == 0 or self.words[first - 1].end <= start[0] else here[0].start
        behind = end[1] if last == len(self.words) or self.words[last].start >= end[1] else self.words[last].start
        return Side(self.shown, here, before, behind, behind)

    @property
    def around(self) -> int:
        """Return how many words of the text stand outside the claim."""
        return len(words(self.shown)) - len(self.words)

    def _around(self, offset: int) -> tuple[int, int]:
        return next((span for span in self.spans if span[0] <= offset < span[1]), (offset, offset + 1))

    def _start(self) -> int:
        return max(self.words[0].start - 12, 0)

    def _end(self) -> int:
        return min(self.words[-1].end + 12, len(self.text))


def read_claim(text: str, subject: Subject, *, occasion: str | None = None) -> Claim:
    """Find in a text the words that are claimed to be the subject's.

    Quotation marks with a name or a few words around them hold the claim; so does what stands before
    "— Name, occasion" or "(occasion, 2020)", and after "Name:". Otherwise the whole text is the claim, as it is when
    the occasion is given.

    Raises:
        ClaimRefused: there are no words, too few for a quotation, or too many.
    """
    if len(text) > MAX_CHARACTERS:
        raise ClaimRefused(
            f"The text has {len(text):,} characters; check one quotation of at most {MAX_CHARACTERS:,}, "
            "or give the document as a file: `ilya check FILE`."
        )
    shown = as_read(text)
    everything = [(0, len(text))]
    spans, told = (everything, occasion) if occasion is not None else _claimed_spans(shown, subject)
    claim = _claim(text, shown, spans, told)
    whole = None
    if spans != everything and not subject.is_mentioned(told or ""):
        whole = _claim(text, shown, everything, None)
    return replace(claim, whole=whole)


def _claim(text: str, shown: str, spans: list[tuple[int, int]], told: str | None) -> Claim:
    found = tuple(word for start, end in spans for word in words(shown, start, end))
    if not found:
        raise ClaimRefused("There are no words to check; give the quotation, for example: ilya check “…”.")
    if len(found) < MIN_WORDS or (_cjk(found) and len(found) < MIN_WORDS + 1):
        raise ClaimRefused(
            f"“{text[found[0].start : found[-1].end]}” is too short to be told from common speech: "
            f"give at least {MIN_WORDS} words (in Chinese {MIN_WORDS + 1} characters) of the quotation."
        )
    return Claim(text=text, shown=shown, spans=tuple(spans), words=found, occasion=told or None)


def _claimed_spans(text: str, subject: Subject) -> tuple[list[tuple[int, int]], str | None]:
    start, end, told = 0, len(text), []
    for pattern in (_AFTER_DASH, _IN_BRACKETS, _AFTER_DASH):
        match = pattern.search(text, start, end)
        names = match and pattern is _AFTER_DASH and _NAME.fullmatch(match["who"].strip())
        if match and words(text, start, match.start()) and (names or _is_occasion(match["who"], subject)):
            told.append(match["who"])
            end = match.start()
    lead = _BEFORE_COLON.match(text, start, end)
    if lead and _is_occasion(lead["who"], subject):
        told.append(lead["who"])
        start = lead.end()
    quoted = _quoted(text, start, end, subject)
    if quoted:
        outside = _outside(text, quoted, start, end)
        if outside:
            told.append(outside)
        return quoted, "; ".join(reversed(told)) or None
    return [(start, end)], "; ".join(reversed(told)) or None


def _quoted(text: str, start: int, end: int, subject: Subject) -> list[tuple[int, int]]:
    spans = [match.span(match.lastgroup or 0) for match in _QUOTED.finditer(text, start, end)]
    inside = [len(words(text, *span)) for span in spans]
    around = len(words(text, start, end)) - sum(inside)
    if not spans or max(inside) < _MIN_QUOTED:
        return []
    outside = _outside(text, spans, start, end)
    return spans if around == 0 or _is_occasion(outside, subject) or _gives_words_to_somebody(outside) else []


_SAYS = r"\b(?:said|says|told|wrote|writes|asked|put it|according to)\b|说|表示|指出|认为|写道"
_SOMEBODY = r"\b(?:[Hh]e|[Ss]he|[A-Z][a-z]+ [A-Z][a-z]+|[Tt]he (?:\w+ )?(?:\w+(?:ist|er|or|ian)|speaker))\b|[他她]"
# These say that nobody, or whoever speaks, says it: then what stands outside the marks belongs to the claim.
_NO_FRAME = r"\b(?:I|we|you|they|people|nobody|everybody|never|not|no|\w+n[’']t|my|our|me|us)\b"


def _gives_words_to_somebody(told: str) -> bool:
    return (
        re.search(_SAYS, told) is not None
        and re.search(_SOMEBODY, told) is not None
        and re.search(_NO_FRAME, told, re.IGNORECASE) is None
    )


def _outside(text: str, spans: list[tuple[int, int]], start: int, end: int) -> str:
    borders = [start, *(border for span in spans for border in span), end]
    parts = [text[borders[i] : borders[i + 1]] for i in range(0, len(borders), 2)]
    return " ".join(part.strip(" \n,.;:：，。“”\"'‘’「」『』«»—–->*_") for part in parts).strip()


def _is_occasion(told: str, subject: Subject) -> bool:
    return len(told.split()) <= 25 and (subject.is_mentioned(told) or _YEAR.search(told) is not None)


def _cjk(found: tuple[Word, ...]) -> bool:
    return sum("\u3040" <= word.key[0] <= "\u9fff" for word in found) * 2 > len(found)
