"""The checker: from a claim and the places of its words to one verdict; also for words that stand nowhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rapidfuzz.distance import Levenshtein

from assistant.answers import Coverage
from assistant.checking import joined_claims, whole_claims
from assistant.checking.claim import Claim, read_claim
from assistant.checking.claim_case import Case
from assistant.checking.edits import edits, full, tokens_of
from assistant.checking.evidence import Spot
from assistant.checking.marks import Side, unsaid
from assistant.checking.results import Check, Place, Verdict
from knowledge.model.subject import Subject
from knowledge.model.turns import Role
from knowledge.search.wordmap import Shingles, Voice
from knowledge.text.words import words

# Verdicts on claims whose words stand nowhere: lightly edited, near his words, near others', or in no text we hold.
_NEAR = 0.6  # least share of agreeing words at which a claim is near his words
_TELLING = 0.6  # least share of its telling words that agree
_SHOWN_FROM = 0.5  # least share at which words are worth showing as the nearest
_SHOWN = 3
_ALMOST = 0.9  # share from which other people's words are recognised with a slip
_TELLING_WORDS = 3  # telling words that must agree where much else differs
_TRIED = 8  # near spots that are compared word for word


def lightly_edited(case: Case) -> Check | None:
    """His words but for contractions, spelling, forms of numbers, fillers, repeats and an editor's brackets."""
    same = [spot for spot, place in _compared(case) if _only_edited(case, place)]
    return case.verdict(Verdict.LIGHTLY_EDITED, case.places(same)) if same else None


def altered(case: Case) -> Check | None:
    """Near his words; or nearer to somebody else's, with hardly a word changed."""
    his = case.nearly_his[0] if case.nearly_his else None
    others = case.evidence.near(0, case.size, (Voice.OTHER,))
    other = others[0] if others else None
    if other and other.share >= _ALMOST and (his is None or his.cost > 2 * other.cost + 2):
        return case.verdict(Verdict.OTHER_SPEAKER, case.places([other]), nearest=_nearest(case))
    near = [(_share(case, place), spot) for spot, place in _compared(case) if _is_near(case, place)]
    if not near:
        return None
    best = max(share for share, _ in near)
    places = case.places(spot for share, spot in near if share == best)
    return case.verdict(Verdict.ALTERED, places, nearest=_strangers(case))


def not_found(case: Case) -> Check:
    """In no text we hold as his; shows where else the words stand, and what comes nearest where anything is near."""
    return case.verdict(Verdict.NOT_FOUND, (), nearest=(*_strangers(case), *_nearest(case)))


def _compared(case: Case) -> list[tuple[Spot, Place]]:
    """Return the nearest spots of his with their words, without what stands around them: that takes time to read."""
    near = ((spot, case.evidence.place(spot)) for spot in case.nearly_his[:_TRIED])
    return [(spot, place) for spot, place in near if place and place.role is Role.SUBJECT]


def _only_edited(case: Case, place: Place) -> bool:
    if not place.difference or any(one.edit is None for one in place.difference):
        return False
    claimed = case.claim.side(0, case.size)
    said = words(place.source.text, place.start, place.end)
    turn_end = place.turn.end if place.turn else place.end
    marked = unsaid(Side(place.source.text, said, place.start, place.end, turn_end), claimed)
    known = {(one.claimed_start, one.claimed_end) for one in place.difference}
    return all((one.claimed_start, one.claimed_end) in known for one in marked)


def _share(case: Case, place: Place) -> float:
    """Return how much of the claim and of what was said agree, contractions and numbers in one form."""
    said, claimed = _in_full(case, place)
    return 1 - Levenshtein.distance(said, claimed) / max(len(said), len(claimed), 1)


def _is_near(case: Case, place: Place) -> bool:
    """Whether enough agrees, and enough of what is telling: "I have a … today" is common speech, not his words."""
    if _share(case, place) < _NEAR:
        return False
    said, claimed = _in_full(case, place)
    common = edits().common | edits().carriers
    agreeing = _agreeing(said, claimed)
    told = [[word for word in side if word not in common and not word[:1].isdecimal()] for side in (said, claimed)]
    shares = [sum(word in agreeing for word in telling) / len(telling) for telling in told if telling]
    if shares:  # words put in make the claim's share small, words left out that of what was said
        return max(shares) >= _TELLING
    return all(
        _carries((*said[one.src_start : one.src_end], *claimed[one.dest_start : one.dest_end]))
        for one in Levenshtein.opcodes(said, claimed)
        if one.tag != "equal"
    )


