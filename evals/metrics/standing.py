"""Where the words that a system shows come from: how many stand in a source, are his, and are evidence.

Works for any text, prose as well as quotes: a word stands in a source when it lies in a run of at least five words of
the text, or in a whole shorter text, that stands there in this order. Spaces and punctuation are not compared.
Source: extractive fragments and coverage after Grusky et al., Newsroom, NAACL 2018, section 4.1.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from evals.metrics.ranking import Word, words_in

RUN = 5


class Standing(NamedTuple):
    """Words shown, and how many of them stand in a source, in his words there, and inside gold evidence."""

    words: int
    in_source: int
    his: int
    in_evidence: int


class Wording:
    """The words of some sources, ready to be searched for runs.

    >>> wording = Wording({"a": "So it works. Nobody knows why it works so well."})
    >>> [[sorted(place) for place in places] for places in wording.runs("They say it works so well.")]
    []
    >>> [sorted(word for _, word in place) for (place,) in wording.runs("They know why it works so well.")]
    [[26, 30, 33, 39, 42]]
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._words = {name: list(words_in(text)) for name, text in sources.items()}
        self._starts: dict[int, Mapping[tuple[str, ...], list[tuple[str, int]]]] = {}

    def runs(self, text: str) -> Iterator[list[set[Word]]]:
        """Yield the longest runs of the text that stand in a source, first to last, each with every place it has."""
        words = [word for _, word in words_in(text)]
        size = min(RUN, len(words))
        at = 0
        while size and at + size <= len(words):
            starts = self._of_length(size).get(tuple(words[at : at + size]), ())
            found = [self._run(words[at:], name, place) for name, place in starts]
            longest = max(map(len, found), default=0)
            if found:
                yield [run for run in found if len(run) == longest]
            at += longest or 1

    def _run(self, words: Sequence[str], name: str, place: int) -> set[Word]:
        held = self._words[name][place : place + len(words)]
        same = next(
            (n for n, (word, (_, there)) in enumerate(zip(words, held, strict=False)) if word != there), len(held)
        )
        return {(name, offset) for offset, _ in held[:same]}

    def _of_length(self, size: int) -> Mapping[tuple[str, ...], list[tuple[str, int]]]:
        if size not in self._starts:
            found = defaultdict(list)
            for name, words in self._words.items():
                for place in range(len(words) - size + 1):
                    found[tuple(word for _, word in words[place : place + size])].append((name, place))
            self._starts[size] = found
        return self._starts[size]


def standing(texts: Sequence[str], wording: Wording, *, his: set[Word], gold: set[Word]) -> Standing:
    """Return where the words of some texts stand; a run that stands in several places counts at the best.

    Args:
        texts: what is shown: sentences or quotes, each searched for by itself.
        wording: the sources.
        his: places of the words known to be his.
        gold: places of the words of the evidence.

    >>> wording = Wording({"a": "So it works. Nobody knows why it works so well."})
    >>> standing(["It works so well.", "it works so well"], wording, his={("a", 33)}, gold=set())
    Standing(words=8, in_source=4, his=1, in_evidence=0)
    """
    found = [
        max(places, key=lambda run: (len(run & gold), len(run & his))) for t in texts for places in wording.runs(t)
    ]
    return Standing(
        words=sum(1 for text in texts for _ in words_in(text)),
        in_source=sum(len(run) for run in found),
        his=sum(len(run & his) for run in found),
        in_evidence=sum(len(run & gold) for run in found),
    )
