"""Verdicts on claims whose words stand together somewhere: his, rendered, misprinted, or somebody else's."""

from assistant.checking.claim_alignment import best_fits, differences
from assistant.checking.claim_case import Case
from assistant.checking.cuts import read_around
from assistant.checking.evidence import Spot
from assistant.checking.results import Caution, Check, Difference, Kind, Op, Place, Verdict
from knowledge.model.provenance import Provenance
from knowledge.model.source import Misquotation, Source
from knowledge.search.wordmap import Voice, hashed
from knowledge.text.sentences import Span
from knowledge.text.words import words

_TRIED = 12  # near spots tried for a difference in spacing only


def exact(case: Case) -> Check | None:
    """His words in their order; `altered` when the cut silently drops a hedge that stands right beside them."""
    places = _same(case, case.his, case.nearly_his) or _over_turns(case)
    if not places:
        return None
    hedges = [_dropped_hedge(case, place) for place in places]
    fair = [place for place, hedge in zip(places, hedges, strict=True) if hedge is None]
    if fair:
        beside = [_with_hedge_caution(place, hedge) for place, hedge in zip(places, hedges, strict=True) if hedge]
        return case.verdict(Verdict.EXACT, [*fair, *beside])
    return case.verdict(Verdict.ALTERED, [_with_hedge(case, p, h) for p, h in zip(places, hedges, strict=True) if h])


def translation(case: Case) -> Check | None:
    """His words in another language than he spoke, as a rendering we hold has them."""
    places = _same(case, (Voice.HIS_TRANSLATED,), case.nearly_his)
    return case.verdict(Verdict.TRANSLATION, places) if places else None


def known_misquotation(case: Case) -> Check | None:
    """A printed form that the quotation book lists, or a part of one; at most one word in ten may differ."""
    found: list[tuple[int, Place, str]] = []
    listed = case.word_map.misquoted
    fits = best_fits(hashed(case.claim.keys), [written for _, _, written in listed])
    for (source, printed, _), fit in zip(listed, fits, strict=True):
        if fit.cost <= case.size // 10 and not (case.nearly_his and case.nearly_his[0].cost < fit.cost):
            found.append((fit.cost, _what_he_said(case, source, printed), printed.where))
    if not found:
        return None
    found.sort(key=lambda row: row[0])
    places = [place for cost, place, _ in found if cost == found[0][0]]
    return case.verdict(Verdict.KNOWN_MISQUOTATION, places, printed=found[0][2])


def other_speaker(case: Case) -> Check | None:
    """Somebody else's words, verbatim."""
    places = _same(case, (Voice.OTHER,), None)
    return case.verdict(Verdict.OTHER_SPEAKER, places) if places else None


def _same(case: Case, voices: tuple[Voice, ...], near: list[Spot] | None) -> list[Place]:
    """Return the places of the same words in these voices; where there are none, those that differ in spacing."""
    found = case.places(spot for spot in case.whole if spot.voice in voices)
    places = [place for place in found if not place.difference]
    if places:
        return places
    tried = case.evidence.near(0, case.size, voices) if near is None else near
    within = max(case.size // 3, 2)  # a broken word costs two
    joined = [spot for spot in tried if spot.voice in voices and spot.cost <= within][:_TRIED]
    return [place for place in case.places(joined) if not place.difference]


def _over_turns(case: Case) -> list[Place]:
    """Return his words that a transcript breaks into turns with nobody else between, one place for each turn."""
    for pieces in case.evidence.crossing():
        places = [case.place(piece) for piece in pieces]
        shown = [place for place in places if place]
        plain = not any(place.difference for place in shown)
        if plain and len(shown) == len(pieces) and all(piece.voice in case.his for piece in pieces) and _go_on(shown):
            return shown
    return []


def _go_on(places: list[Place]) -> bool:
    turns = [place.turn for place in places]
    return all(turn and turn.provenance is Provenance.TRANSCRIPT and turn.question is None for turn in turns)


def _dropped_hedge(case: Case, place: Place) -> Span | None:
    hedge = read_around(place.source, place.start, place.end).dropped_hedge
    if hedge is None:
        return None
    marked = 0 if hedge.start < place.start else case.size
    return None if marked in case.claim.cuts else hedge


def _with_hedge_caution(place: Place, hedge: Span) -> Place:
    said = place.source.text[hedge.start : hedge.end]
    caution = Caution(kind=Kind.HEDGE, message=f"Here he adds “{said}”.", start=hedge.start, end=hedge.end)
    return place.model_copy(update={"warnings": (*place.warnings, caution)})


def _with_hedge(case: Case, place: Place, hedge: Span) -> Place:
    in_front = hedge.start < place.start
    at = case.claim.words[0].start if in_front else case.claim.words[-1].end
    dropped = Difference(
        op=Op.DELETE,
        said=place.source.text[hedge.start : hedge.end],
        claimed="",
        said_start=hedge.start,
        said_end=hedge.end,
        claimed_start=at,
        claimed_end=at,
    )
    span = {"start": min(hedge.start, place.start), "end": max(hedge.end, place.end)}
    return place.model_copy(update={**span, "difference": (dropped,)})


def _what_he_said(case: Case, source: Source, printed: Misquotation) -> Place:
    said = words(source.text, printed.start, printed.end)
    different = differences(said, source.text, case.claim.words, case.claim.text)
    span = case.claim.span(0, case.size)
    return Place(source=source, start=printed.start, end=printed.end, claimed=span, difference=tuple(different))
