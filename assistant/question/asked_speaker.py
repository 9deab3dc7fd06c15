"""Whose words a question asks for, the subject's or another person's; the latter is refused."""

import re
from functools import cache

from knowledge.metadata.catalogue import other_people
from knowledge.model.subject import Subject

_SAYS = (
    r"(?:say|said|says|think|thinks|thought|believe|believes|believed|argue|argues|argued|claim|claims|claimed|predict|"
    r"predicts|predicted|write|writes|wrote|tell|told|explain|explains|explained|describe|describes|described|define|"
    r"defined|respond|responded|reply|replied|react|reacted|announce|announced|warn|warns|warned|criticize|criticized|"
    r"criticise|criticised|defend|defended|recommend|recommended|advise|advised|comment|commented|tweet|tweeted)"
)
_OPINE = (
    rf"(?:{_SAYS}|teach|teaches|taught|expect|expects|expected|see|sees|feel|feels|want|wants|mean|mention|mentioned|"
    r"suggest|suggested|discuss|discussed|propose|proposed|talk|talks|talked|speak|spoke|rate|rates|judge|view|regard)"
)
_VIEWS = (
    r"(?:views?|opinions?|take|thoughts|stance|position|predictions?|arguments?|advice|answers?|statements?|remarks|"
    r"comments|reaction|beliefs|quotes?)"
)
_CHINESE_OPINE = (
    r"\s*(?:本人|自己|曾经?|最近|在.{1,12})?\s*(?:是?(?:怎么|如何|怎样)|对.{1,20}(?:怎么|如何|怎样|有什么|有何|说|的?(?:看法|观点|意见|评价))"
    r"|认为|觉得|说|谈|讲|写|表示|指出|预测|警告|批评|主张|相信|回应|解释|的(?:看法|观点|意见|预测|立场|建议))"
)
_ANY_FULL_NAME = r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+"
_HE = re.compile(r"\b(?:he|him|his)\b|他", re.IGNORECASE)


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
            is_his = subject.is_mentioned(speaking.group()) or subject.is_mentioned(asked_before_topic)
            return not (is_his or _HE.search(question, 0, speaking.start()))
    return False


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = [name for person in other_people() for name in person.names]
    latin = "|".join(re.escape(name) for name in names if re.search("[A-Za-z]", name))
    chinese = "|".join(re.escape(name) for name in names if not re.search("[A-Za-z]", name))
    return (
        _english(rf"(?i:{latin})", _OPINE),
        _english(_ANY_FULL_NAME, _SAYS),
        re.compile(rf"(?:{chinese}){_CHINESE_OPINE}"),
    )


def _english(name: str, speaks: str) -> re.Pattern[str]:
    often = r"(?:(?:ever|really|actually|himself|herself|currently|publicly)\s+)?"
    return re.compile(
        rf"\b(?i:do|does|did|has|have|had|would|will|what|how|why|whether|when)\s+(?:{name})\s+{often}{speaks}\b"
        rf"|^\W*(?:{name})\s+(?:{often}{speaks}|on|about)\b"
        rf"|\b(?:{name})(?:'s|’s)\s+(?:own\s+)?(?:\w+\s+)?{_VIEWS}\b"
        rf"|\b{_VIEWS}\s+(?:of|by|from)\s+(?:{name})\b"
        rf"|\b(?i:according to|said by|written by)\s+(?:{name})\b"
    )
