"""When an answer's quotes were said: marks on a line of years, each a link to its card. Plain HTML, no plotting."""

from datetime import date

from assistant import Order
from assistant.answers import NumberedQuote
from assistant.question.intent import read_intent
from knowledge.model.subject import Subject
from ui.rendering.answer_html import text
from ui.rendering.answer_texts import texts
from ui.rendering.framing import spoken_date
from ui.web.page_texts import PageTexts


def asks_over_time(question: str, subject: Subject) -> bool:
    """Whether a question asks how something changed, so that its answer is read along the years.

    >>> asks_over_time("How did his view of data change?", Subject(name="Ada Lovelace"))
    True
    """
    intent = read_intent(question, subject=subject, last_source=None, today=date.today())
    return intent.order is Order.DATE


def timeline_html(quotes: tuple[NumberedQuote, ...], page: PageTexts, *, language: str, opened: bool = False) -> str:
    """Return the timeline, folded unless `opened`; nothing when the quotes are of one date or of none."""
    dated: dict[str, list[NumberedQuote]] = {}
    for numbered in quotes:
        if numbered.quote.source.date:
            dated.setdefault(numbered.quote.source.date, []).append(numbered)
    if len(dated) < 2:
        return ""
    dates = sorted(dated, key=position)
    first, last = position(dates[0]), position(dates[-1])
    marks = "".join(
        f'<li style="left:{(position(when) - first) / ((last - first) or 1):.1%}">{_marks(dated[when], language)}</li>'
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


def _marks(quotes: list[NumberedQuote], language: str) -> str:
    when = quotes[0].quote.source.date or ""
    label = text(spoken_date(when, texts(language)))
    return "".join(f'<a href="#{one.quote.id}" title="{label}">{one.number}</a>' for one in quotes)
