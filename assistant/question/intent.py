"""What a question asks for beyond its topic: a time, an order, another person, or nothing that can be searched."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.answers import Reason
from assistant.question.asked_speaker import asks_another
from assistant.question.filters import Filters, Order
from assistant.question.named_occasions import named_occasion
from assistant.question.questions import is_open
from knowledge.library.store import SourceSummary
from knowledge.metadata.catalogue import events
from knowledge.model.dates import MONTHS
from knowledge.model.subject import Subject
from knowledge.model.word_rules import RuleFile
from knowledge.search.terms import in_english, terms, untranslated

_RECENT_YEARS = 2

INTENT = RuleFile(Path(__file__).with_suffix(".yaml"))

_FEW_TERMS = 1
_SHORT_MONTHS = [month[:3].lower() for month in MONTHS]


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
    if INTENT.found("small_talk", question) or not _topic(question):
        return Intent(refusal=Reason.UNCLEAR)
    occasion = named_occasion(question, held) if INTENT.found("speaks", question) else None
    asked = occasion.question if occasion else question
    if asks_another(asked, subject):
        return Intent(refusal=Reason.NOT_HIM)
    since, until = _dates(subject.without_names(question, "他"), last_source, today)
    if since and last_source and since > last_source[: len(since)]:
        return Intent(refusal=Reason.AFTER_LAST_SOURCE)
    if since or until:
        asked = undated(asked)
    changing = INTENT.found("change", question)
    topic = INTENT.find("changing", asked) if changing else None
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
    return INTENT.found("points_back", question) or not _topic(question)


def _topic(question: str) -> bool:
    """Whether anything is left to search for once the words that carry no topic are taken away."""
    latin = [term for term in terms(question) if term.isascii()]
    return bool(latin or in_english(question) or untranslated(question))


def _dates(question: str, last_source: str | None, today: date) -> tuple[str | None, str | None]:
    if between := INTENT.find("between", question):
        return between[1], between[2]
    speaks = INTENT.found("speaks", question)
    if speaks and (after := INTENT.find("since", question)):
        return _day(after), None
    if speaks and (before := INTENT.find("until", question)):
        day = _day(before)
        return None, _month_before(day) if "-" in day else str(int(day) - 1)
    for name in ("speech_dated", "dated_speech", "chinese_dated"):
        if (dated := INTENT.find(name, question)) and not _is_of_the_future(question, _day(dated), last_source):
            return _day(dated), _day(dated)
    if not speaks:
        return None, None
    for event in events():
        names = "|".join(re.escape(name) for name in event.names)
        if INTENT.found("before_event", question, names=names):
            return None, _month_before(event.date)
        if INTENT.found("after_event", question, names=names):
            return event.date, None
    if INTENT.found("recent", question):
        newest = int((last_source or today.isoformat())[:4])
        return str(newest - _RECENT_YEARS + 1), None
    return None, None


def undated(question: str) -> str:
    """Return the question without the words that say when he spoke."""
    return " ".join(_dating().sub(" ", question).split()).replace(" ?", "?")


@cache
def _dating() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for event in events() for name in event.names)
    return INTENT.pattern("dating", names=names)


def _is_of_the_future(question: str, day: str, last_source: str | None) -> bool:
    """Whether a year that no source has reached dates what the question is about: "what will AI do in 2040"."""
    return bool(last_source) and day[:4] > (last_source or "")[:4] and INTENT.found("of_the_future", question)


def _day(found: re.Match[str]) -> str:
    """Return the partial ISO date of a match of the patterns for when."""
    told = [group for group in found.groups() if group]
    year = next(group for group in told if len(group) == 4)
    month = next((group for group in told if group != year), None)
    if month is None:
        return year
    number = int(month) if month.isdecimal() else _SHORT_MONTHS.index(month[:3].lower()) + 1
    return f"{year}-{number:02}" if 1 <= number <= 12 else year


def _month_before(day: str) -> str:
    year, month = int(day[:4]), int(day[5:7])
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02}"
