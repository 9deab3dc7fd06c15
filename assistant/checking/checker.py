"""The checker: from a claim and the places of its words to one verdict; also for words that stand nowhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers import Coverage
from assistant.checking import joined_claims, whole_claims
from assistant.checking.claim import read_claim
from assistant.checking.claim_case import Case
from assistant.checking.results import Check, Place, Verdict
from knowledge.model.subject import Subject
from knowledge.search.wordmap import Shingles, Voice

# Verdicts on claims whose words stand nowhere: near his words, near somebody else's, or in no text we hold.
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


# Asked in this order; the first that has something to say decides.
_STEPS: Sequence[Callable[[Case], Check | None]] = (
    whole_claims.exact,
    whole_claims.translation,
    whole_claims.known_misquotation,
    whole_claims.other_speaker,
    joined_claims.abridged,
    joined_claims.crossing,
    joined_claims.sentences_apart,
    joined_claims.spliced,
    altered,
)


@dataclass(frozen=True)
class Checker:
    """Checks claims against every text of a library.

    Args:
        shingles: finds words; made to agree with its library before every check.
        subject: whose words are claimed.
        coverage: tells what is searched.
        admit_inferred: whether turns whose speaker is only inferred count as his.
    """

    shingles: Shingles
    subject: Subject
    coverage: Callable[[], Coverage] = lambda: Coverage(sources=0)
    admit_inferred: bool = False

    def check(self, text: str, *, occasion: str | None = None) -> Check:
        """Return the verdict on a quotation, with or without quotation marks, name and occasion around it.

        `occasion` is what is said elsewhere of when, where and by whom it was said; then all of `text` is the claim.

        Raises:
            ClaimRefused: no words, fewer than three, or more than 20,000 characters.
        """
        claim = read_claim(text, self.subject, occasion=occasion)
        case = Case(claim, self.shingles.current(), self.subject, self.admit_inferred)
        decided = (step(case) for step in _STEPS)
        found = next((check for check in decided if check), None) or not_found(case)
        return found.model_copy(update={"coverage": self.coverage()})
