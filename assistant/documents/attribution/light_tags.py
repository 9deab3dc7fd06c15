"""Whom a sentence without a quotation leaves in the light: the next pronoun, or bare quotation, is theirs."""

from assistant.documents.attribution.chinese_tags import is_chinese
from assistant.documents.attribution.credit_tags import CreditReader
from assistant.documents.attribution.mentions import Mention, Who
from assistant.documents.attribution.references import Told
from assistant.documents.attribution.speaking_sentences import Sentence
from assistant.documents.attribution.tag_patterns import PARTICIPLE, WANTS_TO_KNOW


class LightReader(CreditReader):
    """Reads sentences of the writer."""

    def subject_of(self, sentence: str) -> Told | None:
        """Return whom a sentence leaves in the light: the next bare quotation, or pronoun, is theirs."""
        if is_chinese(sentence):
            told = self._chinese(sentence)
            if told and told.asks:
                asked = self._chinese_tags.asked(sentence)
                return Told(asked, sentence) if asked else None
            return told if told and told.who is not Who.PRONOUN else None
        participle = PARTICIPLE.match(sentence)
        if participle:
            return self.subject_of(participle["main"])
        read = self.sentence(WANTS_TO_KNOW.sub("asked", sentence))
        for verb in read.verbs:
            if read.is_asking(verb):
                behind = read.object_of(verb)
                passive = verb + 1 < len(read.lower) and read.lower[verb - 1 : verb] in (["was"], ["is"], ["were"])
                if passive or verb == 0:
                    break
                if behind and behind.who is Who.PRONOUN:  # who is asked is not who asks
                    return Told(Who.PRONOUN, sentence)
                return self._told(behind, read, sentence) if behind and behind.who is not Who.NARRATOR else None
        speaker = read.speaker() if read.verbs else None
        found = speaker or read.first
        if (found is None or found.who is Who.NARRATOR) and read.mentions[:1]:
            found = self._told_by_narrator(read) or found
        if found is None or found.who is Who.NARRATOR or not found.sure:
            return None
        if self._is_crowd(found):  # "Everyone laughed, Babbage the loudest."
            named = [one for one in read.mentions if one.sure and not one.governed and not self._is_crowd(one)]
            named = [one for one in named if one.who in (Who.HIM, Who.OTHER)]
            if not named and not read.verbs:
                return None
            found = named[0] if named else found
        return self._told(found, read, sentence)

    def names_only_him(self, sentence: str) -> bool:
        """Whether a sentence names the subject in passing, and nobody else: "It was a busy spring for Ada"."""
        if is_chinese(sentence):
            return False
        mentions = self.sentence(sentence).mentions
        people = [one.who for one in mentions if one.who is not Who.NARRATOR and (one.sure or one.who is Who.HIM)]
        return people[:1] == [Who.HIM] and Who.OTHER not in people

    @staticmethod
    def _told_by_narrator(read: Sentence) -> Mention | None:
        """Return to whom the writer spoke: "I once put this to Ada"; it is that one's turn then."""
        named = [one for one in read.mentions if one.who is not Who.NARRATOR and (one.sure or one.who is Who.HIM)]
        speaks = read.mentions[0].who is Who.NARRATOR and len(named) == 1
        to = speaks and read.lower[max(named[0].start - 1, 0)] in ("to", "with", "at")
        return named[0] if to else None
