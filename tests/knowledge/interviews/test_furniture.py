"""Lines that a page repeats are nobody's words."""

import pytest

from knowledge.model.subject import Subject
from knowledge.readers import read

MIRA = Subject(name="Mira Vane", aliases=("Mira",))
ASKED = ["gulls", "terns", "rooks", "crows", "larks", "swifts"]


def page(line: str) -> bytes:
    turns = [
        f"Host: What of the {bird} by the harbour?\n\n{line}\n\nMira Vane: The {bird} come with the tide.\n\n{line}\n\n"
        f"They leave with the {bird} of the north.\n"
        for bird in ASKED
    ]
    return "\n".join(turns).encode()


@pytest.mark.parametrize("line", ["Show/hide original text", "Copy link to this", "Translate to English below"])
def test_a_line_that_is_set_anew_in_every_turn_is_left_out(line: str) -> None:
    source = read(page(line), origin="/talks/birds.md", source_id="birds", subject=MIRA)
    his = " ".join(source.text[turn.start : turn.end] for turn in source.turns if turn.quotable())
    assert line not in his
    assert "come with the tide" in his


def test_what_he_says_again_and_again_stays() -> None:
    source = read(page("I have seen it myself."), origin="/talks/birds.md", source_id="birds", subject=MIRA)
    his = " ".join(source.text[turn.start : turn.end] for turn in source.turns if turn.quotable())
    assert his.count("I have seen it myself.") >= 5


def test_a_repeated_line_in_the_middle_of_a_sentence_is_never_cut_out_of_it() -> None:
    turns = [
        f"Host: What of the {bird} by the harbour?\nMira Vane: They come at dusk. I like the {bird} because\n"
        f"they dance, and\nto us the {bird} are company.\n"
        for bird in ASKED
    ]
    source = read("\n".join(turns).encode(), origin="/talks/birds.md", source_id="birds", subject=MIRA)
    his = [" ".join(source.text[turn.start : turn.end].split()) for turn in source.turns if turn.quotable()]
    assert any("They come at dusk." in words for words in his)
    assert not any("because to us" in words for words in his)
