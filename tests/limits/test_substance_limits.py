"""From how many words on a stretch without a verb says something by itself."""

from assistant.quotes import Quote
from assistant.selection.substance import substantial
from tests.invented import labelled_source


def shown(first: str, second: str = "The moon pulls the water.") -> str:
    source = labelled_source(f"Tom Reed: So?\nMira Vane: {first} {second}\n", "talk")
    start = source.turns[1].start
    found = substantial(Quote(source=source, start=start, end=start + len(first)))
    return found.text if found else ""


def test_six_words_stand_alone_and_five_are_shown_with_what_follows() -> None:
    assert shown("Salt and wind and old wood.") == "Salt and wind and old wood."
    assert shown("Salt and wind and wood.") == "Salt and wind and wood. The moon pulls the water."
