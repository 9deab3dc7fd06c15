"""What the speaker review says, in English and Chinese."""

from dataclasses import dataclass

from knowledge.model.turns import Certainty
from knowledge.speakers.review import Cue
from ui.texts.text_tables import text_table


@dataclass(frozen=True)
class ReviewTexts:
    """The review in one language. `{name}` marks what code fills in."""

    review: str
    promise: str
    by_stretch: str
    by_sentence: str
    stretch: str
    perhaps: str
    cues: dict[Cue, str]
    known: dict[Certainty, str]
    others_name: str
    which: str
    these: str
    all_except: str
    numbers: str
    range_role: str
    set_range: str
    fewer: str
    badly: str
    undo: str
    keys: str
    unsaved: str
    leaving: str
    length: tuple[str, str]
    answerer: str
    unnamed: str
    play: str
    save: str
    saved: tuple[str, str]
    nothing: str
    moved: str
    forget: str
    forget_hint: str
    forgotten: str
    ask_model: str
    model_failed: str


def review_texts(language: str) -> ReviewTexts:
    """Return the review's texts for a language tag; English where we have no other."""
    return text_table(ReviewTexts, "review", language)
