"""When, where and by whom a claim says it was said, compared with what the source says."""

import re
from dataclasses import dataclass

from assistant.checking.results import Caution, Kind
from knowledge.model.dates import MONTHS
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.text.words import keys

_MONTHS = [month.lower() for month in MONTHS]
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)(?:19|20)\d\d[-./年](\d{1,2})(?!\d)")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'&.-]*")
# Words that stand in an attribution without naming anybody or any place.
_EMPTY = frozenset(
    """a an the in on at of to by for from with and as is was said says told wrote quote quotation interview podcast
    talk speech lecture keynote conference episode conversation youtube video transcript blog article post once
    famously recently later then when asked he she his her they that this it i dr prof mr ms cofounder founder co
    chief scientist openai ceo ssi safe superintelligence inc google toronto ai during
    about what put it interviewed show ep part tweet tweeted lab labs
    researcher scientist engineer who year years day speaking back according guest season no vol""".split()
    + _MONTHS
    + [month[:3] for month in _MONTHS]
)


@dataclass(frozen=True)
class Occasion:
    """The parts of an attribution that can be compared."""

    told: str
    years: frozenset[str]
    months: frozenset[int]
    names: frozenset[str]
    speaker: str | None
    """Another person to whom the words are given."""

    @classmethod
    def read(cls, told: str, subject: Subject) -> "Occasion":
        """Find years, months and proper names in an attribution."""
        rest = subject.without_names(told)
        months = {_MONTHS.index(key) + 1 for key in keys(rest) if key in _MONTHS and key != "may"}
        months |= {int(month) for month in _ISO.findall(rest)}
        months |= {5} if re.search(r"\bMay\b", rest) else set()
        speaker = _other_person(told, subject)
        names = {key for name in _NAME.findall(rest) for key in keys(name)} - _EMPTY - set(keys(speaker or ""))
        years = frozenset(_YEAR.findall(rest))
        return cls(told, years, frozenset(months), frozenset(key for key in names if not key.isdecimal()), speaker)

    def caution(self, source: Source) -> Caution | None:
        """Return what is wrong with the occasion if the words come from this source; None when nothing is."""
        wrong = [*self._wrong_date(source), *self._wrong_names(source)]
        if not wrong:
            return None
        when = ", ".join(part for part in (source.venue or source.title, source.date) if part)
        return Caution(
            kind=Kind.OCCASION,
            message=f"The claim names “{self.told}” ({' and '.join(wrong)} differ); the words stand in: {when}.",
        )

    def names_another_speaker(self, source: Source) -> bool:
        """Whether the words are given to somebody who has no part in the source."""
        return self.speaker is not None and not set(keys(self.speaker)) & _known(source)

    def _wrong_date(self, source: Source) -> list[str]:
        if source.date is None:
            return []
        if self.years and source.date[:4] not in self.years:
            return ["the year"]
        if self.years and self.months and len(source.date) >= 7 and int(source.date[5:7]) not in self.months:
            return ["the month"]
        return []

    def _wrong_names(self, source: Source) -> list[str]:
        if source.venue is None:  # title and hosts do not tell where it was said: unknown is not different
            return []
        return ["the occasion"] if self.names and not self.names & _known(source) else []


def _known(source: Source) -> frozenset[str]:
    """Return the words of everything that names the source's occasion."""
    facts = (source.title, source.venue or "", source.id.replace("-", " "), source.url or "", *source.interviewers)
    return frozenset(key for fact in facts for key in keys(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", fact) + " " + fact))


def _other_person(told: str, subject: Subject) -> str | None:
    """Return another person's name with which an attribution starts: two or three capitalised words."""
    first = re.split(r"[,，;(（]", told.strip(), maxsplit=1)[0].strip()
    names = first.split()
    looks_like_name = 2 <= len(names) <= 3 and all(re.fullmatch(r"[A-Z][a-z’'-]+\.?|[A-Z]\.", name) for name in names)
    return first if looks_like_name and not subject.is_mentioned(told) and not set(keys(first)) & _EMPTY else None
