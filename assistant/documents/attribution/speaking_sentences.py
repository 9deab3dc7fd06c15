"""Who of the people of a sentence speaks.

Clauses end at commas and conjunctions. The one who speaks is the first person of the clause of the verb who does not
stand behind a preposition ("told Hinton", "a friend of hers").
"""

from collections.abc import Iterator, Sequence

from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.mentions import BORDERS, LOOK_BACK, Mention, People, Who

_BREAKS = frozenset(", ; : – — because although though but".split())
_GIVEN_TO = frozenset("attributed attributes attribute ascribed ascribes credited".split())
_AUXILIARIES = frozenset(
    "would had has have will might could should may can did does also once later then still often always just never too"
    " even only first again soon now famously".split()
)
_RELATIVE = frozenset("who which whose where".split())
_JOINT = frozenset(["and", "&"])
_TEMPORAL = frozenset("after before since until like when as".split())
"""Words before a name that begin a clause where a verb follows it: "After Ada said"."""


class Sentence(People):
    """A sentence read for people and verbs of speech."""

    @property
    def first(self) -> Mention | None:
        """Return the person the sentence is about: the first who is certain and not behind a preposition."""
        told = [one for one in self.mentions if one.who is not Who.NARRATOR]
        sure = [one for one in told if not one.governed and one.sure]
        named = (one for one in sure if one.name.casefold() not in words_of("bodies"))
        standing = next(named, next(iter(sure), None))
        return standing or next((one for one in self.mentions if one.owner and one.start <= 1), None)

    def speaker(self) -> Mention | None:
        """Return who speaks by the last verb of speech, or whose text is named; None when it does not say."""
        for verb in reversed(self.verbs):
            found = self.subject_of(verb) or self._behind(verb)
            if found:
                return found
        return next((one for one in reversed(self.mentions) if one.author), None)

    def subject_of(self, verb: int) -> Mention | None:
        """Return the subject of the verb at a token."""
        if verb and self.lower[verb - 1] == "who":  # the name right before it, whatever governs that
            beside = [one for one in self.mentions if one.end in (verb - 1, verb - 2) and one.sure]
            if beside and (beside[-1].end == verb - 1 or self.tokens[verb - 2] == ","):
                return beside[-1]
        nearest = self._right_before(verb)
        if nearest:
            return nearest
        for start, end in self._clauses(verb):
            inside = [one for one in self.mentions if start <= one.start and one.end <= end and not one.governed]
            if inside:
                return self._joint(inside)
        return None

    def _right_before(self, verb: int) -> Mention | None:
        """Return who stands right before a verb of speech: "the evening she said", "They quote Ada as saying"."""
        if self.lower[verb - 2 : verb] == ["as", "saying"] or self.lower[verb - 1 : verb + 1] == ["as", "saying"]:
            return next((one for one in self.mentions if one.end == verb - 1 and one.who is not Who.NARRATOR), None)
        at = verb
        while at > 1 and self.lower[at - 1] in _AUXILIARIES:
            at -= 1
        beside = next((one for one in self.mentions if one.end == at), None)
        if beside is None:
            return None
        if self.lower[beside.start] in ("he", "she", "they", "i", "we") and beside.start:
            return beside if self.lower[beside.start - 1] not in _JOINT else None
        temporal = beside.start == 1 and self.lower[0] in _TEMPORAL
        return beside._replace(governed=False) if temporal and not beside.owner else None

    def object_of(self, verb: int) -> Mention | None:
        """Return whom a verb of asking is directed to: the next person behind it."""
        behind = next((one for one in self.mentions if one.start > verb), None)
        near = behind is not None and behind.start - verb <= LOOK_BACK
        parted = near and behind and any(token in _BREAKS for token in self.lower[verb + 1 : behind.start])
        return behind if near and not parted else None

    def is_asking(self, verb: int) -> bool:
        """Whether the verb at a token hands the word to the other one."""
        return self.lower[verb] in words_of("asking")

    def attributed(self) -> Mention | None:
        """Return whom a passive gives the words to: "said by Ada", "attributed to Ada"."""
        for one in self.mentions:
            before = self.lower[max(one.start - LOOK_BACK - 1, 0) : one.start]
            agent = before[-1:] == ["by"] and any(word in words_of("attributing") for word in before[-3:-1])
            given = before[-1:] == ["to"] and any(word in _GIVEN_TO for word in before[-3:-1])
            if agent or given:
                return one
        return None

    def _behind(self, verb: int) -> Mention | None:
        """Return who stands behind the verb: "said Ada", "as told by Ada"."""
        for one in self.mentions:
            near = 0 < one.start - verb <= LOOK_BACK + 1
            passive = one.start > 0 and self.lower[one.start - 1] == "by"
            if near and (not one.governed or passive):
                return one
        return None

    def _joint(self, inside: Sequence[Mention]) -> Mention:
        """Return the first, or of two who speak together the subject."""
        first = inside[0]
        for one in inside[1:]:
            if one.start - first.end == 1 and self.lower[first.end] in _JOINT and one.who is Who.HIM:
                return one
        return first

    def _clauses(self, verb: int) -> Iterator[tuple[int, int]]:
        """Yield the clause of a verb up to it, then those before it; asides behind a name are passed over."""
        borders = [-1]
        for number in range(verb):
            if self.lower[number] in BORDERS and not self._joins(number):
                borders.append(number)
        ends = [*borders[1:], verb]
        clauses = [(start + 1, end) for start, end in zip(borders, ends, strict=True)]
        for number in range(len(clauses) - 1, -1, -1):
            start, end = clauses[number]
            aside = 0 < number < len(clauses) - 1 and self.lower[start - 1] in (*_RELATIVE, ",", "–", "—", "(")
            if aside and self._is_aside(start, clauses[number - 1]):
                continue
            yield start, end

    def _is_aside(self, start: int, before: tuple[int, int]) -> bool:
        if self.lower[start - 1] in _RELATIVE:
            return True
        named = any(one.end == before[1] and not one.governed for one in self.mentions)
        starts_person = any(one.start == start and one.sure and not one.governed for one in self.mentions)
        return named and not (starts_person and self.lower[start] not in words_of("determiners"))

    def _joins(self, number: int) -> bool:
        """Whether "and" joins two people here, not two clauses."""
        if self.lower[number] not in _JOINT:
            return False
        ends = {one.end for one in self.mentions}
        starts = {one.start for one in self.mentions}
        return number in ends and number + 1 in starts
