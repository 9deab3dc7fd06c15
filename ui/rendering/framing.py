"""What stands around the quotes, composed from the records: who asked, when, where, and how we know."""

import re

from pydantic import BaseModel, ConfigDict

from assistant.answers import Answer, Coverage, Elsewhere, NumberedQuote, Reason
from assistant.quotes import OURS, Attribution, Quote
from assistant.records.holdings import Holdings
from assistant.records.saved_answers import SavedAnswer
from assistant.selection.extractive import NAME as EXTRACTIVE
from knowledge.model.provenance import POST, Provenance, TranscriptKind
from knowledge.model.turns import Certainty
from knowledge.search.terms import terms
from knowledge.starter.book import Topic
from knowledge.starter.topics import topic_names
from ui.rendering.answer_texts import Texts, texts


class Framed(BaseModel):
    """Words of a source ready to be shown. `words` is the slice; every other field is composed by code."""

    model_config = ConfigDict(frozen=True)

    number: int
    words: str
    lead: str
    asked_who: str | None
    asked: str | None
    attribution: str
    badge: str
    badge_hint: str
    provenance: Provenance
    caution: str | None
    link: str | None
    link_text: str | None
    language: str
    occasion: str = ""
    """When, where and to whom, on one line; for surfaces that part it from the words by layout."""
    credit: str = ""
    """The speaker, and the title where `occasion` does not say it."""


class Card(Framed):
    """One quote ready to be shown, with its surroundings: slices too, and no part of the quote."""

    quote_id: str
    before: str | None
    before_title: str
    after: str | None
    after_title: str


class Frame(BaseModel):
    """An answer ready to be shown: cards, or a sentence that says why there are none."""

    model_config = ConfigDict(frozen=True)

    cards: tuple[Card, ...]
    abstention: str | None
    coverage: str
    """What was searched; and who chose the quotes, where that was not the extractive selector alone."""
    examples_title: str | None
    examples: tuple[str, ...]
    note: str | None = None
    """What else is told of the quotes of a follow-up."""


def frame(
    answer: Answer,
    *,
    subject: str,
    examples: tuple[str, ...] = (),
    nearest: tuple[Topic, ...] = (),
    language: str | None = None,
) -> Frame:
    """Compose what is shown around an answer, in the language of its question or another.

    `subject` is the name of the person quoted; `examples` are offered when there is no answer, or, where there are any,
    the questions of the book that are `nearest` to the one asked, with the names of their topics and the
    years in which they were spoken of. What is not held for the time or place asked, and is for another, is told first.
    """
    language = language or answer.language
    words = texts(language)
    note = words.notes[answer.note] if answer.note else None
    abstention = (note or words.abstention[answer.reason].format(subject=subject)) if answer.reason else None
    offered = examples if answer.reason else ()
    abstention = _with_elsewhere(abstention, answer.elsewhere, words)
    if answer.reason is Reason.NO_EVIDENCE and nearest and not note:
        if not answer.elsewhere:
            abstention = f"{abstention}{words.gap}{_nearest(nearest, language)}"
        offered = tuple(one.zh if language == "zh" else one.en for one in nearest)
    return Frame(
        cards=tuple(card(numbered, language=language, question=answer.question) for numbered in answer.quotes),
        abstention=abstention,
        coverage=_searched(answer.coverage, answer.selector, words),
        examples_title=words.try_these if offered else None,
        examples=offered,
        note=note if answer.answered else None,
    )


def _with_elsewhere(abstention: str | None, occasions: tuple[Elsewhere, ...], words: Texts) -> str | None:
    """Return why nothing is quoted, with the occasions on which he spoke of it where there are any."""
    if not occasions:
        return abstention
    told = (
        words.elsewhere_on.format(date=spoken_date(one.date, words), where=one.venue)
        if one.venue
        else spoken_date(one.date, words)
        for one in occasions
    )
    return f"{abstention}{words.gap}{words.elsewhere.format(occasions=words.enumeration.join(told))}"


def _nearest(nearest: tuple[Topic, ...], language: str) -> str:
    words, names = texts(language), topic_names()
    told: dict[str, set[str]] = {}
    for one in nearest:
        told.setdefault(names[one.topic].within(language), set()).add(one.date[:4])
    topics = (words.topic_years.format(topic=topic, years=", ".join(sorted(years))) for topic, years in told.items())
    return words.nearest.format(topics=words.enumeration.join(topics))


def frame_saved(saved: SavedAnswer, *, subject: str, language: str | None = None) -> Frame:
    """Compose what is shown around an answer read back from the records, in the language of its question or another.

    Quotes whose words have changed since are not in it.
    """
    language = language or saved.language
    words = texts(language)
    abstention = words.abstention[saved.reason].format(subject=subject) if saved.reason else None
    return Frame(
        cards=tuple(card(numbered, language=language, question=saved.question) for numbered in saved.quotes),
        abstention=_with_elsewhere(abstention, saved.elsewhere, words),
        coverage=_searched(saved.coverage, saved.selector, words),
        examples_title=None,
        examples=(),
    )


