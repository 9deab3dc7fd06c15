"""Telling whose words a question wants: his, or somebody else's."""

import re
from functools import cache

from knowledge.landmarks import other_people
from knowledge.subject import Subject

_OPINE = (
    r"(?:say|said|says|think|thinks|thought|believe|believes|argue|argued|claim|claimed|predict|predicted|write|"
    r"wrote|expect|expects|see|sees|feel|want|mean|mention|mentioned|suggest|suggested)"
)
_VIEWS = r"(?:views?|opinions?|take|thoughts|stance|position|predictions?|arguments?)"
_CHINESE_OPINE = r"\s*(?:是?(?:怎么|如何|怎样)|对.{1,20}(?:怎么|如何|有什么)|认为|觉得|说|预测|的(?:看法|观点|意见))"
_ANY_FULL_NAME = r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+"


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
            asked_before_topic = re.split(r"\b(?:about|of|on)\b|对", question, maxsplit=1)[0]
            return not (subject.is_mentioned(speaking.group()) or subject.is_mentioned(asked_before_topic))
    return False


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = [name for person in other_people() for name in person.names]
    latin = "|".join(re.escape(name) for name in names if re.search("[A-Za-z]", name))
    chinese = "|".join(re.escape(name) for name in names if not re.search("[A-Za-z]", name))
    return (
        _english(rf"(?i:{latin})"),
        _english(_ANY_FULL_NAME),
        re.compile(rf"(?:{chinese}){_CHINESE_OPINE}"),
    )


def _english(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?i:do|does|did|has|have|would|will)\s+(?:{name})\s+(?:ever\s+|really\s+)?{_OPINE}\b"
        rf"|^\W*(?:{name})\s+{_OPINE}\b"
        rf"|\b(?:{name})(?:'s|’s)\s+{_VIEWS}\b"
        rf"|\b{_VIEWS}\s+(?:of|by|from)\s+(?:{name})\b"
        rf"|\b(?i:according to)\s+(?:{name})\b"
    )
