"""Around an answer: when its quotes were said, on a line of years, and questions asked near them in their sources."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, islice, zip_longest
from pathlib import Path

from assistant import Order
from assistant.answers import NumberedQuote
from assistant.question.intent import read_intent
from assistant.quotes import Quote
from knowledge.model.passages import question_before
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.model.turns import Turn
from knowledge.model.word_rules import RuleFile
from knowledge.text.chinese import is_chinese
from knowledge.text.sentences import sentences
from ui.rendering.answer_html import text
from ui.rendering.answer_texts import texts
from ui.rendering.framing import spoken_date
from ui.rendering.page_texts import PageTexts

# Questions one could ask next: what was asked around an answer's quotes, read from their sources, not searched.
_LONGEST = 160
"""Characters of an interviewer's question that still fits on a line or two."""
_FEWEST = 4
"""Words with which a question says what it is about."""
OFFERED = RuleFile(Path(__file__).with_suffix(".yaml"))
_LOOKED_AT = 40
"""Turns of each source that are looked at."""


def neighbouring_questions(
    quotes: Sequence[Quote], *, asked: str, language: str, count: int = 3, admit_inferred: bool = False
) -> tuple[str, ...]:
    """Return up to `count` questions that stand nearest to the quotes and that other quotable turns answer.

    Args:
        quotes: what the answer shows.
        asked: the question that was answered; neither it nor those shown on the cards are offered again.
        language: `zh` gives our own questions in Chinese.
        count: how many.
        admit_inferred: whether turns whose speaker is only inferred may be quoted.
    """
    shown = {asked, *(quote.question.text for quote in quotes if quote.question)}
    around = [_questions(quote.source, quote.turn, language, admit_inferred, shown) for quote in quotes]
    alternating = (question for row in zip_longest(*around) for question in row if question)
    return tuple(islice(dict.fromkeys(alternating), count)) if quotes else ()


def first_questions(source: Source, language: str, *, admit_inferred: bool = False) -> Iterator[str]:
    """Yield the questions of a source from its beginning, as far as they are worth offering."""
    if source.turns:
        yield from _questions(source, source.turns[0], language, admit_inferred, set())


def _questions(source: Source, turn: Turn, language: str, admit_inferred: bool, shown: set[str]) -> Iterator[str]:
    here = source.turn_index(turn.start)
    after, before = source.turns[here:], source.turns[:here][::-1]
    nearest = chain.from_iterable(pair for pair in zip_longest(after, before))
    given = set(shown)
    for near in islice(filter(None, nearest), _LOOKED_AT):
        if near.renders is not None or not near.quotable(admit_inferred=admit_inferred):
            continue
        question = question_before(source, near)
        if question is None or question.text in shown:
            continue
        if question.start is None:
            yield (near.question_zh if language == "zh" else None) or question.text
        elif (offered := _clean(question.text)) and offered not in given:
            given.add(offered)
            yield offered


def _clean(asked: str) -> str | None:
    """Return an interviewer's question as one would ask it oneself, None where it says too little alone.

    >>> _clean("Okay, all right, so do bees dream at night?"), _clean("Right. And why is that?"), _clean("Bees dream.")
    ('Do bees dream at night?', None, None)
    """
    spans = sentences(asked)
    last = asked[spans[-1].start : spans[-1].end] if spans and len(asked) > _LONGEST else asked
    bare = OFFERED.pattern("sounds").sub("", last).strip()
    too_little = len(bare.split()) < _FEWEST and not is_chinese(bare)
    if not bare.endswith(("?", "？")) or len(bare) > _LONGEST or too_little or OFFERED.found("leans", bare):
        return None
    return bare[0].upper() + bare[1:]


def asks_over_time(question: str, subject: Subject) -> bool:
    """Whether a question asks how something changed, so that its answer is read along the years.

    >>> asks_over_time("How did his view of data change?", Subject(name="Ada Lovelace"))
    True
    """
    intent = read_intent(question, subject=subject, last_source=None, today=date.today())
    return intent.order is Order.DATE


def timeline_html(quotes: tuple[NumberedQuote, ...], page: PageTexts, *, answer_id: str, opened: bool = False) -> str:
    """Return the timeline, folded unless `opened`; nothing when the quotes are of one date or of none."""
    dated: dict[str, list[NumberedQuote]] = {}
    for numbered in quotes:
        if numbered.quote.source.date:
            dated.setdefault(numbered.quote.source.date, []).append(numbered)
    if len(dated) < 2:
        return ""
    dates = sorted(dated, key=position)
    first, last = position(dates[0]), position(dates[-1])
    across = (last - first) or 1
    marks = "".join(
        f'<li style="left:{(position(when) - first) / across:.1%}">{_marks(dated[when], page.code, answer_id)}</li>'
        for when in dates
    )
    ends = f'<span class="from">{dates[0][:4]}</span><span class="to">{dates[-1][:4]}</span>'
    return (
        f'<details class="timeline"{" open" if opened else ""}><summary>{text(page.timeline)}</summary>'
        f'<ol>{marks}</ol><p class="ends">{ends}</p></details>'
    )


def position(when: str) -> float:
    """Return a partial ISO date as a number of years; the middle of what is not known.

    >>> position("2023"), position("2023-01")
    (2023.5, 2023.0416666666667)
    """
    year, month, day = (*(int(part) for part in when.split("-")), 0, 0)[:3]
    if not month:
        return year + 0.5
    return year + (month - 1 + ((day - 1) / 31 if day else 0.5)) / 12


def _marks(quotes: list[NumberedQuote], language: str, answer_id: str) -> str:
    when = quotes[0].quote.source.date or ""
    label = text(spoken_date(when, texts(language)))
    return "".join(f'<a href="/a/{answer_id}#{one.quote.id}" title="{label}">{one.number}</a>' for one in quotes)
