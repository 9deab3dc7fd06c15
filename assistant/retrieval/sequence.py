"""What belongs into a sequence over the years: of each occasion the nearest words that are about the topic."""

from collections.abc import Sequence

from assistant.retrieval.retriever import Hit
from assistant.selection.extractive import FAR
from knowledge.search.terms import terms

DEPTH = 120
"""Passages that are looked through, so that no occasion is hidden behind many passages of another."""


def over_the_years(hits: Sequence[Hit], topic: str) -> list[Hit]:
    """Return the hits, best first, that are nearly as near as the best one, or whose words name the whole topic.

    A topic of one rare word ranks one passage far above all others; other occasions that name it belong there too.
    """
    if not hits:
        return []
    wanted = set(terms(topic))
    near = hits[0].score - FAR
    return [hit for hit in hits if hit.score >= near or (wanted and wanted <= set(terms(hit.passage.text)))]
