"""What the form of a source's facts says, in English and Chinese."""

from dataclasses import dataclass

from knowledge.model.source import FactName
from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class FactsTexts:
    """The form in one language. `{name}` marks what code fills in."""

    correct: str
    promise: str
    names: dict[FactName, str]
    examples: dict[FactName, str]
    given: str
    nothing: str
    save: str
    saved: str
    take_back: str
    history: str
    fact_changed: str
    words_changed: str
    details_changed: str
    undone: str
    undo: str
    not_undone: str


def facts_texts(language: str) -> FactsTexts:
    """Return the form's texts for a language tag; English where we have no other."""
    return text_table(FactsTexts, "facts", language)
