"""What is said around the verdict on a quotation, in English and Chinese. None says what anybody thinks."""

from dataclasses import dataclass

from assistant.checking.results import Edit, Kind, Verdict
from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class VerdictTexts:
    """The framing of a check in one language. `{name}` marks what the records fill in."""

    title: dict[Verdict, str]
    title_abridged: str
    explanation: dict[Verdict, str]
    explanation_abridged: str
    printed: str
    cautions: dict[Kind, str]
    nearest: str
    speaker_unknown: str
    report: str
    translation_alone: str
    as_claimed: str
    original: str
    replaced: str
    left_out: str
    added: str
    edits: dict[Edit, str]
    edited: str
    """A change with what an editor did: `{change}`, `{edit}`."""
    printed_elsewhere: str
    printed_elsewhere_title: str
    no_words: str
    too_short: str
    too_long: str


def verdict_texts(language: str) -> VerdictTexts:
    """Return the framing for a language tag; English where we have no other."""
    return text_table(VerdictTexts, "verdict", language)
