"""People in a sentence: the subject, somebody else, a pronoun, a description, the writer.

A sentence is read as tokens; each person is one or several of them.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from assistant.documents.attribution.attribution_words import words_of
from knowledge.model.subject import Subject

_TOKEN = re.compile(r"@?\w[\w’'.@-]*|[^\w\s]")
_OWNED = re.compile(r"(?<=\w)[’'`](?:s)?$", re.IGNORECASE)
BORDERS = frozenset(
    "and but while when where who which whose after before because as that if so though although whether since until or"
    " , ; : – — ( ) than".split()
)
_NAMES_OF_MONTHS = frozenset("jan april may june august".split())
"""Months, and names of people where a comma, a colon or a verb of speech follows."""
_STOPS = frozenset(".!?,;:")
_AGED = re.compile(r"^\d\d-year-old$|-turned-")
_ENGLISH = re.compile(r"\b(?:the|and|of|to|he|his|that|said|says|was|is)\b")
LOOK_BACK = 3  # words between a preposition or article and its noun


class Who(StrEnum):
    """Whom a mention means."""

    HIM = "him"
    PRONOUN = "pronoun"
    """A pronoun or a bare description that may be the subject's; who stood in the light before decides."""
    OTHER = "other"
    NARRATOR = "narrator"


class Mention(NamedTuple):
    """Tokens [start, end) that mean a person.

    `governed`: it stands behind a preposition or owns what is no text; `sure`: it is a person, not perhaps a place;
    `author`: what is said or written is named as its own ("his words").
    """

    start: int
    end: int
    who: Who
    name: str
    governed: bool = False
    sure: bool = True
    author: bool = False
    role: bool = False
    """Whether it is a description: "the founder"."""
    owner: bool = False
    """Whether it is a name that owns what follows: "Ada's notes"."""


