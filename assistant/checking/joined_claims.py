"""Verdicts on claims made of pieces: honestly abridged, joined from several places, or over a change of speaker."""

from itertools import pairwise

import numpy as np

from assistant.checking.claim_case import Case
from assistant.checking.cuts import cut_caution
from assistant.checking.evidence import Spot
from assistant.checking.results import Check, Difference, Op, Place, Verdict
from knowledge.search.wordmap import Voice, hashed

_LEAST = 3  # words of his by which a claim over a change of speaker is his in part
_PIECE = 4  # words that a piece joined inside a sentence has at least
_PIECES = 3
_ANCHORS = 2_000  # places of an abridged quotation's longest piece around which the others are looked for
_MEAN_PIECE = 5  # words; shorter pieces can be found for any sentence in a large library
_SLIP = 3  # words dropped or changed that make an altered quotation, not a joined one
_NEAR = 0.7
_ACCOUNTED = 0.5


def abridged(case: Case) -> Check | None:
    """Pieces between ellipses, in the right order inside one turn: exact, unless what was cut turns the meaning."""
    pieces = case.claim.pieces
    if len(pieces) < 2 or min(last - first for first, last in pieces) < 2:
        return None
    longest = max(range(len(pieces)), key=lambda i: pieces[i][1] - pieces[i][0])
    if pieces[longest][1] - pieces[longest][0] < _LEAST:
        return None
    rejected: Check | None = None
    for anchor in case.evidence.whole(*pieces[longest], limit=_ANCHORS):
        spots = _in_order(case, pieces, longest, anchor) if anchor.voice in case.his else None
        places = [place for place in map(case.place, spots or []) if place]
        if len(places) < len(pieces):
            continue
        if any(place.difference for place in places):
            rejected = rejected or case.verdict(Verdict.ALTERED, places)
            continue
        cautions = [cut_caution(one.source, one.end, other.start) for one, other in pairwise(places)]
        reversing = tuple(caution for caution in cautions if caution)
        if not reversing:
            return case.verdict(Verdict.EXACT, places, abridged=True)
        rejected = rejected or case.verdict(Verdict.STITCHED, places, warnings=reversing)
    return rejected


def crossing(case: Case) -> Check | None:
    """Words that run over from one speaker to the next, or from one quotation to the next."""
    known = {*case.his, Voice.OTHER, Voice.HIS_TRANSLATED}
    for spots in case.evidence.crossing():
        if not {spot.voice for spot in spots} <= known:
            continue
        places = [place for place in map(case.place, spots) if place]
        his = sum(spot.last - spot.first for spot in spots if spot.voice is not Voice.OTHER)
        others = [place for place, spot in zip(places, spots, strict=False) if spot.voice is Voice.OTHER]
        if his >= _LEAST or not others:
            return case.verdict(Verdict.STITCHED, places)
        return case.verdict(Verdict.OTHER_SPEAKER, others)
    return None


def sentences_apart(case: Case) -> Check | None:
    """Whole sentences that do not stand together: his from several places, or his and somebody else's."""
    parts = case.claim.parts
    if len(parts) < 2 or _a_slip(case):
        return None
    spots = _together(case, [_best(case, first, last) for first, last in parts])
    found = [(part, spot) for part, spot in zip(parts, spots, strict=True) if spot]
    his = [spot for _, spot in found if spot.voice is not Voice.OTHER]
    if not his or sum(last - first for (first, last), _ in found) < case.size * _ACCOUNTED:
        whole = len(found) == len(parts)
        return case.verdict(Verdict.OTHER_SPEAKER, case.places(s for _, s in found)) if whole else None
    places = [place for place in (case.place(spot) for _, spot in found) if place]
    if len(found) == len(parts) and not any(place.difference for place in places):
        return case.verdict(Verdict.STITCHED, places)
    added = [part for part, spot in zip(parts, spots, strict=True) if not spot]
    return case.verdict(Verdict.ALTERED, [*places[:-1], _with_added(case, places[-1], added)])


