"""What somebody sees before they have asked: example questions with their topics."""

from collections.abc import Sequence

from knowledge.starter.book import topics
from knowledge.starter.topics import topic_names

UNTITLED = "ask-ilya-untitled"
"""Stands for the title in Gradio's document; each visitor gets it in their language."""
SHOWN = 3
"""Example questions."""


def examples_by_topic(questions: Sequence[str], language: str) -> list[tuple[str, str | None]]:
    """Return the first questions, each with the name of its topic where the quotation book asks it."""
    names = topic_names()
    known = {(one.zh if language == "zh" else one.en): names[one.topic].within(language) for one in topics()}
    return [(question, known.get(question)) for question in questions[:SHOWN]]
