"""What somebody sees before they have asked: example questions with their topics, a quotation for each day."""

from collections.abc import Collection, Sequence
from datetime import date

from assistant.answers import NumberedQuote
from assistant.quotes import Quote
from knowledge.library.store import Library
from knowledge.starter.book import topics
from knowledge.starter.topics import topic_names
from ui.rendering import Card
from ui.rendering.framing import card

UNTITLED = "ask-ilya-untitled"
"""Stands for the title in Gradio's document; each visitor gets it in their language."""
SHOWN = 3
"""Example questions."""


def examples_by_topic(questions: Sequence[str], language: str) -> list[tuple[str, str | None]]:
    """Return the first questions, each with the name of its topic where the quotation book asks it."""
    names = topic_names()
    known = {(one.zh if language == "zh" else one.en): names[one.topic].within(language) for one in topics()}
    return [(question, known.get(question)) for question in questions[:SHOWN]]


def quotation_of_the_day(library: Library, held: Collection[str], day: date, language: str) -> Card | None:
    """Return one quotation of the book's sources that are held, the same one all day; None without any."""
    offered = [one for one in topics() if one.source in held]
    if not offered:
        return None
    chosen = offered[day.toordinal() % len(offered)]
    source = library.source(chosen.source)
    for turn in source.turns:
        if turn.question == chosen.en and turn.renders is None and turn.quotable():
            quote = Quote(source=source, start=turn.start, end=turn.end)
            return card(NumberedQuote(number=1, quote=quote), language=language)
    return None
