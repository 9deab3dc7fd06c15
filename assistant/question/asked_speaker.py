"""Whose words a question asks for, the subject's or another person's; the latter is refused."""

import re
from functools import cache
from pathlib import Path

from knowledge.metadata.catalogue import other_people
from knowledge.model.subject import Subject
from knowledge.model.word_rules import RuleFile

ASKED = RuleFile(Path(__file__).with_suffix(".yaml"))


def asks_another(question: str, subject: Subject) -> bool:
    """Whether a question wants somebody else's words; what the subject said *about* them is not that.

    >>> ada = Subject(name="Ada Lovelace", aliases=("Ada",))
    >>> asks_another("What did Charles Babbage say about Ada?", ada)
    True
    >>> asks_another("What did Ada say about Charles Babbage?", ada)
    False
    """
    for pattern in _patterns():
        if speaking := pattern.search(question):
            asked_before_topic = ASKED.pattern("topic_begins").split(question, maxsplit=1)[0]
            is_his = subject.is_mentioned(speaking.group()) or subject.is_mentioned(asked_before_topic)
            return not (is_his or ASKED.pattern("him").search(question, 0, speaking.start()))
    return False


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = [name for person in other_people() for name in person.names]
    latin = "|".join(re.escape(name) for name in names if re.search("[A-Za-z]", name))
    chinese = "|".join(re.escape(name) for name in names if not re.search("[A-Za-z]", name))
    opines, says = (ASKED.pattern(name).pattern for name in ("opines", "says"))
    return (
        ASKED.pattern("wants_them", names=f"(?i:{latin})", speaks=opines),
        ASKED.pattern("wants_them", names=ASKED.pattern("full_name").pattern, speaks=says),
        ASKED.pattern("chinese_wants_them", names=chinese),
    )
