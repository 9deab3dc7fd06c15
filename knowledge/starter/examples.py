"""Example questions, taken from the quotation book: one of each topic people ask about most."""

from knowledge.starter.book import topics

_FIRST = ("next-token-prediction", "scaling-and-data", "research-taste", "alignment", "robotics", "agi")


def examples(language: str, count: int = 4) -> tuple[str, ...]:
    """Return questions that the quotation book answers, in the language asked for."""
    found: dict[str, str] = {}
    for topic in topics():
        found.setdefault(topic.topic, topic.zh if language == "zh" else topic.en)
    return tuple(found[topic] for topic in _FIRST if topic in found)[:count]
