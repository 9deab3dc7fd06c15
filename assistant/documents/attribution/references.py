"""Whom a neighbour of a quotation names, and whom a pronoun or description in it means."""

from typing import NamedTuple

from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.chinese_tags import ChineseTags
from assistant.documents.attribution.mentions import Mention, Who
from assistant.documents.attribution.speaking_sentences import Sentence
from assistant.documents.attribution.tag_patterns import PRONOUNS
from knowledge.model.subject import Subject


class Told(NamedTuple):
    """Whom a neighbour names: the subject, somebody else, or a word whose meaning those named before decide."""

    who: Who
    by: str = ""
    """The words that say so."""
    asks: bool = False
    """Whether the verb is one of asking."""
    aside: bool = False
    """Whether the person is named in passing, so that the light stays where it was."""
    role: str = ""
    """The description by which somebody is meant: "founder"."""
    single: bool = True
    """Whether one person is named whom the subject's pronoun may mean: not "critics", not "she"."""
    nameless: bool = False
    """Whether it is somebody without a name, "one attendee", whom a later paragraph cannot mean by a pronoun."""
    switches: bool = False
    """Whether somebody else than the last speaker is meant: "Hinton remembers how he …", "the boy"."""


class ReferenceReader:
    """Reads sentences for one subject; `known` are the last names of people in the document."""

    def __init__(
        self, subject: Subject, known: frozenset[str] = frozenset(), women: frozenset[str] = frozenset()
    ) -> None:
        self.subject = subject
        self.known = known
        self._women = women
        self._chinese_tags = ChineseTags(subject)

    def sentence(self, text: str) -> Sentence:
        """Return a sentence read for people."""
        return Sentence(text, self.subject, self.known)

    def _told(self, found: Mention, read: Sentence, text: str, *, asks: bool = False) -> Told:
        who, switches = found.who, found.name.casefold() in words_of("youngsters")
        if who is Who.PRONOUN and not switches:  # somebody named before in the same sentence is meant
            before = self._antecedent(read, found)
            recalled = words_of("recalling").words & set(read.lower[before.end : found.start]) if before else set()
            answers = before is not None and any(
                read.is_asking(at) and before.end <= at < found.start for at in read.verbs
            )
            switches = (bool(recalled) or answers) and before is not None and before.who is Who.OTHER
            who = before.who if before and not switches else who
        plural = found.name.casefold() in words_of("people") and found.name.endswith("s")
        other = any(one.name in PRONOUNS and one.name not in self.subject.pronouns for one in read.mentions)
        other = other or self._is_hers(found.name)
        body = found.name.casefold() in words_of("bodies")
        role = found.name if found.role else ""
        single = not (plural or other or body)
        nameless = found.who is Who.OTHER and found.name.casefold() in words_of("people")
        return Told(who, text, asks, role=role, single=single, nameless=nameless, switches=switches)

    def _is_hers(self, name: str) -> bool:
        """Whether a name is a woman's, whom "he" cannot mean."""
        parts = name.split()
        if not parts or not {"he", "him"} & set(self.subject.pronouns):
            return False
        return any(part in words_of("women") for part in parts[:-1] or parts) or parts[-1] in self._women

    def _antecedent(self, read: Sentence, found: Mention) -> Mention | None:
        """Return who named before in the sentence is meant by a pronoun; whoever is not spoken of or to comes first."""
        before = [
            one
            for one in read.mentions
            if one.end <= found.start and one.sure and (one.name not in PRONOUNS or one.name in self.subject.pronouns)
        ]
        told = any(one.who is Who.NARRATOR for one in before)
        standing = [
            one
            for one in before
            if not (one.governed or one.who is Who.NARRATOR or one.name.casefold() in words_of("bodies"))
        ]
        people = standing or [one for one in before if one.owner or (told and one.governed)]
        named = [one for one in people if one.who in (Who.HIM, Who.OTHER)]
        return named[-1] if named else None

    @staticmethod
    def _is_crowd(one: Mention) -> bool:
        """Whether several people without a name are meant."""
        word = one.name.casefold()
        return word in words_of("bodies") or (
            word in words_of("people") and word.endswith(("s", "people", "one", "body"))
        )

    def _chinese(self, sentence: str) -> Told | None:
        found = self._chinese_tags.speaker(sentence)
        aside = any(word in sentence for word in words_of("chinese_quoting").words)
        return Told(found[0], sentence, found[1], aside=aside) if found else None
