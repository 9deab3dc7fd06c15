"""What the words beside a quotation say of its speaker: "he said", "said Hinton", "(Hinton, 2020)", "他说".

Each function looks at one kind of neighbour and returns whom it names, or nothing.
"""

import re

from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.chinese_tags import is_chinese
from assistant.documents.attribution.lead_tags import LeadReader
from assistant.documents.attribution.mentions import Mention, Who
from assistant.documents.attribution.references import Told
from assistant.documents.attribution.speaking_sentences import Sentence
from assistant.documents.attribution.tag_patterns import (
    APPOSITION,
    CJK,
    CLAUSE,
    COMES,
    COPULA_TELLS,
    FILLING,
    IS_BY,
    JOINING,
    NEAR_START,
    NOT_A_TAG,
    PLAIN,
    SHORT_TAG,
    TO_QUOTE,
)


class TagReader(LeadReader):
    """Reads the neighbours of quotations for one subject."""

    def after(self, tail: str, *, ended: bool, comma: bool = False) -> Told | None:
        """Return whom the words behind a quotation give it to.

        `ended`, `comma`: a full stop, a comma stands before the closing mark.
        """
        if CJK.search(tail[:6]) and is_chinese(tail[:20]):
            if ended and self._chinese_tags.is_tag(tail):
                return self._chinese(re.split("[。！？\n]", tail, maxsplit=1)[0])
            clause = next((part for part in CLAUSE.split(tail) if part.strip()), "")
            return None if ended or tail.rstrip().endswith((":", "：")) else self._chinese(clause)
        dashed = tail.lstrip(" \n\t*_\u2060")[:1] in tuple("—–")
        told = tail.lstrip(" ,\n\t*_>—–" if dashed else " ,\n\t*_>")
        outside = "," in tail[: len(tail) - len(told)]
        comma = comma or outside
        if not told or told[0] in ".;:" or re.match(r"[(（][A-ZÀ-Þ]", told) or told.rstrip(" \n\t*_").endswith(":"):
            return None
        read = self.sentence(told)
        if dashed and (not read.verbs or read.verbs[0] > 0):
            return None  # "“…” — everyone laughed" tells what happened then
        if not read.tokens or read.lower[0] in JOINING or (read.lower[0] in NOT_A_TAG and not outside):
            return None
        if APPOSITION.match(told) and (outside or comma):
            return None
        if re.match(r"as (?:if|though)\b.{2,40}\b(?:said|wrote|written|spoken)\b", told):
            return Told(Who.OTHER, told)
        if quoted := TO_QUOTE.match(told):
            inner = self.sentence(quoted["who"])
            named = next(iter(inner.mentions), None)
            return self._told(named, inner, told) if named and named.start == 0 else None
        passive = read.attributed()
        if passive or IS_BY.match(told):
            given = passive or next((one for one in read.mentions), None)
            return self._told(given, read, told)._replace(aside=True) if given else None
        text_speaks = read.lower[:1] == ["the"] and read.lower[1:2] and read.lower[1] in words_of("text_nouns")
        if text_speaks and read.lower[2:3] and read.lower[2] in words_of("text_verbs"):
            return Told(Who.PRONOUN, told)
        if COMES.match(told):
            return Told(Who.PRONOUN, told)
        if read.lower[0] in words_of("text_verbs") and any(word in words_of("signs") for word in read.lower[1:5]):
            return Told(Who.OTHER, told)
        if tells := COPULA_TELLS.match(told):
            inner = self.sentence(told[tells.end() :])
            first = next((one for one in inner.mentions if not one.governed), None)
            if first and first.start == 0 and (first.sure or first.who is not Who.OTHER):
                return self._told(first, inner, told)
        if read.lower[0] in words_of("text_verbs") and (
            author := next((one for one in read.mentions if one.author), None)
        ):
            return self._told(author, read, told)
        if read.lower[0] in ("is", "was", "remains"):  # "is my favourite line of Ada's"
            line = next((one for one in read.mentions if one.who is Who.HIM and self._owns_line(read, one)), None)
            if line:
                return self._told(line, read, told)._replace(aside=True)
        if read.tokens[0].islower() or read.tokens[0].istitle():
            inverted = self._inverted(read, comma=comma)
            if inverted:
                return self._told(inverted, read, told, asks=read.is_asking(0))
        if ended and told[0].isupper() and not self._is_short_tag(read):
            return None
        return self._straight(read, told) or (self._plain(read, told) if comma else None)

    @staticmethod
    def _owns_line(read: Sentence, one: Mention) -> bool:
        return any(word in words_of("text_nouns") for word in read.lower[one.end : one.end + 2])

    def _plain(self, read: Sentence, told: str) -> Told | None:
        """Return who stands, behind a comma, before any word that may be a verb: "Ada confesses on page one"."""
        first = read.mentions[0] if read.mentions else None
        if first is None or first.start > 0 or first.governed or not first.sure:
            return None
        following = read.tokens[first.end : first.end + 1]
        word = following[0] if following else ""
        verb = (
            word.islower()
            and word.isalpha()
            and word.endswith(("s", "ed", "t"))
            and word not in words_of("prepositions")
        )
        return self._told(first, read, told) if verb and word not in FILLING | NOT_A_TAG | PLAIN else None

    def _inverted(self, read: Sentence, *, comma: bool) -> Mention | None:
        """Return who stands behind a verb: "said Ada", and after a comma behind any ("quipped an old friend")."""
        known = read.lower[0] in words_of("speech")
        other = comma and read.tokens[0].islower() and read.lower[0] not in words_of("prepositions").words | NOT_A_TAG
        if not known and not other:
            return None
        if not known and read.mentions[:1] and read.mentions[0].start == 0:
            return None
        near = 4 if known else 2
        for one in read.mentions:
            if 1 <= one.start <= near and not one.governed:
                return one
            if one.start > near:
                break
        return None

    def _straight(self, read: Sentence, told: str) -> Told | None:
        """Return who stands before a verb: "Ada later told the Society"."""
        first = next((one for one in read.mentions if not one.governed), None)
        unnamed = bool(read.verbs) and 0 < read.verbs[0] <= NEAR_START + 2 and read.lower[0] in words_of("determiners")
        if unnamed and (first is None or first.start > read.verbs[0]):
            return Told(Who.OTHER, told)
        if first is None or first.start > NEAR_START:
            return None
        if first.author and not read.verbs:
            return self._told(first, read, told)
        verb = next((number for number in read.verbs if number >= first.end), None)
        if verb is None:
            return None
        speaker = read.subject_of(verb)
        return (
            self._told(speaker, read, told, asks=read.is_asking(verb))
            if speaker and speaker.start <= NEAR_START
            else None
        )

    def _is_short_tag(self, read: Sentence) -> bool:
        first = next((one for one in read.mentions if not one.governed), None)
        whole = read.tokens[-1:] in (["."], ["!"], ["?"]) or read.text.rstrip().endswith((".", "!", "?"))
        if first is None or first.start > 0 or len(read.tokens) > SHORT_TAG or not whole:
            return False
        return any(first.end <= verb <= first.end + 1 for verb in read.verbs)
