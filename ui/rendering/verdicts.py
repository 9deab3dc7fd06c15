"""The verdict on a quotation made ready to be shown, once, for every surface: what it means, where the words stand,
and word by word how the claim differs. Every character given as a source's is a slice of it."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from assistant.answers import NumberedQuote
from assistant.checking import Check, Place, Verdict
from assistant.checking.claim import MAX_CHARACTERS, MIN_WORDS
from assistant.checking.results import Caution, Difference, Edit, Kind, Op
from assistant.question.questions import language_of
from knowledge.model.provenance import Provenance
from knowledge.model.turns import Role
from knowledge.text.words import keys
from ui.rendering.answer_texts import texts
from ui.rendering.framing import Card, Framed, badge, card, coverage_line, spoken_date
from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class VerdictTexts:
    """The framing of a check in one language. `{name}` marks what the records fill in."""

    title: dict[Verdict, str]
    title_abridged: str
    explanation: dict[Verdict, str]
    explanation_abridged: str
    printed: str
    cautions: dict[Kind, str]
    nearest: str
    speaker_unknown: str
    report: str
    translation_alone: str
    as_claimed: str
    original: str
    replaced: str
    left_out: str
    added: str
    edits: dict[Edit, str]
    edited: str
    """A change with what an editor did: `{change}`, `{edit}`."""
    printed_elsewhere: str
    printed_elsewhere_title: str
    printed_as_his: str
    printed_as_his_title: str
    no_words: str
    too_short: str
    too_long: str


def verdict_texts(language: str) -> VerdictTexts:
    """Return the framing for a language tag; English where we have no other."""
    return text_table(VerdictTexts, "verdict", language)


class Voice(StrEnum):
    """Whose characters a token holds."""

    SAME = "same"
    """Both sides have these words."""
    SAID = "said"
    """The source's only: left out or replaced in the claim."""
    CLAIMED = "claimed"
    """The claim's only: never to be shown as the source's."""


class Token(BaseModel):
    """A run of characters, and whether the other side of the comparison has them too."""

    model_config = ConfigDict(frozen=True)

    voice: Voice
    text: str


class PlaceCard(Framed):
    """A place of the words, ready to be shown: `before` and `after` too are slices.

    `quote_id` stands only where the words are the subject's; `before` and `after` are the rest of what is fair to
    read with them.
    """

    role: Role
    quote_id: str | None
    source_id: str
    start: int
    end: int
    before: str
    after: str
    said: tuple[Token, ...]
    """`words` cut into what the claim has too and what only the source has; they join to `words`."""
    claimed: tuple[Token, ...]
    """The claim's part that this place answers to, cut likewise; never to be shown as the source's."""
    changes: tuple[str, ...]
    """Each difference as a sentence; none where nothing differs."""
    warnings: tuple[str, ...]
    note: str | None
    claimed_title: str | None
    """What stands above the claim where it differs."""
    original_title: str | None
    original: Card | None
    """What was spoken, where this is a rendering of it."""


class VerdictFrame(BaseModel):
    """A check ready to be shown: the verdict, the places best first, and for want of any the nearest words."""

    model_config = ConfigDict(frozen=True)

    claim: str
    verdict: Verdict
    abridged: bool
    title: str
    explanation: str
    remarks: tuple[str, ...]
    """What concerns the claim as a whole: its occasion, its speaker, its letters, where it was printed."""
    places: tuple[PlaceCard, ...]
    nearest_title: str | None
    nearest: tuple[PlaceCard, ...]
    coverage: str
    language: str


def verdict_frame(check: Check, *, subject: str, language: str | None = None) -> VerdictFrame:
    """Compose what is shown of a check.

    `subject` is the name of the person quoted; `language` that of the framing, by default the claim's.
    """
    language = language or language_of(check.text)
    framing = _Framing(check, subject, language)
    said = framing.said
    title, told = said.title[check.verdict], said.explanation[check.verdict]
    if check.abridged:
        title, told = said.title_abridged, said.explanation_abridged
    if check.only_printed:
        title, told = said.printed_elsewhere_title, said.printed_elsewhere
        if check.printed_as_his:
            title, told = said.printed_as_his_title, said.printed_as_his
    count = len(check.places)
    return VerdictFrame(
        claim=check.text,
        verdict=check.verdict,
        abridged=check.abridged,
        title=title,
        explanation=told.format(subject=subject, where=framing.where(check.nearest[0]) if check.nearest else ""),
        remarks=framing.remarks(),
        places=tuple(framing.place(place, number) for number, place in enumerate(check.places, start=1)),
        nearest_title=said.nearest if check.nearest else None,
        nearest=tuple(framing.place(place, number) for number, place in enumerate(check.nearest, start=count + 1)),
        coverage=coverage_line(check.coverage, texts(language)),
        language=language,
    )


def refusal(text: str, *, language: str) -> str:
    """Return why a text cannot be checked (`ClaimRefused`), and what to do."""
    said = verdict_texts(language)
    if len(text) > MAX_CHARACTERS:
        return said.too_long.format(count=f"{len(text):,}", limit=f"{MAX_CHARACTERS:,}")
    return said.too_short.format(words=MIN_WORDS, characters=MIN_WORDS + 1) if keys(text) else said.no_words


