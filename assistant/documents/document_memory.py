"""What a reader of a document remembers: who stands in the light, who was quoted last, whose post it is, headings."""

import re
from typing import NamedTuple

from assistant.documents.attributed_quotations import Attributed, Basis
from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.mentions import Who
from assistant.documents.attribution.references import Told
from assistant.documents.attribution.speech_tags import TagReader
from assistant.documents.printed_documents import PrintedBlock, PrintedDocument, seen
from assistant.documents.printed_sentences import AROUND, is_chinese, is_lead, sentences_of
from knowledge.formats.blocks import BlockKind
from knowledge.model.subject import Subject

BEGINS = re.compile(r"[\s\u2060*_]+[^\W\da-z]")
"""A sentence of its own behind a quotation."""
_GOES_ON = re.compile(r"[\s\u2060*_]*[,;]\s*(?:and|but|while|whereas)\b")
_NAMES = re.compile(r"(?<!\w)[A-ZÀ-Þ][a-zà-ÿ’'-]+\s+(?:[A-Z]\.\s+)?(?P<last>[A-ZÀ-Þ][a-zà-ÿA-Z’'-]+)")


class Focus(NamedTuple):
    """Who stands in the light, and who did before: "he" means him where the one in the light is a "she" or several."""

    who: Who | None = None
    before: Who | None = None
    single: bool = True
    nameless: bool = False

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
        return Focus(Who.OTHER, before, told.single, told.nameless)

    def naming_him(self) -> "Focus":
        """Return what it is where he was named in passing: he is who stood in the light before."""
        return self if self.who is Who.HIM else self._replace(before=Who.HIM)


