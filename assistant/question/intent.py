"""What a question asks for beyond its topic: a time, an order, another person, or nothing that can be searched."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict

from assistant.answers import Reason
from assistant.question.asked_speaker import asks_another
from assistant.question.filters import Filters, Order
from assistant.question.named_occasions import named_occasion
from assistant.question.questions import is_open
from knowledge.library.store import SourceSummary
from knowledge.metadata.catalogue import events
from knowledge.model.subject import Subject
from knowledge.search.terms import in_english, terms, untranslated

_RECENT_YEARS = 2

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"((?:19|20)\d\d)"
_WHEN = rf"(?:({'|'.join(_MONTHS)})[a-z]*\.?\s+)?{_YEAR}"
_CHINESE_WHEN = rf"{_YEAR}\s*年(?:\s*(\d{{1,2}})\s*月)?"
_SPEECH = (
    r"(?:say|said|says|saying|think|thought|thinks|talk|talks|talked|speak|spoke|spoken|speech|mention|mentioned|tell|"
    r"told|claim|claimed|argue|argued|predict|predicted|write|wrote|believe|believed|views?|opinions?|interviews?|"
    r"remarks?|comments?|commented|announce|announced|statements?|keynote|lecture)"
)
_CHINESE_SPEECH = r"(?:说|谈|讲|看|认为|提到|表示|观点|采访|演讲|评价|评论|回应|宣布|透露|预测|发表|态度|立场|主张)"
_SPEAKS = re.compile(rf"\b{_SPEECH}\b|{_CHINESE_SPEECH}", re.IGNORECASE)
# A year restricts the search only where it dates the speaking: "what did he say in 2023", not "AI in 2030".
_SPEECH_DATED = re.compile(
    rf"\b{_SPEECH}\b.*\b(?:in|during|from|back in)\s+{_WHEN}\b|\b{_SPEECH}\b.*\bat\s+(?:\w+\s+){{1,3}}{_YEAR}\b",
    re.IGNORECASE,
)
_DATED_SPEECH = re.compile(rf"^\W*(?:in|during|back in)\s+{_WHEN}\b.*\b{_SPEECH}\b", re.IGNORECASE)
_CHINESE_DATED = re.compile(rf"[他她]\s*(?:曾?在|于|从)?\s*{_CHINESE_WHEN}|{_CHINESE_WHEN}[^会将要]{{0,12}}?[他她]")
_OF_THE_FUTURE = re.compile(r"\b(?:will|would|might|going to|could|can)\b|会|将", re.IGNORECASE)
_SINCE = re.compile(rf"\b(?:since|after)\s+{_WHEN}\b|{_CHINESE_WHEN}\s*(?:以后|以来|之后)", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:before|until|prior to)\s+{_WHEN}\b|{_CHINESE_WHEN}\s*(?:以前|之前)", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bbetween\s+{_YEAR}\s+and\s+{_YEAR}\b", re.IGNORECASE)
_RECENT = re.compile(
    r"\b(?:recently|lately|most recent|latest (?:view|thinking|interview|talk)s?)\b|最近|近来|最新", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(?:how (?:did|has|have)\b.*\b(?:change|changed|evolve|evolved|develop|developed)\b|over the years|over time|"
    r"chronolog\w+|timeline of)|(?:看法|观点|想法|立场).*(?:变化|演变|转变|改变)|按时间|历年",
    re.IGNORECASE,
)
_CHANGING = re.compile(
    r"\b(?:views?|opinions?|thinking|thoughts|position|stance|mind)\s+(?:of|on|about)\s+(.+?)"
    r"(?:\s+(?:change|changed|evolve|evolved|develop|developed)\b|\s+over\b|\W*$)"
    r"|对(.{1,30}?)的?(?:看法|观点|想法|立场)",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(
    r"^\W*(?:hi|hello|hey|good (?:morning|evening|afternoon)|thanks?|thank you|ok(?:ay)?|test|help|lol|"
    r"who are you|what are you|what (?:can|do) you do|how do you work|what is this|"
    r"你好|您好|谢谢|你是谁|你能做什么|帮助|测试)"
    r"(?:\s+(?:there|you|all|a lot|so much|very much|again|test|ok))*\W*$",
    re.IGNORECASE,
)


_POINTS_BACK = re.compile(
    r"^\W*(?:and|so|but|then|what about|how about|why|how so|really|also|is that|does that|was that)\b"
    r"|\b(?:it|that|this|those|these|them|they|there|one|ones|same)\b|^(?:那|然后|还有|为什么|所以|这)|它|这(?:个|些|样|种|点|一点)|那(?:个|些|样|种|时)|其中",
    re.IGNORECASE,
)
_FEW_TERMS = 1


class Intent(BaseModel):
    """What was read out of a question."""

    model_config = ConfigDict(frozen=True)

    refusal: Reason | None = None
    order: Order = Order.RELEVANCE
    since: str | None = None
    until: str | None = None
    sources: tuple[str, ...] = ()
    """Those of the occasion that the question names."""
    topic: str | None = None
    """What to search for, where the question says more than that."""
    is_open: bool = False
    """Whether it wants whatever he said at that time or on that occasion."""

    def narrow(self, filters: Filters) -> Filters:
        """Return the filters with the question's own dates, and its occasion, where none were given."""
        own: dict[str, object] = {}
        if not (filters.since or filters.until):
            own |= {"since": self.since, "until": self.until}
        if not (filters.venues or filters.sources):
            own["sources"] = self.sources
        return filters.model_copy(update=own)

    def anywhere(self, question: str) -> "Intent":
        """Return the intent without its time and occasion: what is left of it is its topic; unclear without one."""
        if self.is_open or self.refusal not in (None, Reason.AFTER_LAST_SOURCE):
            return Intent(refusal=self.refusal or Reason.UNCLEAR)
        return Intent(topic=self.topic or undated(question))