class _Framing:
    """The pieces of one frame."""

    def __init__(self, check: Check, subject: str, language: str) -> None:
        self._check = check
        self._subject = subject
        self._language = language
        self.said: VerdictTexts = verdict_texts(language)

    def remarks(self) -> tuple[str, ...]:
        found = [
            self._warning(caution, self._check.places[0] if self._check.places else None)
            for caution in self._check.warnings
        ]
        if self._check.printed:
            found.append(self.said.printed.format(where=self._check.printed))
        return tuple(found)

    def place(self, place: Place, number: int) -> PlaceCard:
        whole, quote = place.source.text, place.quote
        shown = card(NumberedQuote(number=number, quote=quote), language=self._language) if quote else None
        own = (
            shown.model_dump(include={*Framed.model_fields} - {"words"})
            if shown
            else self._not_his(place) | {"number": number}
        )
        fair = place.fair
        return PlaceCard(
            **own,
            role=place.role,
            quote_id=quote.id if quote else None,
            source_id=place.source.id,
            start=place.start,
            end=place.end,
            words=place.text,
            before=whole[min(fair.start, place.start) : place.start] if fair else "",
            after=whole[place.end : max(fair.end, place.end)] if fair else "",
            said=_said(place),
            claimed=_claimed(place, self._check.text),
            changes=tuple(self._change(difference) for difference in place.difference),
            warnings=tuple(self._warning(caution, place) for caution in place.warnings if self._is_of(caution)),
            note=self._note(place),
            claimed_title=self.said.as_claimed if place.difference else None,
            original_title=self.said.original if place.original else None,
            original=card(NumberedQuote(number=number, quote=place.original), language=self._language)
            if place.original
            else None,
        )

    def _not_his(self, place: Place) -> dict[str, object]:
        source, turn, around = place.source, place.turn, texts(self._language)
        provenance = turn.provenance if turn else source.provenance
        speaker = (turn.speaker if turn and place.role is Role.OTHER else None) or self.said.speaker_unknown
        date = spoken_date(source.date, around) if source.date else around.unknown_date
        return {
            "lead": around.lead.format(date=date, where=source.venue or source.title),
            "asked_who": None,
            "asked": None,
            "attribution": ", ".join((speaker, source.title, date)),
            "badge": badge(provenance, source.how, around),
            "badge_hint": around.provenance_hint[provenance],
            "provenance": provenance,
            "caution": None,
            "link": source.url,
            "link_text": around.open_source if source.url else None,
            "language": turn.language if turn else source.language,
        }

    def where(self, place: Place) -> str:
        """Return where and when the source of a place was printed or spoken."""
        source, around = place.source, texts(self._language)
        when = spoken_date(source.date, around) if source.date else around.unknown_date
        return ", ".join(dict.fromkeys(part for part in (source.venue, source.title, when) if part))

    def _change(self, difference: Difference) -> str:
        table = {Op.REPLACE: self.said.replaced, Op.DELETE: self.said.left_out, Op.INSERT: self.said.added}
        change = table[difference.op].format(said=difference.said, claimed=difference.claimed)
        if difference.edit is None:
            return change
        return self.said.edited.format(change=change, edit=self.said.edits[difference.edit])

    def _is_of(self, caution: Caution) -> bool:
        """Whether a place has to say it; what every place would say is said once, as a remark."""
        return caution not in self._check.warnings

    def _warning(self, caution: Caution, place: Place | None) -> str:
        words = where = ""
        if place:
            source, around = place.source, texts(self._language)
            when = spoken_date(source.date, around) if source.date else around.unknown_date
            where = ", ".join((source.venue or source.title, when))
            if caution.start is not None and caution.end is not None:
                words = source.text[caution.start : caution.end].strip()
        return self.said.cautions[caution.kind].format(
            words=words, where=where, occasion=self._check.occasion or "", subject=self._subject
        )

    def _note(self, place: Place) -> str | None:
        turn = place.turn
        if place.role is Role.UNKNOWN and turn is not None and turn.role is Role.SUBJECT:
            return self.said.report.format(subject=self._subject)
        alone = turn is not None and turn.provenance is Provenance.TRANSLATION and turn.renders is None
        return self.said.translation_alone if place.role is Role.SUBJECT and alone else None


def _said(place: Place) -> tuple[Token, ...]:
    """Cut the words of a place where the claim differs; the tokens join to the words."""
    spans = [(one.said_start, one.said_end) for one in place.difference]
    return _tokens(place.source.text, place.start, place.end, spans, Voice.SAID)


def _claimed(place: Place, claim: str) -> tuple[Token, ...]:
    """Cut the claim where it differs from the words of a place; the tokens join to its part of the claim."""
    spans = [(one.claimed_start, one.claimed_end) for one in place.difference]
    start = min([place.claimed.start, *(span[0] for span in spans)])
    end = max([place.claimed.end, *(span[1] for span in spans)])
    return _tokens(claim, start, end, spans, Voice.CLAIMED)


def _tokens(whole: str, start: int, end: int, spans: list[tuple[int, int]], voice: Voice) -> tuple[Token, ...]:
    found = []
    for first, last in sorted(spans):
        found += [(Voice.SAME, whole[start:first]), (voice, whole[first:last])]
        start = last
    found.append((Voice.SAME, whole[start:end]))
    return tuple(Token(voice=kind, text=words) for kind, words in found if words)
