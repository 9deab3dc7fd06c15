"""Who, when, where and how we know: each record against raw file and gold, each surface against the record."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant import Answer, Quote
from assistant.quotes import Attribution
from evals.gates.raw_text import Facts, NotHis, Raw, facts_of, words_of
from evals.gates.surfaces import Shown, Surface
from evals.run.run_records import Checked
from evals.run.worlds import World
from knowledge.model.dates import MONTHS
from knowledge.model.provenance import Provenance
from ui.rendering.answer_texts import Texts, texts
from ui.rendering.framing import bare_title

_LINK_TIME = re.compile(r"[?&]t=(\d+)$")
_LINKABLE = ("https://", "http://")


def attribution(answer: Answer, shown: Sequence[Surface], raws: Mapping[int, Raw], world: World) -> Checked:
    """Check the records of an answer's quotes, and what every surface says of them."""
    misses = []
    phrases = texts(answer.language)
    for numbered in answer.quotes:
        quote, number = numbered.quote, numbered.number
        reached = _reached_us(quote, phrases)
        misses += [f"[{number}] {miss}" for miss in _record_misses(quote, raws[number], world)]
        for surface in shown:
            for card in surface.quotes:
                if card.number == number:
                    misses += [f"{surface.name} [{number}] {miss}" for miss in _card_misses(card, quote.attribution)]
                    if surface.name != "json" and not _says(card.around, reached):
                        misses.append(f"{surface.name} [{number}] does not show “{reached}”")
    return Checked(count=len(answer.quotes), misses=tuple(misses))


def _card_misses(card: Shown, told: Attribution) -> Iterator[str]:
    lacking = [] if _says(card.around, told.speaker) else [told.speaker]
    if not any(_says(card.around, title) for title in (told.title, bare_title(told) or told.venue or told.title)):
        lacking.append(told.title)
    if told.date and not any(_says(card.around, date) for date in _written(told.date)):
        lacking.append(told.date)
    if lacking:
        yield f"does not show {', '.join(lacking)}"
    if card.link is not None and card.link != told.url:
        yield f"links to {card.link}, not {told.url}"
    if card.link is None and (told.url or "").startswith(_LINKABLE):
        yield f"does not link to {told.url}"


def _reached_us(quote: Quote, phrases: Texts) -> str:
    provenance, how = quote.attribution.provenance, quote.source.how
    return phrases.how[how] if provenance is Provenance.TRANSCRIPT and how else phrases.provenance[provenance]


def _record_misses(quote: Quote, raw: Raw, world: World) -> Iterator[str]:
    told = quote.attribution
    if told.speaker != world.assistant.subject.name:
        yield f"is said to be {told.speaker}'s"
    for start, end in world.not_his.get(quote.source.sha256, ()):
        if start < raw.start + len(raw.slice) and raw.start < end:
            yield "holds words that gold gives to somebody else"
    try:
        facts = facts_of(raw.text, raw.start, quote.text)
    except NotHis as error:
        yield str(error)
        return
    given = {"title": told.title, "date": told.date, "venue": told.venue, "provenance": told.provenance.value}
    for name, value in given.items():
        wanted = getattr(facts, name)
        if wanted is not None and value != wanted:
            yield f"has the {name} “{value}”, the file says “{wanted}”"
    if facts.url is not None and not (told.url or "").startswith(facts.url):
        yield f"links to {told.url}, the file says {facts.url}"
    if facts.asked and told.asked not in facts.asked:
        yield f"answers “{told.asked}”, the file says “{facts.asked[0]}”"
    yield from _time_misses(told, facts)


def _time_misses(told: Attribution, facts: Facts) -> Iterator[str]:
    if not facts.said_between:
        return
    low, high = facts.said_between
    if told.said_at is not None and not low <= told.said_at <= high:
        yield f"is said at {told.said_at} s, the file says between {low} and {high}"
    linked = _LINK_TIME.search(told.url or "")
    if linked and not low - 1 <= int(linked[1]) <= high:
        yield f"links to {linked[1]} s, the file says between {low} and {high}"


def _written(date: str) -> list[str]:
    """Return the ways in which a partial ISO date may be written.

    >>> _written("2023-03")
    ['2023-03', 'March 2023', '2023年3月']
    """
    year, *rest = date.split("-")
    if not rest:
        return [date]
    month, day = MONTHS[int(rest[0]) - 1], [str(int(part)) for part in rest[1:]]
    chinese = f"{year}年{int(rest[0])}月" + "".join(f"{part}日" for part in day)
    return [date, " ".join([*day, month, year]), chinese]


def _says(around: str, value: str) -> bool:
    return " ".join(words_of(value)) in " ".join(words_of(around))
