"""Verdicts on claims whose words stand nowhere: near his words, near somebody else's, or in no text we hold."""

from assistant.checking.claim_case import Case
from assistant.checking.results import Check, Place, Verdict
from knowledge.search.wordmap import Voice

_NEAR = 0.6  # least share of agreeing words at which a claim is near his words
_SHOWN_FROM = 0.3  # least share at which words are worth showing as the nearest
_SHOWN = 3
_ALMOST = 0.9  # share from which other people's words are recognised with a slip


def altered(case: Case) -> Check | None:
    """Near his words; or nearer to somebody else's, with hardly a word changed."""
    his = case.nearly_his[0] if case.nearly_his else None
    others = case.evidence.near(0, case.size, (Voice.OTHER,))
    other = others[0] if others else None
    if other and other.share >= _ALMOST and (his is None or his.cost > 2 * other.cost + 2):
        return case.verdict(Verdict.OTHER_SPEAKER, case.places([other]), nearest=_nearest(case))
    if his is None or his.share < _NEAR:
        return None
    best = [spot for spot in case.nearly_his if spot.cost == his.cost]
    places = case.places(best)
    return case.verdict(Verdict.ALTERED, places, nearest=_strangers(case)) if places else None


def not_found(case: Case) -> Check:
    """In no text we hold as his; shows what comes nearest."""
    return case.verdict(Verdict.NOT_FOUND, (), nearest=(*_strangers(case), *_nearest(case)))


def _nearest(case: Case) -> tuple[Place, ...]:
    spots = [spot for spot in case.nearly_his if spot.share >= _SHOWN_FROM][:_SHOWN]
    return tuple(place for place in map(case.place, spots) if place)


def _strangers(case: Case) -> tuple[Place, ...]:
    """Return where the same words stand in texts whose speaker is not known, or only inferred."""
    known = {*case.his, Voice.HIS_TRANSLATED, Voice.OTHER}
    return tuple(case.places(spot for spot in case.whole if spot.voice not in known)[:_SHOWN])