class DocumentMemory:
    """The memory of one reading of a document; changes with each block."""

    def __init__(self, printed: PrintedDocument, subject: Subject) -> None:
        self.printed = printed
        self.subject = subject
        self.tags = TagReader(subject, last_names(printed.shown), last_names_of_women(printed.shown))
        self.focus = Focus()
        self.last: Told | None = None
        """Whose the last quotation of the block before is."""
        self.owner: Who | None = None
        """Whose post or labelled speech goes on."""
        self.lead = ""
        """The sentence that may lead to the next block."""
        self.list_lead = ""
        """The line before a list that hands the word on to all its items."""
        self.open = False
        """Whether no mark ends the last quotation: the next block goes on with it."""
        self._headings: dict[int, str] = {}
        self._roles_of_others = roles_of_others(printed.shown, subject)
        others = [word for word in ("she", "her", "hers") if word not in subject.pronouns]
        self._other_pronouns = re.compile(rf"\b(?:{'|'.join(others) or '(?!)'})\b", re.IGNORECASE)

    def text(self, block: PrintedBlock) -> str:
        """Return a block as its reader sees it."""
        return self.printed.shown[block.start : block.end]

    def forget(self) -> None:
        """Begin anew, as behind a rule or a heading."""
        self.focus, self.last, self.owner = Focus(None, self.focus.pronoun), None, None
        self.lead, self.list_lead, self.open = "", "", False

    def enter(self, heading: PrintedBlock) -> None:
        """Take note of a heading; it ends those of its level and below."""
        self._headings = {d: told for d, told in self._headings.items() if d < heading.level}
        self._headings[heading.level] = self.text(heading)
        self.forget()

    def quoted_him(self) -> None:
        """Take note of a block that is his as a whole."""
        self.last, self.lead, self.open = Told(Who.HIM), "", False
        self.focus = self.focus.moved(self.last)

    def remember(self, block: PrintedBlock, end: int, found: list[Attributed]) -> None:
        """Keep who was last spoken of, and the sentence that may lead to the next block."""
        shown, before = self.printed.shown, block.start
        for one in found:
            gap = sentences_of(shown[before : one.span.outer[0]])
            self.focus = self.told_between(self.focus, gap, behind=before > block.start)
            self.focus = self.after_quotation(self.focus, one)
            before = one.span.outer[1]
        rest = sentences_of(shown[before:end])
        self.focus = self.told_between(self.focus, [*rest, ""], behind=bool(found))
        if self.focus.nameless:
            self.focus = self.focus._replace(single=False)
        self.lead = seen(rest[-1]) if re.search(r"\w", rest[-1]) else ""
        if block.kind is not BlockKind.ITEM:
            self.list_lead = self.lead if is_lead(self.lead) else ""
        self.open = bool(found) and not found[-1].span.closed
        self.last = found[-1].told if found else None

    def after_quotation(self, focus: Focus, one: Attributed) -> Focus:
        """Return who stands in the light behind a quotation: who spoke, but for a question and a name in passing."""
        if one.told is None or one.told.who not in (Who.HIM, Who.OTHER):
            return focus
        asks = one.told.asks or any(word in words_of("questioners") for word in re.findall(r"\w+", one.told.by))
        asked = asks and self.printed.shown[one.span.end - 1 : one.span.end] in ("?", "？")
        wonders = asked and one.told.who is Who.HIM and focus.who is None
        moved = focus if (asked and not wonders) or one.told.aside else focus.moved(one.told)
        if asked and not one.told.single and focus.who is Who.OTHER:
            moved = focus._replace(single=False)  # "she" asks: "he" behind it is the other one
        return moved.naming_him() if self.subject.is_mentioned(one.told.by) else moved

    def told_between(self, focus: Focus, parts: list[str], *, behind: bool) -> Focus:
        """Return the focus after the whole sentences among the parts; what stands `behind` a quotation is its tag."""
        for number, told in enumerate(parts[:-1]):
            if number or not behind or _GOES_ON.match(told) or BEGINS.match(told):
                focus = self._after_sentence(focus, seen(told))
            if focus.who is Who.OTHER and self._other_pronouns.search(told):
                focus = focus._replace(single=False)
        return focus

    def _after_sentence(self, focus: Focus, sentence: str) -> Focus:
        """Return who stands in the light behind a sentence of the writer's."""
        about = self.tags.subject_of(sentence)
        if (about is None or about.who is Who.PRONOUN) and self.tags.names_only_him(sentence):
            return Focus(None, Who.HIM)
        if about and about.who is Who.PRONOUN:
            about = about._replace(who=self.resolved(about, focus) or Who.PRONOUN)
        moved = focus.moved(about)
        return moved.naming_him() if moved is not focus and self.subject.is_mentioned(sentence) else moved

    def resolved(self, told: Told, focus: Focus | None = None) -> Who | None:
        """Return whom a neighbour of a quotation means, a pronoun by who was told of before."""
        if told.who is not Who.PRONOUN:
            return told.who
        light, role = focus or self.focus, told.role.casefold()
        if role in words_of("heads"):
            return None if self._roles_of_others & words_of("heads").words else light.pronoun
        if role and role not in self._roles_of_others:
            return Who.HIM
        if told.switches and light.who is Who.OTHER:
            return light.before
        replying = light.who is Who.OTHER and any(word in words_of("replies") for word in re.findall(r"\w+", told.by))
        if light.who is None and light.before is None and self.under_him():
            return Who.HIM  # nobody else was told of since the heading
        return light.before if replying and light.before else light.pronoun

    def under_him(self) -> bool:
        """Whether a heading above names him as the one whose words stand under it."""
        for depth in sorted(self._headings, reverse=True):
            told = self._headings[depth]
            read = self.tags.sentence(seen(told))
            for one in read.mentions:
                if one.who is Who.HIM:
                    return not any(word in words_of("reversing_headings") for word in read.lower[: one.start])
            if is_chinese(told) and self.subject.is_mentioned(told):
                return True
            if any(word in words_of("headings_of_others") for word in read.lower):
                return False
        return False

    @property
    def among_his_quotes(self) -> bool:
        """Whether the heading above announces quotations, and they are his: "Quotes" on a page about him."""
        if not self._headings:
            return False
        told = re.findall(r"\w+", seen(self._headings[max(self._headings)]).casefold())
        return any(word in words_of("quote_headings") for word in told) and self.under_him()

    def told_by_headings(self) -> str:
        """Return the headings above, for the occasion."""
        return "; ".join(seen(told).strip(AROUND) for told in self._headings.values())

    def in_light(self, focus: Focus | None = None) -> tuple[Told, Basis] | None:
        """Return who stands in the light as the speaker."""
        light = focus or self.focus
        return (Told(light.who, single=light.single), Basis.CONTINUED) if light.who else None


def basis_of(told: Told | None) -> Basis:
    """Return why a neighbour gives a quotation to somebody."""
    return Basis.PRONOUN if told and told.who is Who.PRONOUN else Basis.NAMED


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


def last_names_of_women(text: str) -> frozenset[str]:
    """Return the last names that stand behind a woman's first name."""
    women = words_of("women")
    return frozenset(match["last"] for match in _NAMES.finditer(text) if match.group().split()[0] in women)


def roles_of_others(text: str, subject: Subject) -> frozenset[str]:
    """Return the nouns for the subject that the text uses of somebody else: "its co-founder Ivo Brandt"."""
    if not subject.roles:
        return frozenset()
    roles = "|".join(map(re.escape, (*subject.roles, *sorted(words_of("heads").words))))
    named = re.compile(rf"(?<!\w)(?P<role>{roles})s?,? (?P<who>[A-ZÀ-Þ][\w’-]+(?: [A-ZÀ-Þ][\w’-]+)?)", re.IGNORECASE)
    found = (
        match for match in named.finditer(text) if match["who"][0].isupper() and not subject.is_label(match["who"])
    )
    return frozenset(match["role"].casefold() for match in found)
