"""Who a document tells of: the people it names, and who of them stands in the light at a place of it."""

import re
from typing import NamedTuple

from assistant.documents.attribution_words import words_of
from assistant.documents.mentions import Who
from assistant.documents.speech_tags import Told
from knowledge.model.subject import Subject

_NAMES = re.compile(r"(?<!\w)[A-ZÀ-Þ][a-zà-ÿ’'-]+\s+(?:[A-Z]\.\s+)?(?P<last>[A-ZÀ-Þ][a-zà-ÿA-Z’'-]+)")


class Focus(NamedTuple):
    """Who stands in the light, and who did before: "he" means him where the one in the light is a "she" or several."""

    who: Who | None = None
    before: Who | None = None
    single: bool = True

    @property
    def pronoun(self) -> Who | None:
        """Return whom the subject's pronoun means."""
        if self.who is None:
            return self.before
        return self.who if self.single or self.who is Who.HIM else self.before

    def moved(self, told: Told | None) -> "Focus":
        """Return what it is after a sentence about somebody."""
        if told is None or told.who not in (Who.HIM, Who.OTHER):
            return self
        if told.who is Who.HIM:
            return Focus(Who.HIM, Who.HIM)
        before = self.pronoun if self.who is Who.HIM or not self.single else self.before
        return Focus(Who.OTHER, before, told.single)


def last_names(text: str) -> frozenset[str]:
    """Return the last names of people in a text: behind a first name, or beside a verb of speech."""
    found = {match["last"] for match in _NAMES.finditer(text)}
    verbs = "|".join(sorted(words_of("speech").words))
    beside = re.compile(
        rf"(?<!\w)(?:(?:{verbs}) (?P<behind>[A-ZÀ-Þ][\w’-]+)|(?P<before>[A-ZÀ-Þ][\w’-]+) (?:{verbs})\b)"
    )
    found |= {
        match[match.lastindex or 0]
        for match in re.finditer(r"(?<!\w)([A-ZÀ-Þ][\w’-]+), (?:who|whose)\b|(?<!\w)[A-Z]\. ([A-ZÀ-Þ][\w’-]+)", text)
    }
    found |= {name for match in beside.finditer(text) for name in match.groups() if name}
    return frozenset(name for name in found if name.casefold() not in words_of("starters"))


def roles_of_others(text: str, subject: Subject) -> frozenset[str]:
    """Return the nouns for the subject that the text uses of somebody else: "its co-founder Ivo Brandt"."""
    if not subject.roles:
        return frozenset()
    roles = "|".join(map(re.escape, subject.roles))
    named = re.compile(rf"(?<!\w)(?P<role>{roles})s?,? (?P<who>[A-ZÀ-Þ][\w’-]+(?: [A-ZÀ-Þ][\w’-]+)?)", re.IGNORECASE)
    found = (
        match for match in named.finditer(text) if match["who"][0].isupper() and not subject.is_label(match["who"])
    )
    return frozenset(match["role"].casefold() for match in found)