def card(numbered: NumberedQuote, *, language: str, question: str = "") -> Card:
    """Compose one card; a question in our words that says no more than the one asked is not repeated on it."""
    quote, words = numbered.quote, texts(language)
    told = quote.attribution
    asked = _asked(quote, language)
    if told.asked_by == OURS and asked and set(terms(asked)) <= set(terms(question)):
        asked = None
    return Card(
        number=numbered.number,
        quote_id=quote.id,
        words=quote.text,
        before=quote.before,
        before_title=words.before,
        after=quote.after,
        after_title=words.after,
        lead=_lead(told, quote.source.medium, words),
        asked_who=_asked_who(told, words) if asked else None,
        asked=asked,
        attribution=_attribution(told, words),
        badge=badge(told.provenance, quote.source.how, words),
        badge_hint=words.provenance_hint[told.provenance],
        provenance=told.provenance,
        caution=words.certainty[told.certainty] if told.certainty is not Certainty.LABELLED else None,
        link=told.url,
        link_text=_link_text(told, words),
        language=told.language,
        occasion=_occasion(told, quote.source.medium, words),
        credit=", ".join(
            [told.speaker, *([title] if told.venue and (title := bare_title(told)) not in {"", told.venue} else [])]
        ),
    )


def coverage_line(coverage: Coverage, words: Texts) -> str:
    """Say what was searched."""
    if not coverage.sources:
        return words.searched_none if coverage.filtered else words.searched_nothing
    if coverage.since is None or coverage.until is None:
        return words.searched_undated.format(sources=coverage.sources)
    if coverage.sources == 1:
        return words.searched_one.format(since=spoken_date(coverage.since, words))
    return words.searched.format(
        sources=coverage.sources, since=spoken_date(coverage.since, words), until=spoken_date(coverage.until, words)
    )


def holdings_line(held: Holdings, words: Texts) -> str:
    """Say how much may be quoted: “14 appearances · 3 writings · 2014–2025 · 23,000 words”; empty where nothing may.

    >>> holdings_line(Holdings(appearances=2, words=1200, since="2020", until="2020"), texts("en"))
    '2 appearances · 2020 · 1,200 words'
    """
    counted = ((held.appearances, words.held_appearances), (held.writings, words.held_writings))
    parts = [forms[count != 1].format(count=count) for count, forms in counted if count]
    if not parts:
        return ""
    parts.append("–".join(dict.fromkeys(year for year in (held.since, held.until) if year)))
    parts.append(words.held_words.format(count=f"{held.words:,}"))
    return " · ".join(part for part in parts if part)


def _searched(coverage: Coverage, selector: str, words: Texts) -> str:
    line = coverage_line(coverage, words)
    return line if selector == EXTRACTIVE else line + words.gap + words.selected_by.format(selector=selector)


def badge(provenance: Provenance, how: TranscriptKind | None, words: Texts) -> str:
    """Name how words reached us: the kind of transcript where it is one."""
    return words.how[how] if provenance is Provenance.TRANSCRIPT and how else words.provenance[provenance]


def spoken_date(date: str, words: Texts) -> str:
    """Write a partial ISO date as people say it: `2023-03` becomes March 2023."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return date
    month = words.months[parts[1] - 1]
    if len(parts) == 2:
        return words.month.format(year=parts[0], month=month)
    return words.day.format(year=parts[0], month=month, day=parts[2])


def clock(seconds: float) -> str:
    """Write a moment of a recording: 1651.2 becomes 27:31."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _lead(told: Attribution, medium: str | None, words: Texts) -> str:
    where = told.venue or told.title
    if told.date is None:
        return words.lead_undated.format(where=where)
    lead = words.lead
    if told.provenance is Provenance.WRITTEN:
        lead = words.posted if medium == POST else words.wrote
    return lead.format(date=spoken_date(told.date, words), where=where)


def _occasion(told: Attribution, medium: str | None, words: Texts) -> str:
    where = told.venue or told.title
    if told.provenance is Provenance.WRITTEN:
        where = (words.posted_on if medium == POST else words.written_for).format(where=where)
    parts = [spoken_date(told.date, words) if told.date else words.unknown_date, where]
    if told.interviewers:
        parts.append(words.to.format(names=", ".join(told.interviewers)))
    return words.separator.join(parts)


def _asked_who(told: Attribution, words: Texts) -> str | None:
    if told.asked is None:
        return None
    if told.asked_by == OURS:
        return words.asked_by_us
    return words.asked_by.format(name=told.asked_by) if told.asked_by else words.asked_by_interviewer


def _asked(quote: Quote, language: str) -> str | None:
    told, turn = quote.attribution, quote.turn
    return turn.question_zh if language == "zh" and told.asked_by == OURS and turn.question_zh else told.asked


def _attribution(told: Attribution, words: Texts) -> str:
    parts = [told.speaker]
    if told.interviewers:
        parts.append(words.to.format(names=", ".join(told.interviewers)))
    parts += [
        *([title] if (title := bare_title(told)) else []),
        spoken_date(told.date, words) if told.date else words.unknown_date,
    ]
    return ", ".join(parts)


def bare_title(told: Attribution) -> str:
    """Return a title without what the line says already: his name before it, the host or the place behind it.

    Empty when nothing else is in it.
    """
    title = told.title
    name = re.escape(told.speaker)
    title = re.sub(rf"^\s*(?:{name})\s*(?:\([^()]*\)\s*)?(?:[:–—|,-]\s*|$)", "", title, flags=re.IGNORECASE)
    for said in (told.venue, *told.interviewers):
        if said and len(title) > len(said):
            title = re.sub(rf"\s*[:–—|-]\s*{re.escape(said)}\s*$", "", title, flags=re.IGNORECASE)
    return title.strip()


def _link_text(told: Attribution, words: Texts) -> str | None:
    if told.url is None:
        return None
    return words.open_source if told.said_at is None else words.open_at.format(time=clock(told.said_at))
