"""Known questions: what is asked in the words of a question of the quotation book is answered by its quotation.

Vectors read a question for what it is about; whether it is the same question, its letters tell better.
"""

import re
from collections.abc import Sequence

from assistant.question.questions import about
from knowledge.model.subject import Subject
from knowledge.text.chinese import is_chinese

_ALIKE = 0.82
"""Below this share of common letters two questions are different ones."""
_SHORT = 12
_SHORT_ALIKE = 0.92
"""The same for a topic of few letters, where one letter may make another word."""
_MOST = 5
_MARKS = re.compile(r"[^\w\s]|_")


class KnownQuestions:
    """The questions that passages are known to answer.

    Args:
        known: the numbers of passages with questions that they answer.
        subject: the person we quote, who may be named or not.
    """

    def __init__(self, known: Sequence[tuple[int, str]], subject: Subject) -> None:
        self._subject = subject
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


def _bare(question: str, subject: Subject) -> str:
    """Return a question without marks, case, and who is asked about."""
    named = subject.without_names(question, "他" if is_chinese(question) else "he")
    return " ".join(_MARKS.sub(" ", about(named)).lower().split())