class People:
    """The tokens of a sentence, the people among them, and its verbs of speech."""

    def __init__(self, text: str, subject: Subject, known: frozenset[str] = frozenset()) -> None:
        self.text = text
        self._subject = subject
        self._known = known
        self._epithets = (
            words_of("heads").words | words_of("people").words | words_of("descriptions").words | set(subject.roles)
        )
        self.tokens = [_trimmed(match.group()) for match in _TOKEN.finditer(text)]
        self.lower = [token.casefold() for token in self.tokens]
        self._elsewhere = words_of("he_elsewhere").words if "he" in subject.pronouns else frozenset()
        self._is_foreign = not _ENGLISH.search(text)
        self.mentions = list(self._mentions())
        self.verbs = [number for number, word in enumerate(self.lower) if self._is_verb(number, word)]

    def _is_verb(self, number: int, word: str) -> bool:
        named = any(one.start <= number < one.end for one in self.mentions)
        owned = number > 0 and self.lower[number - 1] in ("his", "her", "their", "my", "our", "the", "a", "this")
        if word in ("put", "puts") and self.lower[number + 1 : number + 2] not in (["it"], ["this"], ["things"]):
            return False
        if word in words_of("text_nouns") and self.lower[number + 1 : number + 2] in (["from"], ["by"]):
            return False
        return word in words_of("speech") and not named and not (owned and word in words_of("text_nouns"))

    def _mentions(self) -> Iterator[Mention]:
        number = 0
        while number < len(self.tokens):
            found = self._mention(number)
            if found:
                yield found
            number = found.end if found else number + 1

    def _mention(self, number: int) -> Mention | None:
        token, word = self.tokens[number], self.lower[number]
        if token.startswith("@"):
            his = word.removeprefix("@") in self._subject.handles
            return Mention(number, number + 1, Who.HIM if his else Who.OTHER, token, self._is_governed(number))
        if word in self._elsewhere and self._is_foreign:
            return Mention(number, number + 1, Who.PRONOUN, "he")
        if word in self._subject.pronouns or word in _OTHER_PRONOUNS or word in words_of("narrator"):
            return self._pronoun(number, word)
        if word in words_of("roles_elsewhere") and self._behind_article(number):
            return Mention(number, number + 1, Who.PRONOUN, token, role=True)
        following = self.lower[number + 1] if number + 1 < len(self.lower) else ""
        if word in words_of("articles_elsewhere") and following in words_of("roles_elsewhere"):
            return None
        if token[:1].isupper() or self._is_alias(token):
            named = self._name(number)
            if named or word not in words_of("people"):  # "One of them", "Somebody"
                return named
        if word in self._subject.roles and self._determined(number) and not self._followed_by_name(number):
            return self._described(number)
        if word in words_of("heads") and self._leads_ours(number):
            return Mention(number, number + 1, Who.PRONOUN, token, self._is_governed(number), role=True)
        if word in words_of("youngsters") and self.lower[max(number - 1, 0)] == "the":
            return Mention(number, number + 1, Who.PRONOUN, token, self._is_governed(number))
        if self._is_description(number, word):
            return Mention(number, number + 1, Who.PRONOUN, token, self._is_governed(number))
        if word in words_of("people") and self._is_somebody(number):
            return Mention(number, number + 1, Who.OTHER, token, self._is_governed(number))
        ordinal = word in words_of("ordinals") and self.lower[max(number - 1, 0)] == "the" and self._ends(number + 1)
        if ordinal and any(other in words_of("speech") for other in self.lower):
            return Mention(number, number + 1, Who.OTHER, token, self._is_governed(number))
        return None

    def _behind_article(self, number: int) -> bool:
        return self.lower[max(number - 1, 0)] in words_of("articles_elsewhere") and not self._followed_by_name(number)

    def _is_description(self, number: int, word: str) -> bool:
        """Whether a noun tells somebody told of before by age, home or past: "the 44-year-old", "the Haifa native"."""
        told = word in words_of("descriptions") or _AGED.search(word) is not None
        behind = self.lower[max(number - LOOK_BACK, 0) : number]
        return told and "the" in behind and not self._followed_by_name(number)

    def _pronoun(self, number: int, word: str) -> Mention:
        if word in words_of("narrator"):
            who = Who.NARRATOR
        else:
            who = Who.PRONOUN if word in self._subject.pronouns else Who.OTHER
        owns = word in ("his", "her", "their", "hers", "my", "our")
        author = owns and self._text_follows(number + 1)
        behind_text = self._written_by(number)
        governed = (owns and not author) or (not author and self._is_governed(number)) or word in ("him", "them")
        return Mention(number, number + 1, who, word, governed and not behind_text, author=author or behind_text)

    def _name(self, number: int) -> Mention | None:
        start, end = number, number
        while end < len(self.tokens) and self._is_name_part(end, start):
            end += 1
            if _OWNED.search(self.tokens[end - 1]):
                break
        while end > start and self.lower[end - 1] in words_of("particles"):
            end -= 1
        while start < end and self._is_starter(start, end):
            start += 1
        if start >= end:
            return None
        parts = [_OWNED.sub("", token) for token in self.tokens[start:end]]
        owned = parts[-1] != self.tokens[end - 1] or self.tokens[end - 1].endswith(("s’", "s'"))
        his = self._is_his(parts, start)
        if not owned and self.lower[end : end + 1] and self.lower[end] in self._epithets:
            return None  # "the OpenAI founder": the noun behind it is the person
        author = (owned and self._text_follows(end)) or self._written_by(start)
        governed = (owned and not author) or (not author and self._is_governed(start, place=his and len(parts) > 1))
        article = start > 0 and self.lower[start - 1] in ("the", "a", "an")
        sure = his or (not article and (len(parts) > 1 or parts[-1] in self._known or self._speaks(start, end)))
        return Mention(start, end, Who.HIM if his else Who.OTHER, " ".join(parts), governed, sure, author, owner=owned)

    def _is_starter(self, number: int, end: int) -> bool:
        """Whether a capital begins the sentence and no name; "I." before a name is an initial."""
        if number == 0 and self.lower[0].endswith("ly") and self.lower[0] not in words_of("names_in_ly"):
            return True
        following = self.tokens[number + 1] if number + 1 < len(self.tokens) else ""
        if self.lower[number] in _NAMES_OF_MONTHS and (
            following in (",", ":") or following.casefold() in words_of("speech")
        ):
            return False
        initial = re.fullmatch(r"[A-ZÀ-Þ]\.", self.tokens[number]) is not None and number + 1 < end
        return not initial and self.lower[number].rstrip(".") in words_of("starters")

    def _leads_ours(self, number: int) -> bool:
        """Whether "chief" stands behind the name of an organisation of the subject's."""
        ours = {organisation.casefold() for organisation in self._subject.organisations}
        before = _OWNED.sub("", self.lower[number - 1]) if number else ""
        return before in ours and not self._followed_by_name(number)

    def _is_name_part(self, number: int, start: int) -> bool:
        token = self.tokens[number]
        if token[:1].isupper() or self._is_alias(token):
            return not (number > start and self.lower[number] in words_of("starters"))
        following = self.tokens[number + 1 : number + 2]
        inner = number > start and bool(following) and following[0][:1].isupper()
        return inner and self.lower[number] in words_of("particles")

    def _is_alias(self, token: str) -> bool:
        return not token[:1].isupper() and token.isalpha() and token.islower() and self._subject.is_label(token)

    def _is_his(self, parts: Sequence[str], start: int) -> bool:
        told = [part for part in parts if part.casefold().rstrip(".") not in words_of("titles")]
        if not told:
            return False
        if self._subject.is_label(" ".join(told)):
            return True
        if len(told) > 2 and self._subject.is_label(" ".join(told[-2:])):
            return True
        initials = all(re.fullmatch(r"[^\W\d_]\.?", part) for part in told[:-1])
        if len(told) > 1 and initials and told[0][0] == self._subject.name[0]:
            return self._subject.is_label(told[-1])
        if len(told) == 2 and self._subject.is_label(told[-1]) and self._is_epithet(told[0]):
            return True
        behind_place = start > 0 and self.lower[start - 1] in words_of("places")
        return behind_place and self._subject.is_label(told[-1]) and len(told) == 2

    def _is_epithet(self, word: str) -> bool:
        """Whether a capitalised word before his last name says what he is: "KI-Pionier", "SSI"."""
        ours = {organisation.casefold() for organisation in self._subject.organisations}
        return re.fullmatch(r"[A-Z]{2,}(?:-\w+)?", word) is not None or word.casefold() in ours

    def _described(self, number: int) -> Mention:
        before = self.lower[max(number - LOOK_BACK - 1, 0) : number]
        for at in range(len(before) - 1, -1, -1):  # an owner or article right before it parts it from those further off
            if before[at] in words_of("determiners") or _OWNED.search(before[at]):
                before = before[at:]
                break
        indefinite = any(word in ("a", "an", "another", "one", "some", "any") for word in before)
        who = Who.OTHER if indefinite else Who.PRONOUN
        ours = {organisation.casefold() for organisation in self._subject.organisations}
        if not indefinite and ours & {_OWNED.sub("", word) for word in before}:
            who = Who.HIM
        return Mention(number, number + 1, who, self.tokens[number], self._is_governed(number), role=True)

    def _determined(self, number: int) -> bool:
        before = self.lower[max(number - LOOK_BACK - 1, 0) : number]
        return any(
            word in words_of("determiners") or _OWNED.search(word) or word in self._subject.pronouns for word in before
        )

    def _followed_by_name(self, number: int) -> bool:
        following = self.tokens[number + 1 : number + 2]
        return bool(following) and following[0][:1].isupper() and following[0].casefold() not in words_of("starters")

    def _is_somebody(self, number: int) -> bool:
        if self.lower[number] == "one":
            return self.lower[number + 1 : number + 2] == ["of"]
        plural = self.lower[number].endswith("s") or self.lower[number].endswith(("one", "body", "people"))
        return not self._followed_by_name(number) and (plural or self._determined(number))

    def _speaks(self, start: int, end: int) -> bool:
        """Whether a verb of speech stands beside a name."""
        around = self.lower[max(start - 1, 0) : start] + self.lower[end : end + 2]
        titled = start > 0 and self.lower[start - 1].rstrip(".") in ("mr", "ms", "mrs", "dr", "prof", "professor")
        return titled or any(word in words_of("speech") for word in around)

    def _text_follows(self, number: int) -> bool:
        return any(word in words_of("text_nouns") for word in self.lower[number : number + LOOK_BACK])

    def _written_by(self, number: int) -> bool:
        """Whether a text stands before a person as theirs: "a tweet by", "the words of", "according to"."""
        before = self.lower[max(number - 2, 0) : number]
        if before[-1:] == ["according"] or before == ["according", "to"]:
            return True
        if len(before) == 2 and before[1] in ("by", "of", "from"):
            return before[0] in words_of("text_nouns")
        return False

    def _is_governed(self, number: int, *, place: bool = False) -> bool:
        at = number - 1
        passed = 0
        while at >= 0 and passed < LOOK_BACK and self._is_inside_phrase(at):
            at -= 1
            passed += 1
        if at < 0:
            return False
        word = self.lower[at]
        return word in words_of("prepositions") and not (place and word in words_of("places"))

    def _is_inside_phrase(self, number: int) -> bool:
        word = self.lower[number]
        if word in words_of("prepositions") or word in words_of("speech") or word in BORDERS or word in _STOPS:
            return False
        return word in words_of("determiners") or word.rstrip(".") in words_of("titles") or word in self._subject.roles

    def _ends(self, number: int) -> bool:
        return number >= len(self.tokens) or self.tokens[number] in _STOPS


_OTHER_PRONOUNS = frozenset("he him his she her hers they them their theirs".split())


def _trimmed(token: str) -> str:
    """Return a token without the full stop that ends its sentence; initials and titles keep theirs."""
    bare = token.rstrip(".-")
    short = len(bare) == 1 and bare.isupper()
    return token if short or not bare else bare
