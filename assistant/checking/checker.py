"""Did he say this? From a claim and the places of its words to one verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers import Coverage
from assistant.checking import joined_claims, nearly, whole_claims
from assistant.checking.claim import read_claim
from assistant.checking.claim_case import Case
from assistant.checking.results import Check
from knowledge.model.subject import Subject
from knowledge.search.wordmap import Shingles

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
    nearly.altered,
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
        found = next((check for check in decided if check), None) or nearly.not_found(case)
        return found.model_copy(update={"coverage": self.coverage()})
