"""Credits: names in brackets, behind a dash, in a sentence that looks back at a quotation."""

import re

from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.mentions import Mention, Who
from assistant.documents.attribution.references import ReferenceReader, Told
from assistant.documents.attribution.speaking_sentences import Sentence
from assistant.documents.attribution.tag_patterns import (
    ANONYMOUS,
    CHINESE_BACK,
    CJK,
    CREDIT_BRACKETS,
    CREDIT_DASH,
    FRAGMENT,
    LONGEST_CREDIT,
    LOOKS_BACK,
    SAID_IT,
    SCHOLARLY,
    SEVERAL,
)


class CreditReader(ReferenceReader):
    """Reads credits."""

    def looking_back(self, sentence: str) -> Told | None:
        """Return whom a sentence of its own names for the quotation before it: "That was Ada", "She said it once"."""
        if CHINESE_BACK.match(sentence):
            return Told(Who.HIM, sentence) if self.subject.is_mentioned(sentence) else None
        match = LOOKS_BACK.match(sentence)
        if match:
            read = self.sentence(match["who"])
            first = read.mentions[0] if read.mentions else None
            standing = (
                first and first.start == 0 and first.who in (Who.HIM, Who.OTHER) and (not first.owner or first.author)
            )
            plain = not any(verb > first.end for verb in read.verbs) if first else False
            return Told(first.who, sentence) if first and standing and plain else None
        fragment = FRAGMENT.match(sentence)
        if fragment and (found := self.credit(sentence)):
            return found if not self.sentence(sentence).verbs else None
        match = SAID_IT.match(sentence)
        if not match or match["verb"] not in words_of("speech"):
            return None
        read = self.sentence(sentence)
        first = read.mentions[0] if read.mentions else None
        return self._told(first, read, sentence) if first and first.start == 0 and not first.governed else None

    def credit(self, text: str) -> Told | None:
        """Return whom a credit names: "Ada Lovelace, London 1843", "Lovelace, p. 4"."""
        told = text.strip()
        if CJK.search(told):
            his = self.subject.is_mentioned(told)
            return Told(Who.HIM, told) if his and not SEVERAL.search(told) else None
        read = self.sentence(told)
        standing = [one for one in read.mentions if not one.governed and one.who in (Who.HIM, Who.OTHER)]
        first = standing[0] if standing else next((one for one in read.mentions if one.who is Who.HIM), None)
        if first is None:
            return None
        if first.who is Who.HIM:
            joint = SEVERAL.search(told) or self._among_authors(read, first)
            passing = (
                first.governed
                and not (first.owner and first.start == 0)
                and read.lower[max(first.start - 1, 0)] not in ("by", "via", "from", "of")
            )
            return None if passing else Told(Who.OTHER if joint else Who.HIM, told)
        certain = first.sure or SCHOLARLY.match(told) or SEVERAL.search(told)
        return Told(Who.OTHER, told) if certain else None

    def bracketed(self, after: str) -> tuple[Told, int] | None:
        """Return whom the brackets right behind a quotation name, and where they end."""
        match = CREDIT_BRACKETS.match(after)
        told = self.credit(match["who"]) if match else None
        return (told, match.end()) if match and told else None

    def dashed(self, after: str) -> Told | None:
        """Return whom a dash behind a quotation, at the end of its paragraph, credits."""
        match = CREDIT_DASH.match(after)
        if not match or len(match["who"].split()) > LONGEST_CREDIT:
            return None
        found = self.credit(match["who"])
        if found and found.who is Who.OTHER and match["who"][0].islower():
            return None  # a clause that goes on: "“…” — everyone laughed"
        if found is None and ANONYMOUS.match(match["who"]) and not self.sentence(match["who"]).verbs:
            return Told(Who.OTHER, match["who"])
        if found:
            return found
        named = re.match(r"\W*[A-ZÀ-Þ@]", match["who"]) is not None or CJK.match(match["who"]) is not None
        return Told(Who.OTHER, match["who"]) if named else None

    def _among_authors(self, read: Sentence, first: Mention) -> bool:
        following = read.lower[first.end : first.end + 2]
        joined = following[:1] in (["and"], ["&"], [","])
        others = [one for one in read.mentions if one.start - first.end in (1, 2) and one.who is Who.OTHER and one.sure]
        return joined and bool(others) and bool(re.search(r"(?:19|20)\d\d", read.text)) and following[:1] != [","]
