"""Every sentence that stands around his words, in English and Chinese. None says what he thinks."""

from dataclasses import dataclass

from assistant.answers import Note, Reason
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.turns import Certainty
from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class Texts:
    """The framing in one language. `{name}` marks what the records fill in."""

    lead: str
    lead_undated: str
    posted: str
    """Before a post of his: on which service, and when."""
    wrote: str
    """Before another text of his."""
    posted_on: str
    written_for: str
    asked_by: str
    asked_by_interviewer: str
    asked_by_us: str
    to: str
    unknown_date: str
    months: tuple[str, ...]
    month: str
    day: str
    open_at: str
    open_source: str
    held_appearances: tuple[str, str]
    """How many appearances are held: one, several."""
    held_writings: tuple[str, str]
    held_words: str
    searched: str
    searched_one: str
    searched_undated: str
    """Of what is searched nothing has a date."""
    searched_nothing: str
    searched_none: str
    """The filters, or the dates of the question, leave nothing to search."""
    selected_by: str
    gap: str
    """What stands between two sentences."""
    provenance: dict[Provenance, str]
    provenance_hint: dict[Provenance, str]
    how: dict[TranscriptKind, str]
    certainty: dict[Certainty, str]
    abstention: dict[Reason, str]
    try_these: str
    enumeration: str
    """What stands between the names of a list."""
    daily_title: str
    daily_about: str
    elsewhere: str
    """After an abstention: on which occasions outside what was asked for he spoke of it."""
    elsewhere_on: str
    nearest: str
    topic_years: str
    """After an abstention: the topics held that are nearest to the question."""
    separator: str
    notes: dict[Note, str]
    """What else is told of an answer to a follow-up."""
    before: str
    """In front of the sentence that stands before a quote."""
    after: str


def texts(language: str) -> Texts:
    """Return the framing for a language tag; English where we have no other."""
    return text_table(Texts, "answer", language)