def _carries(differing: tuple[str, ...]) -> bool:
    """Whether words that differ are such as carry meaning wherever they stand, with common words beside: "at all"."""
    carriers = [word in edits().carriers or word[:1].isdecimal() for word in differing]
    return any(carriers) and all(
        carries or word in edits().common for word, carries in zip(differing, carriers, strict=True)
    )


def _in_full(case: Case, place: Place) -> tuple[tuple[str, ...], tuple[str, ...]]:
    claim = case.claim.shown[case.claim.words[0].start : case.claim.words[-1].end]
    return full(tokens_of(place.text)), full(tokens_of(claim))


def _agreeing(said: tuple[str, ...], claimed: tuple[str, ...]) -> set[str]:
    blocks = (one for one in Levenshtein.opcodes(said, claimed) if one.tag == "equal")
    return {word for one in blocks for word in claimed[one.dest_start : one.dest_end]}


def _nearest(case: Case) -> tuple[Place, ...]:
    spots = [spot for spot in case.nearly_his if spot.share >= _SHOWN_FROM]
    bare = ((spot, case.evidence.place(spot)) for spot in spots)
    worth = [spot for spot, place in bare if place and _is_worth_showing(case, place)][:_SHOWN]
    return tuple(place for place in map(case.place, worth) if place)


def _is_worth_showing(case: Case, place: Place) -> bool:
    said, claimed = _in_full(case, place)
    common = edits().common | edits().carriers
    telling = {word for word in claimed if word not in common}
    agreed = len(_agreeing(said, claimed) & telling)
    if agreed < _TELLING_WORDS and _share(case, place) < _NEAR:
        return False  # "the meaning of life" stands in anybody's talk
    return agreed * 2 >= max(len(telling), 1)


def _strangers(case: Case) -> tuple[Place, ...]:
    """Return where the same words stand in texts whose speaker is not known, or only inferred: press items first."""
    known = {*case.his, Voice.HIS_TRANSLATED, Voice.OTHER}
    spots: list[Spot] = [spot for spot in case.whole if spot.voice not in known]
    if not spots:
        near = case.evidence.near(0, case.size, (Voice.UNKNOWN,))
        spots = [spot for spot in near if spot.share >= _ALMOST]
    return tuple(sorted(case.places(spots), key=lambda place: place.source.provenance.quotable)[:_SHOWN])


_OUTSIDE = 2  # words around quotation marks that stand beside them in a source too, and so belong to the claim
# Asked in this order; the first that has something to say decides.
_STEPS: Sequence[Callable[[Case], Check | None]] = (
    whole_claims.exact,
    whole_claims.translation,
    whole_claims.known_misquotation,
    whole_claims.other_speaker,
    lightly_edited,
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
        case = self._case(claim)
        decided = (step(case) for step in _STEPS)
        found = next((check for check in decided if check), None) or not_found(case)
        today = datetime.now(UTC).date().isoformat()
        return found.model_copy(update={"coverage": self.coverage(), "checked_on": today})

    def _case(self, claim: Claim) -> Case:
        """Return the claim to judge: what stands between its quotation marks, or all of it where that is his too.

        "It is nice to say, “We insulate it”" may be one sentence of his; judged by the inner words alone, whatever
        was changed around them would pass.
        """
        word_map = self.shingles.current()
        framed = Case(claim, word_map, self.subject, self.admit_inferred)
        if claim.whole is None:
            return framed
        whole = Case(claim.whole, word_map, self.subject, self.admit_inferred)
        near = whole.nearly_his[0] if whole.nearly_his else None
        outside = whole.size - framed.size
        matched = outside - near.cost if near else 0
        return whole if matched >= max(_OUTSIDE, (outside + 1) // 2) else framed