def spliced(case: Case) -> Check | None:
    """Pieces of his sentences joined inside a sentence."""
    if _a_slip(case):
        return None
    spots: list[Spot] = []
    at = 0
    while at < case.size:
        spot = case.evidence.longest(at, Voice.HIS)
        if spot is None or spot.last - spot.first < _PIECE or len(spots) == _PIECES:
            return None
        skip = at - spot.first
        spots.append(Spot(at, spot.last, spot.start + skip, spot.end, spot.voice))
        at = spot.last
    if len(spots) < 2 or case.size < _MEAN_PIECE * len(spots):
        return None
    return case.verdict(Verdict.STITCHED, [place for place in map(case.place, spots) if place])


def _a_slip(case: Case) -> bool:
    """Whether one place explains the claim by a few changed words."""
    near = case.nearly_his
    return bool(near) and near[0].cost <= max(min(_SLIP, case.size // 4), case.size // 10)


def _in_order(case: Case, pieces: list[tuple[int, int]], longest: int, anchor: Spot) -> list[Spot] | None:
    """Find the other pieces before and after the longest one in its turn, each as near as possible."""
    low, high = case.word_map.span(case.evidence.stretch(anchor))
    spots = {longest: anchor}
    start = anchor.end
    for number in range(longest + 1, len(pieces)):
        found = _occurrences(case, pieces[number], start, high)
        if not found:
            return None
        spots[number] = Spot(*pieces[number], found[0], found[0] + _length(pieces[number]), anchor.voice)
        start = spots[number].end
    end = anchor.start
    for number in range(longest - 1, -1, -1):
        found = _occurrences(case, pieces[number], low, end)
        if not found:
            return None
        spots[number] = Spot(*pieces[number], found[-1], found[-1] + _length(pieces[number]), anchor.voice)
        end = spots[number].start
    return [spots[number] for number in range(len(pieces))]


def _occurrences(case: Case, piece: tuple[int, int], low: int, high: int) -> list[int]:
    wanted = hashed(case.claim.keys[slice(*piece)])
    if high - low < len(wanted):
        return []
    windows = np.lib.stride_tricks.sliding_window_view(case.word_map.hashes(low, high), len(wanted))
    return [low + int(at) for at in np.flatnonzero((windows == wanted).all(axis=1))]


def _length(piece: tuple[int, int]) -> int:
    return piece[1] - piece[0]


def _best(case: Case, first: int, last: int) -> list[Spot]:
    """Return where one sentence of the claim stands: in his words, nearly so, or in somebody else's."""
    whole = case.evidence.whole(first, last)
    his = [spot for spot in whole if spot.voice in case.his]
    others = [spot for spot in whole if spot.voice is Voice.OTHER]
    if his or others:
        return his or others
    near = case.evidence.near(first, last, case.his)
    return [spot for spot in near[:1] if spot.share >= _NEAR]


def _together(case: Case, choices: list[list[Spot]]) -> list[Spot | None]:
    """Choose for every sentence a spot in the text that holds most of them, where there is one."""
    texts = [{case.evidence.edition(spot) for spot in spots} for spots in choices]
    count: dict[int, int] = {}
    for held in texts:
        for text in held:
            count[text] = count.get(text, 0) + 1
    return [
        max(spots, key=lambda spot: (count[case.evidence.edition(spot)], -spot.cost, -spot.start)) if spots else None
        for spots in choices
    ]


def _with_added(case: Case, place: Place, added: list[tuple[int, int]]) -> Place:
    more = []
    for first, last in added:
        span = case.claim.span(first, last)
        more.append(
            Difference(
                op=Op.INSERT,
                said="",
                claimed=case.claim.text[span.start : span.end],
                said_start=place.end,
                said_end=place.end,
                claimed_start=span.start,
                claimed_end=span.end,
            )
        )
    return place.model_copy(update={"difference": (*place.difference, *more)})
