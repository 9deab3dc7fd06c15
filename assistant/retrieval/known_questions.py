"""Known questions: what is asked in the words of a question of the quotation book is answered by its quotation.

Whether it is the same question, its letters tell best; where they differ, the vectors of both tell how near it is.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.question.questions import about
from knowledge.model.subject import Subject
from knowledge.search.scored_rows import Floats
from knowledge.text.chinese import is_chinese

_ALIKE = 0.82
"""Below this share of common letters two questions are different ones."""
_SHORT = 12
_SHORT_ALIKE = 0.92
"""The same for a topic of few letters, where one letter may make another word."""
_MOST = 5
_NEAR = 0.6
"""Below this cosine two questions ask for different things; of near misses nine in ten lie below .68."""
_NEARLY_SAME = 0.9
_BY_VECTOR = 0.49
"""What the likest vector counts: a question worded otherwise may be another one, which letters would tell."""
_FEW = 50
"""With fewer known questions it is not known what all have in common."""
_MARKS = re.compile(r"[^\w\s]|_")


class KnownQuestions:
    """The questions that passages are known to answer.

    Args:
        known: the numbers of passages with questions that they answer.
        subject: the person we quote, who may be named or not.
        vectors: of each question, zero where it has none, shape (questions, dimensions); None when there are none.
    """

    def __init__(
        self, known: Sequence[tuple[int, str]], subject: Subject, vectors: NDArray[np.floating] | None = None
    ) -> None:
        self._subject = subject
        held = np.zeros((len(known), 0), np.float32) if vectors is None else np.asarray(vectors, dtype=np.float32)
        self._with_vector = np.flatnonzero(held.any(axis=1))
        self._mean = held[self._with_vector].mean(axis=0) if len(self._with_vector) >= _FEW else None
        if self._mean is not None:
            self._vectors = _unit(held[self._with_vector] - self._mean)
        self._numbers = [number for number, _ in known]
        self._questions = [_bare(one, subject) for _, one in known]

    def like(self, question: str) -> dict[int, float]:
        """Return how like a question those are that passages are known to answer, by the passage's number.

        Only what is the same question: above 0, and 1 where it is letter by letter.

        >>> ada = Subject(name="Ada Lovelace", aliases=("Ada",))
        >>> known = KnownQuestions([(7, "Does she like all bees?"), (8, "Why do bees dance?")], ada)
        >>> known.like("Why do the bees dance").keys(), known.like("Why do fish swim?")
        (dict_keys([8]), {})
        """
        from rapidfuzz import fuzz, process

        asked = _bare(question, self._subject)
        least = _SHORT_ALIKE if len(asked) < _SHORT else _ALIKE
        found: dict[int, float] = {}
        likest = process.extract(asked, self._questions, scorer=fuzz.ratio, score_cutoff=100 * least, limit=_MOST)
        for _, alike, place in likest:
            number = self._numbers[place]
            found[number] = max(found.get(number, 0.0), (alike / 100 - least) / (1 - least))
        return found

    def near(self, vector: Floats) -> dict[int, float]:
        """Return how near the questions are that passages are known to answer, by the passage's number.

        Args:
            vector: of an English question.

        Returns:
            Only those that ask nearly the same: above 0, and at most `_BY_VECTOR`.
        """
        if self._mean is None:
            return {}
        cosines = self._vectors @ _unit(vector - self._mean)
        found: dict[int, float] = {}
        for place in np.argsort(-cosines)[:_MOST]:
            share = min((float(cosines[place]) - _NEAR) / (_NEARLY_SAME - _NEAR), 1.0)
            number = self._numbers[self._with_vector[place]]
            if share > 0:
                found[number] = max(found.get(number, 0.0), _BY_VECTOR * share)
        return found


def _bare(question: str, subject: Subject) -> str:
    """Return a question without marks, case, and who is asked about."""
    named = subject.without_names(question, "他" if is_chinese(question) else "he")
    return " ".join(_MARKS.sub(" ", about(named)).lower().split())


def _unit(vectors: Floats) -> Floats:
    found: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32(1e-9))
    return found