def read_intent(
    question: str,
    *,
    subject: Subject,
    last_source: str | None,
    today: date,
    held: Sequence[SourceSummary] = (),
) -> Intent:
    """Read what a cleaned question asks for beyond its topic.

    Args:
        question: cleaned by `clean_question`.
        subject: the person we quote.
        last_source: partial ISO date of the newest source with quotable words, None when there is none.
        today: the day of asking; "recently" means the two years before it, or before the last source.
        held: the sources that are searched, by whose occasions a question may narrow itself.
    """
    if _SMALL_TALK.match(question) or not _topic(question):
        return Intent(refusal=Reason.UNCLEAR)
    occasion = named_occasion(question, held) if _SPEAKS.search(question) else None
    asked = occasion.question if occasion else question
    if asks_another(asked, subject):
        return Intent(refusal=Reason.NOT_HIM)
    since, until = _dates(subject.without_names(question, "他"), last_source, today)
    if since and last_source and since > last_source[: len(since)]:
        return Intent(refusal=Reason.AFTER_LAST_SOURCE)
    if since or until:
        asked = undated(asked)
    changing = _CHANGE.search(question)
    topic = _CHANGING.search(asked) if changing else None
    return Intent(
        order=Order.DATE if changing else Order.RELEVANCE,
        since=since,
        until=until,
        sources=occasion.sources if occasion else (),
        topic=next(filter(None, topic.groups())) if topic else asked if asked != question else None,
        is_open=bool(occasion or since or until) and is_open(asked, subject),
    )


def leans_on_history(question: str) -> bool:
    """Whether a question needs the ones before it to be understood: it is short, or points back with a word.

    >>> leans_on_history("And why is that?"), leans_on_history("What does he think of robotics and simulation?")
    (True, False)
    """
    return points_back(question) or len(terms(question)) <= _FEW_TERMS


def points_back(question: str) -> bool:
    """Whether a word of a question points at what was said before it, or it has no topic of its own.

    >>> points_back("Why does it dance?"), points_back("Robotics?")
    (True, False)
    """
    return _POINTS_BACK.search(question) is not None or not _topic(question)


def _topic(question: str) -> bool:
    """Whether anything is left to search for once the words that carry no topic are taken away."""
    latin = [term for term in terms(question) if term.isascii()]
    return bool(latin or in_english(question) or untranslated(question))


def _dates(question: str, last_source: str | None, today: date) -> tuple[str | None, str | None]:
    if between := _BETWEEN.search(question):
        return between[1], between[2]
    speaks = _SPEAKS.search(question)
    if speaks and (after := _SINCE.search(question)):
        return _day(after), None
    if speaks and (before := _UNTIL.search(question)):
        day = _day(before)
        return None, _month_before(day) if "-" in day else str(int(day) - 1)
    for pattern in (_SPEECH_DATED, _DATED_SPEECH, _CHINESE_DATED):
        if (dated := pattern.search(question)) and not _is_of_the_future(question, _day(dated), last_source):
            return _day(dated), _day(dated)
    if not speaks:
        return None, None
    for event in events():
        names = "|".join(re.escape(name) for name in event.names)
        if re.search(rf"\b(?:before|prior to)\s+(?:{names})\b|(?:{names})\s*(?:之前|以前)", question, re.IGNORECASE):
            return None, _month_before(event.date)
        if re.search(rf"\b(?:after|since)\s+(?:{names})\b|(?:{names})\s*(?:之后|以后|以来)", question, re.IGNORECASE):
            return event.date, None
    if _RECENT.search(question):
        newest = int((last_source or today.isoformat())[:4])
        return str(newest - _RECENT_YEARS + 1), None
    return None, None


def undated(question: str) -> str:
    """Return the question without the words that say when he spoke."""
    return " ".join(_dating().sub(" ", question).split()).replace(" ?", "?")


@cache
def _dating() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for event in events() for name in event.names)
    return re.compile(
        rf"\b(?:back\s+)?(?:in|during|from|since|after|before|until|prior to)\s+{_WHEN}\b|{_BETWEEN.pattern}"
        rf"|\b(?:since|after|before|prior to)\s+(?:{names})(?!\w)|(?:{names})\s*(?:之前|以前|之后|以后|以来)"
        rf"|(?:在|于|从)?\s*{_CHINESE_WHEN}\s*(?:以后|以来|之后|以前|之前)?|{_RECENT.pattern}",
        re.IGNORECASE,
    )


def _is_of_the_future(question: str, day: str, last_source: str | None) -> bool:
    """Whether a year that no source has reached dates what the question is about: "what will AI do in 2040"."""
    return bool(last_source) and day[:4] > (last_source or "")[:4] and bool(_OF_THE_FUTURE.search(question))


def _day(found: re.Match[str]) -> str:
    """Return the partial ISO date of a match of the patterns for when."""
    told = [group for group in found.groups() if group]
    year = next(group for group in told if len(group) == 4)
    month = next((group for group in told if group != year), None)
    if month is None:
        return year
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    return f"{year}-{number:02}" if 1 <= number <= 12 else year


def _month_before(day: str) -> str:
    year, month = int(day[:4]), int(day[5:7])
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02}"
