"""What stands before a quotation: "Ada said:", "according to Ada", "Ada’s answer:", "Babbage quoted Ada"."""

import re

from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.chinese_tags import is_chinese
from assistant.documents.attribution.light_tags import LightReader
from assistant.documents.attribution.mentions import Mention, Who
from assistant.documents.attribution.references import Told
from assistant.documents.attribution.speaking_sentences import Sentence
from assistant.documents.attribution.tag_patterns import (
    AUTHORS,
    FILLING,
    GOES,
    NAME_DASH,
    OWN_TEXT,
    PARTICIPLE,
    PRONOUNS,
    REFERENCE,
    RIGHT_THAT,
    SHORT_RUBRIC,
    TO_QUOTE,
    WANTS_TO_KNOW,
)


class LeadReader(LightReader):
    """Reads the beginnings of sentences."""

    def before(self, lead: str) -> Told | None:
        """Return whom the beginning of a sentence gives the quotation to that follows."""
        if is_chinese(lead):
            return self._chinese(lead)
        if dash := NAME_DASH.match(lead):
            alone = not self.sentence(dash["who"]).verbs
            return self.credit(dash["who"]) if alone else None
        if AUTHORS.search(lead):
            return Told(Who.OTHER, lead)
        participle = PARTICIPLE.match(lead)
        lead = participle["main"] if participle else lead
        lead = self._without_aside(WANTS_TO_KNOW.sub("asked", lead))
        read = self.sentence(lead)
        if quoted := TO_QUOTE.match(lead):
            named = next(iter(self.sentence(quoted["who"]).mentions), None)
            return self._told(named, read, lead)._replace(aside=True) if named and named.start == 0 else None
        handed = self._handed_on(read) or self._received(read)
        if handed:
            return self._told(handed, read, lead)._replace(aside=True) if handed.name else Told(Who.OTHER, lead, True)
        passive = read.attributed()
        if passive and passive.who in (Who.HIM, Who.PRONOUN):
            return self._told(passive, read, lead)._replace(aside=True)
        owner = OWN_TEXT.match(lead)
        if owner and owner["noun"].casefold() in words_of("text_nouns"):
            whose = Who.PRONOUN if owner["owner"].casefold() in self.subject.pronouns else Who.OTHER
            return Told(whose, lead)
        goes = GOES.search(lead)
        goers = [one for one in self.sentence(lead[: goes.start()]).mentions if not one.governed] if goes else []
        if goers:
            return self._told(goers[-1], read, lead)
        judged = self._judging(read)
        if judged:
            return self._told(judged, read, lead)
        view = next((one for one in read.mentions if self._is_view(read, one)), None)
        if view:
            return self._told(view, read, lead)
        opening = next((one for one in read.mentions if one.owner and one.start <= 1 and one.who is Who.HIM), None)
        if opening and lead.rstrip().endswith(":") and any(word in words_of("text_verbs") for word in read.lower):
            return self._told(opening, read, lead)  # "Ada's first book opens with a boast:"
        carried = any(word in words_of("signs") for word in read.lower) and not any(one.author for one in read.mentions)
        if carried and any(word in words_of("text_verbs") for word in read.lower[-2:]):
            return Told(Who.OTHER, lead)  # "A poster behind Ada reads:"
        if self._is_text_speaking(read):
            return Told(Who.PRONOUN, lead)
        found = read.speaker()
        asks = bool(read.verbs) and read.is_asking(read.verbs[-1])
        if found:
            return self._told(found, read, lead, asks=asks)
        colon = lead.rstrip(" \n\t>*_").endswith((":", "："))
        if colon and not read.verbs:
            standing = [one for one in read.mentions if not one.governed]
            if len(read.tokens) <= SHORT_RUBRIC and not any(one.sure for one in standing) and self._is_rubric(read):
                return None
            if standing:
                last = standing[-1]
                beside = read.tokens[last.end :] in ([":"], ["："])
                return self._told(last if beside else standing[0], read, lead)
            owned = read.mentions[-1] if read.mentions and read.mentions[-1].owner else None
            if owned and read.tokens[owned.end :] == [":"] and owned.who is Who.HIM:
                return self._told(owned, read, lead)  # "The best line is Ada's:"
            from_whom = [
                one
                for one in read.mentions
                if one.who in (Who.HIM, Who.OTHER)
                and {"from", "by"} & set(read.lower[max(one.start - 2, 0) : one.start])
            ]
            letter = any(word in words_of("text_nouns") for word in read.lower)
            his = next((one for one in read.mentions if letter and one.who is Who.PRONOUN and one.name == "his"), None)
            found = from_whom[0] if from_whom else his
            return self._told(found, read, lead) if found else None
        if read.first and RIGHT_THAT.search(lead):  # "If Ada is right that"
            return self._told(read.first, read, lead)
        if read.lower and read.lower[-1] in words_of("text_nouns") and read.first:  # "a slide with the words"
            return self._told(read.first, read, lead)
        if read.verbs and read.verbs[-1] > 0 and not self._is_elliptic(read):
            return Told(Who.OTHER, lead, asks)
        if read.verbs:
            return Told(Who.PRONOUN, lead, asks)
        return None

    @staticmethod
    def _is_rubric(read: Sentence) -> bool:
        """Whether a line is nothing but what follows is: "Key line:", "Best quote:"."""
        told = [word for word in read.lower if word.isalnum()]
        return bool(told) and told[-1] in words_of("text_nouns") and not any(word in PRONOUNS for word in told)

    def is_reference(self, gap: str) -> bool:
        """Whether what stands before a quotation is an entry of a bibliography, and the quotation its title."""
        return REFERENCE.search(gap) is not None

    def _without_aside(self, lead: str) -> str:
        """Return a sentence without "she writes" between the commas behind a name."""
        verbs = "|".join(words_of("speech").words)
        teller = r"s?he|they|I|[A-ZÀ-Þ][\w’'-]+|(?:his|her|their|the|an?) [\w-]+"
        aside = re.search(rf"(?<=\w), (?:as )?(?:{teller}) (?:{verbs}), ", lead)
        told = aside and lead[aside.end() :].strip() and self.sentence(lead[: aside.start()]).mentions
        return f"{lead[: aside.start()]} {lead[aside.end() :]}" if aside and told else lead

    @staticmethod
    def _handed_on(read: Sentence) -> Mention | None:
        """Return whose words somebody gives: "Babbage quoted Ada:", "he repeats Ada's words"."""
        last = next((at for at in range(len(read.lower) - 1, -1, -1) if read.lower[at] in words_of("speech")), None)
        at = next((at for at in range(len(read.lower) - 1, -1, -1) if read.lower[at] in words_of("handing_on")), None)
        if at is None or (last is not None and last > at):
            return None
        return next((one for one in read.mentions if one.start == at + 1 and (not one.owner or one.author)), None)

    @staticmethod
    def _received(read: Sentence) -> Mention | None:
        """Return who speaks where somebody is spoken to: "Ada was told by Babbage"; nameless where that is not said."""
        at = next((at for at in range(len(read.lower) - 1, 0, -1) if read.lower[at] in words_of("speech")), None)
        at = at if at is not None and read.lower[at] in words_of("receiving") else None
        if at is None or read.lower[at - 1] not in ("was", "were", "been", "being", "is"):
            described = len(read.lower) > 2 and any(
                first in words_of("receiving") and then == "by" and read.lower[-1] == "as"
                for first, then in zip(read.lower, read.lower[1:], strict=False)
            )
            return Mention(0, 0, Who.OTHER, "") if described else None
        if not any(one.end <= at - 1 for one in read.mentions):
            return None
        by = (one for one in read.mentions if read.lower[one.start - 1] == "by" and one.start > at)
        return next(by, Mention(0, 0, Who.OTHER, ""))

    @staticmethod
    def _judging(read: Sentence) -> Mention | None:
        """Return who judges somebody's words: "he added that Ada's answers were “dry”"."""
        if read.lower[-1:] not in (["was"], ["were"], ["is"], ["are"]):
            return None
        for verb in read.verbs:
            owned = any(one.author and one.owner and one.start > verb for one in read.mentions)
            if read.lower[verb + 1 : verb + 2] == ["that"] and owned:
                return read.subject_of(verb)
        return None

    @staticmethod
    def _is_view(read: Sentence, one: Mention) -> bool:
        """Whether the sentence ends as "for Ada, “…”" does."""
        before = read.lower[one.start - 1 : one.start]
        return before == ["for"] and read.tokens[one.end :] == [","] and one.start - 1 in (0, 1)

    @staticmethod
    def _is_text_speaking(read: Sentence) -> bool:
        """Whether a text of somebody named before speaks: "It reads:", "The letter begins with"."""
        for number, word in enumerate(read.lower):
            if number and word in words_of("text_verbs"):
                told = read.lower[number - 1]
                noun = told in words_of("text_nouns") and not any(one.author for one in read.mentions)
                return told in ("it", "which") or (noun and read.lower[max(number - 2, 0)] in ("the", "this", "that"))
        return False

    @staticmethod
    def _is_elliptic(read: Sentence) -> bool:
        """Whether the verb stands without a subject: "and added", "saying"."""
        before = read.lower[: read.verbs[-1]]
        return all(word in FILLING or not word[0].isalnum() for word in before)
