"""What the words beside a quotation say of its speaker: "he said", "said Hinton", "(Hinton, 2020)", "他说".

Each function looks at one kind of neighbour and returns whom it names, or nothing.
"""

import re
from typing import NamedTuple

from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.chinese_tags import ChineseTags, is_chinese
from assistant.documents.attribution.mentions import Mention, Sentence, Who
from knowledge.model.subject import Subject

_CJK = re.compile("[\u3400-\u9fff]")
_CREDIT_BRACKETS = re.compile(r"\s*[(（\[](?P<who>[^()（）\[\]]{2,160})[)）\]]")
_CREDIT_DASH = re.compile(r"[\s.]*(?:[—–―~]+|--+|-)\s*(?P<who>[^\n]{2,200})$", re.DOTALL)
_SEVERAL = re.compile(r"\bet\s+al\b|等", re.IGNORECASE)
_SCHOLARLY = re.compile(r"^\W*[A-ZÀ-Þ][\w’'-]+(?:(?:,| and| &)\s+[A-ZÀ-Þ][\w’'.-]+)*,?\s+\(?(?:19|20)\d\d")
_AUTHORS = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:,? (?:and|&) [A-ZÀ-Þ][\w’'-]+| et al\.?),? \(?(?:19|20)\d\d")
_JOINING = frozenset("and but while whereas".split())
_NOT_A_TAG = frozenset(
    "and but while when because or so which that if then although though unless until since after before even".split()
)
_IS_BY = re.compile(r"(?:(?:is|was|comes|stands)\b[^.]{0,24}\s)?(?:by|from) (?=[A-ZÀ-Þ])")
_PARTICIPLE = re.compile(
    r"\W*(?:[A-Z][\w ]{2,30}: )?(?:(?:When|If|Once|After being) )?"
    r"(?:asked|pressed|questioned|interviewed|challenged|prompted)\b[^,]*,\s+(?P<main>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_GOES = re.compile(r"\s(?:goes|went|(?:is|was|[’']s) (?:all )?like)[\s,:]*$")
_WANTS_TO_KNOW = re.compile(r"\bwant(?:ed|s) to know\b")
_REFERENCE = re.compile(
    r"(?:^|\n)[\W\d]*[A-ZÀ-Þ][\w’'-]+, (?:(?:[A-Z]\.[ -]?)+|[A-ZÀ-Þ][a-z]+ (?=\())"
    r"[^“\"\n]*?\(?(?:19|20)\d\d[a-z]?\)?[.,:]?\s*$"
)
_ANONYMOUS = re.compile(r"\W*(?:an?|one|another|our|anonymous|unknown)\b(?:[ ,]+[\w’'-]+){0,4}\W*$", re.IGNORECASE)
_COMES = re.compile(r"\W*(?:came|comes|was|is|went)\s+(?:the|his|her)\s+(?:answer|reply|response)", re.IGNORECASE)
_CLAUSE = re.compile("[，,；;。]")
NAME_DASH = re.compile(r"[\s*_>]*(?P<who>[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,3})[*_]*\s+[—–-]+\s*$")
"""A line that begins with a name and a dash: "Ada Lovelace – “…”"."""
_RIGHT_THAT = re.compile(r"\b(?:right|wrong|sure|certain|convinced|clear|adamant|confident) that\s*$", re.IGNORECASE)
_COPULA_TELLS = re.compile(
    r"(?:is|was|were|are) (?:just |only |exactly |also )?(?:how|what|all|the way|as much as|as close as)(?: that)?\s",
    re.IGNORECASE,
)
"""Behind a quotation: "is how Ada puts it", "was all that she would say"."""
_LOOKS_BACK = re.compile(
    r"[\s*_]*(?:(?:The|That|This) [a-z]+(?: [a-z]+)? (?:was|is)"
    r"|(?:[Tt]hat|[Tt]his|[Ii]t|[Tt]hose|[Tt]hese)(?:[’']s| is| was| are| were)"
    r"(?: the words? of| from| by| how)?|(?:So|Thus)(?: once)?(?: said| says| wrote| spoke)?) (?P<who>[A-ZÀ-Þ@].*)",
    re.DOTALL,
)
"""A sentence behind a quotation that tells whose it was: "That was Ada on engines", "So said Ada Lovelace"."""
_SAID_IT = re.compile(
    r"[\s*_]*(?P<who>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)?) (?:has |had |once |first |really |actually |did )*"
    r"(?P<verb>\w+) (?:that|this|it|those words|these words|so)(?: (?:to|in|at|on|when|before|after|with|again|once"
    r"|while|as|during|for|on|years?|only|twice|out)\b.*|[.!;,].*)?$",
    re.DOTALL,
)
"""A sentence behind a quotation: "She said it when nobody believed it"."""
_FRAGMENT = re.compile(
    r"[\s*_]*[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)?, (?:at|in|on|to|when|after|during|last|this|speaking|talking|back"
    r"|from)\b"
)
"""A sentence without a verb behind a quotation: "Ada, at a dinner in 1843."."""
_APPOSITION = re.compile(
    r"(?:an?|the|his|her) (?:[\w-]+ ){0,2}(?:remark|line|claim|phrase|sentence|statement|comment|view|idea|position"
    r"|point|quote|thought|answer|tweet|post|observation)s?(?: (?:which|that|to which|for which|he|she|they)\b|[,.])"
)
"""What stands behind a comma in place of the quotation: "“…”, a remark which Babbage answered with “…”"."""
REVEALS = re.compile("(?:The|That|This) [a-z]+(?: [a-z]+)? (?:was|is) [A-ZÀ-Þ]")
"""A sentence that names who was told of without a name: "The researcher was Ada Lovelace."."""
_TO_QUOTE = re.compile(
    r"[\s*_>]*(?:to quote|to borrow from|per|via|in the (?:immortal |famous )?words of) (?P<who>[A-ZÀ-Þ@].*)",
    re.IGNORECASE,
)
"""A lead that hands the word on without a verb: "To quote Ada,", "Per Ada:"."""
_CHINESE_BACK = re.compile("[—\\s]*(?:这|那|以上|上面)(?:些话|句话|番话|段话)?(?:都|正|就)?是")
_OWN_TEXT = re.compile(r"\W*(?P<owner>his|her|their)\s+(?P<noun>[a-z]+)\b.{0,80}\b(?:is|was)[\s:,]*$", re.IGNORECASE)


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


class TagReader:
    """Reads the neighbours of quotations for one subject; `known` are the last names of people in the document."""

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

    def before(self, lead: str) -> Told | None:
        """Return whom the beginning of a sentence gives the quotation to that follows."""
        if is_chinese(lead):
            return self._chinese(lead)
        if dash := NAME_DASH.match(lead):
            alone = not self.sentence(dash["who"]).verbs
            return self.credit(dash["who"]) if alone else None
        if _AUTHORS.search(lead):
            return Told(Who.OTHER, lead)
        participle = _PARTICIPLE.match(lead)
        lead = participle["main"] if participle else lead
        lead = self._without_aside(_WANTS_TO_KNOW.sub("asked", lead))
        read = self.sentence(lead)
        if quoted := _TO_QUOTE.match(lead):
            named = next(iter(self.sentence(quoted["who"]).mentions), None)
            return self._told(named, read, lead)._replace(aside=True) if named and named.start == 0 else None
        handed = self._handed_on(read) or self._received(read)
        if handed:
            return self._told(handed, read, lead)._replace(aside=True) if handed.name else Told(Who.OTHER, lead, True)
        passive = read.attributed()
        if passive and passive.who in (Who.HIM, Who.PRONOUN):
            return self._told(passive, read, lead)._replace(aside=True)
        owner = _OWN_TEXT.match(lead)
        if owner and owner["noun"].casefold() in words_of("text_nouns"):
            whose = Who.PRONOUN if owner["owner"].casefold() in self.subject.pronouns else Who.OTHER
            return Told(whose, lead)
        goes = _GOES.search(lead)
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
            if len(read.tokens) <= _SHORT_RUBRIC and not any(one.sure for one in standing) and self._is_rubric(read):
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
        if read.first and _RIGHT_THAT.search(lead):  # "If Ada is right that"
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
        return bool(told) and told[-1] in words_of("text_nouns") and not any(word in _PRONOUNS for word in told)

    def is_reference(self, gap: str) -> bool:
        """Whether what stands before a quotation is an entry of a bibliography, and the quotation its title."""
        return _REFERENCE.search(gap) is not None

    def _without_aside(self, lead: str) -> str:
        """Return a sentence without "she writes" between the commas behind a name."""
        verbs = "|".join(words_of("speech").words)
        teller = r"s?he|they|I|[A-ZÀ-Þ][\w’'-]+|(?:his|her|their|the|an?) [\w-]+"
        aside = re.search(rf"(?<=\w), (?:as )?(?:{teller}) (?:{verbs}), ", lead)
        told = aside and lead[aside.end() :].strip() and self.sentence(lead[: aside.start()]).mentions
        return f"{lead[: aside.start()]} {lead[aside.end() :]}" if aside and told else lead

    def after(self, tail: str, *, ended: bool, comma: bool = False) -> Told | None:
        """Return whom the words behind a quotation give it to.

        `ended`, `comma`: a full stop, a comma stands before the closing mark.
        """
        if _CJK.search(tail[:6]) and is_chinese(tail[:20]):
            if ended and self._chinese_tags.is_tag(tail):
                return self._chinese(re.split("[。！？\n]", tail, maxsplit=1)[0])
            clause = next((part for part in _CLAUSE.split(tail) if part.strip()), "")
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
        if not read.tokens or read.lower[0] in _JOINING or (read.lower[0] in _NOT_A_TAG and not outside):
            return None
        if _APPOSITION.match(told) and (outside or comma):
            return None
        if re.match(r"as (?:if|though)\b.{2,40}\b(?:said|wrote|written|spoken)\b", told):
            return Told(Who.OTHER, told)
        if quoted := _TO_QUOTE.match(told):
            inner = self.sentence(quoted["who"])
            named = next(iter(inner.mentions), None)
            return self._told(named, inner, told) if named and named.start == 0 else None
        passive = read.attributed()
        if passive or _IS_BY.match(told):
            given = passive or next((one for one in read.mentions), None)
            return self._told(given, read, told)._replace(aside=True) if given else None
        text_speaks = read.lower[:1] == ["the"] and read.lower[1:2] and read.lower[1] in words_of("text_nouns")
        if text_speaks and read.lower[2:3] and read.lower[2] in words_of("text_verbs"):
            return Told(Who.PRONOUN, told)
        if _COMES.match(told):
            return Told(Who.PRONOUN, told)
        if read.lower[0] in words_of("text_verbs") and any(word in words_of("signs") for word in read.lower[1:5]):
            return Told(Who.OTHER, told)
        if tells := _COPULA_TELLS.match(told):
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
        return self._told(first, read, told) if verb and word not in _FILLING | _NOT_A_TAG | _PLAIN else None

    def looking_back(self, sentence: str) -> Told | None:
        """Return whom a sentence of its own names for the quotation before it: "That was Ada", "She said it once"."""
        if _CHINESE_BACK.match(sentence):
            return Told(Who.HIM, sentence) if self.subject.is_mentioned(sentence) else None
        match = _LOOKS_BACK.match(sentence)
        if match:
            read = self.sentence(match["who"])
            first = read.mentions[0] if read.mentions else None
            standing = (
                first and first.start == 0 and first.who in (Who.HIM, Who.OTHER) and (not first.owner or first.author)
            )
            plain = not any(verb > first.end for verb in read.verbs) if first else False
            return Told(first.who, sentence) if first and standing and plain else None
        fragment = _FRAGMENT.match(sentence)
        if fragment and (found := self.credit(sentence)):
            return found if not self.sentence(sentence).verbs else None
        match = _SAID_IT.match(sentence)
        if not match or match["verb"] not in words_of("speech"):
            return None
        read = self.sentence(sentence)
        first = read.mentions[0] if read.mentions else None
        return self._told(first, read, sentence) if first and first.start == 0 and not first.governed else None

    def credit(self, text: str) -> Told | None:
        """Return whom a credit names: "Ada Lovelace, London 1843", "Lovelace, p. 4"."""
        told = text.strip()
        if _CJK.search(told):
            his = self.subject.is_mentioned(told)
            return Told(Who.HIM, told) if his and not _SEVERAL.search(told) else None
        read = self.sentence(told)
        standing = [one for one in read.mentions if not one.governed and one.who in (Who.HIM, Who.OTHER)]
        first = standing[0] if standing else next((one for one in read.mentions if one.who is Who.HIM), None)
        if first is None:
            return None
        if first.who is Who.HIM:
            joint = _SEVERAL.search(told) or self._among_authors(read, first)
            passing = (
                first.governed
                and not (first.owner and first.start == 0)
                and read.lower[max(first.start - 1, 0)] not in ("by", "via", "from", "of")
            )
            return None if passing else Told(Who.OTHER if joint else Who.HIM, told)
        certain = first.sure or _SCHOLARLY.match(told) or _SEVERAL.search(told)
        return Told(Who.OTHER, told) if certain else None

    def bracketed(self, after: str) -> tuple[Told, int] | None:
        """Return whom the brackets right behind a quotation name, and where they end."""
        match = _CREDIT_BRACKETS.match(after)
        told = self.credit(match["who"]) if match else None
        return (told, match.end()) if match and told else None

    def dashed(self, after: str) -> Told | None:
        """Return whom a dash behind a quotation, at the end of its paragraph, credits."""
        match = _CREDIT_DASH.match(after)
        if not match or len(match["who"].split()) > _LONGEST_CREDIT:
            return None
        found = self.credit(match["who"])
        if found and found.who is Who.OTHER and match["who"][0].islower():
            return None  # a clause that goes on: "“…” — everyone laughed"
        if found is None and _ANONYMOUS.match(match["who"]) and not self.sentence(match["who"]).verbs:
            return Told(Who.OTHER, match["who"])
        if found:
            return found
        named = re.match(r"\W*[A-ZÀ-Þ@]", match["who"]) is not None or _CJK.match(match["who"]) is not None
        return Told(Who.OTHER, match["who"]) if named else None

    def subject_of(self, sentence: str) -> Told | None:
        """Return whom a sentence leaves in the light: the next bare quotation, or pronoun, is theirs."""
        if is_chinese(sentence):
            told = self._chinese(sentence)
            if told and told.asks:
                asked = self._chinese_tags.asked(sentence)
                return Told(asked, sentence) if asked else None
            return told if told and told.who is not Who.PRONOUN else None
        participle = _PARTICIPLE.match(sentence)
        if participle:
            return self.subject_of(participle["main"])
        read = self.sentence(_WANTS_TO_KNOW.sub("asked", sentence))
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
    def _is_crowd(one: Mention) -> bool:
        """Whether several people without a name are meant."""
        word = one.name.casefold()
        return word in words_of("bodies") or (
            word in words_of("people") and word.endswith(("s", "people", "one", "body"))
        )

    @staticmethod
    def _told_by_narrator(read: Sentence) -> Mention | None:
        """Return to whom the writer spoke: "I once put this to Ada"; it is that one's turn then."""
        named = [one for one in read.mentions if one.who is not Who.NARRATOR and (one.sure or one.who is Who.HIM)]
        speaks = read.mentions[0].who is Who.NARRATOR and len(named) == 1
        to = speaks and read.lower[max(named[0].start - 1, 0)] in ("to", "with", "at")
        return named[0] if to else None

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
        other = any(one.name in _PRONOUNS and one.name not in self.subject.pronouns for one in read.mentions)
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
            if one.end <= found.start and one.sure and (one.name not in _PRONOUNS or one.name in self.subject.pronouns)
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

    def _inverted(self, read: Sentence, *, comma: bool) -> Mention | None:
        """Return who stands behind a verb: "said Ada", and after a comma behind any ("quipped an old friend")."""
        known = read.lower[0] in words_of("speech")
        other = comma and read.tokens[0].islower() and read.lower[0] not in words_of("prepositions").words | _NOT_A_TAG
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
        unnamed = bool(read.verbs) and 0 < read.verbs[0] <= _NEAR_START + 2 and read.lower[0] in words_of("determiners")
        if unnamed and (first is None or first.start > read.verbs[0]):
            return Told(Who.OTHER, told)
        if first is None or first.start > _NEAR_START:
            return None
        if first.author and not read.verbs:
            return self._told(first, read, told)
        verb = next((number for number in read.verbs if number >= first.end), None)
        if verb is None:
            return None
        speaker = read.subject_of(verb)
        return (
            self._told(speaker, read, told, asks=read.is_asking(verb))
            if speaker and speaker.start <= _NEAR_START
            else None
        )

    def _is_short_tag(self, read: Sentence) -> bool:
        first = next((one for one in read.mentions if not one.governed), None)
        whole = read.tokens[-1:] in (["."], ["!"], ["?"]) or read.text.rstrip().endswith((".", "!", "?"))
        if first is None or first.start > 0 or len(read.tokens) > _SHORT_TAG or not whole:
            return False
        return any(first.end <= verb <= first.end + 1 for verb in read.verbs)

    @staticmethod
    def _is_elliptic(read: Sentence) -> bool:
        """Whether the verb stands without a subject: "and added", "saying"."""
        before = read.lower[: read.verbs[-1]]
        return all(word in _FILLING or not word[0].isalnum() for word in before)

    def _among_authors(self, read: Sentence, first: Mention) -> bool:
        following = read.lower[first.end : first.end + 2]
        joined = following[:1] in (["and"], ["&"], [","])
        others = [one for one in read.mentions if one.start - first.end in (1, 2) and one.who is Who.OTHER and one.sure]
        return joined and bool(others) and bool(re.search(r"(?:19|20)\d\d", read.text)) and following[:1] != [","]

    def _chinese(self, sentence: str) -> Told | None:
        found = self._chinese_tags.speaker(sentence)
        aside = any(word in sentence for word in words_of("chinese_quoting").words)
        return Told(found[0], sentence, found[1], aside=aside) if found else None


_PRONOUNS = frozenset("he him his she her hers they them their theirs".split())
_LONGEST_CREDIT = 24
_NEAR_START = 4  # words of a tail before its speaker
_SHORT_TAG = 7
_SHORT_RUBRIC = 5
_PLAIN = frozenset("is was has does not but its".split())
_FILLING = frozenset("and then also but later he she they to has had have been was is would".split()) | {"again"}
