"""Whose words a question asks for, the subject's or another person's; the latter is refused."""

import re
from collections.abc import Iterator
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
    for pattern in _patterns(question):
        if speaking := pattern.search(question):
            asked_before_topic = ASKED.pattern("topic_begins").split(question, maxsplit=1)[0]
            is_his = subject.is_mentioned(speaking.group()) or subject.is_mentioned(asked_before_topic)
            return not (is_his or ASKED.pattern("him").search(question, 0, speaking.start()))
    return False


def _patterns(question: str) -> Iterator[re.Pattern[str]]:
    """Yield what may find another person's words asked for; what cannot, for want of a name, is not even compiled."""
    latin, chinese = _other_names()
    lowered = question.lower()
    if any(name.lower() in lowered for name in latin):
        yield _of_known(latin)
    if ASKED.pattern("full_name").search(question):
        yield _of_anybody()
    if any(name in question for name in chinese):
        yield _of_chinese(chinese)


@cache
def _other_names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = [name for person in other_people() for name in person.names]
    latin = tuple(name for name in names if re.search("[A-Za-z]", name))
    return latin, tuple(name for name in names if name not in latin)


@cache
def _of_known(names: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(map(re.escape, names))
    return ASKED.pattern("wants_them", names=f"(?i:{known})", speaks=ASKED.pattern("opines").pattern)


@cache
def _of_anybody() -> re.Pattern[str]:
    full_name, says = (ASKED.pattern(name).pattern for name in ("full_name", "says"))
    return ASKED.pattern("wants_them", names=full_name, speaks=says)


@cache
def _of_chinese(names: tuple[str, ...]) -> re.Pattern[str]:
    return ASKED.pattern("chinese_wants_them", names="|".join(map(re.escape, names)))
