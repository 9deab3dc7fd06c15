"""Labels below their words: nobody's words are exchanged; a preface, or a file that breaks off, is no such sign."""

import pytest

from tests.knowledge.interviews.test_labelled import quotable_text, read_text

SAID = [
    ("Tom Reed", "Why do bees dance?"), ("Mira Vane", "They tell where it blooms. It is a language."),
    ("Tom Reed", "And what of ants?"), ("Mira Vane", "They leave a trail. It smells."),
    ("Tom Reed", "Do wasps come?"), ("Mira Vane", "They come late. It is cold then."),
    ("Tom Reed", "Is that so?"), ("Mira Vane", "It is. I have seen it."),
]  # fmt: skip
BELOW = ["{words}\n{who}", "{words}\n\n{who}", "{words}\n— {who}", "{words}\n\n**{who}**", "{words}\n\n### {who}"]


def written(layout: str) -> str:
    return "\n\n".join(layout.format(who=who, words=words) for who, words in SAID)


@pytest.mark.parametrize("layout", BELOW)
@pytest.mark.parametrize("foot", ["", "\n\nTranscribed by hand in spring."])
def test_labels_below_their_words_are_not_believed(layout: str, foot: str) -> None:
    source = read_text(written(layout) + foot)
    assert quotable_text(source) == ""
    assert any("below the words" in note for note in source.notes)


@pytest.mark.parametrize("layout", ["{who}\n{words}", "**{who}**\n\n{words}", "{who}: {words}"])
@pytest.mark.parametrize("end", ["", "\n\n{who}"])
def test_a_preface_and_a_file_that_breaks_off_leave_labels_believed(layout: str, end: str) -> None:
    broken = "\n\n" + layout.format(who="Mira Vane", words="") if end else ""
    text = "Two people met in Ostrava and talked of bees.\n\n" + written(layout) + broken
    quoted = quotable_text(read_text(text))
    assert "It is a language." in quoted
    assert "wasps" not in quoted


def test_a_heading_inside_a_cell_or_row_is_not_quoted() -> None:
    rows = "".join(f'{9 * n},{who},"{words}"\n' for n, (who, words) in enumerate(SAID))
    for heading in ("Why The Trail Matters", "Ants and wasps"):
        text = "start,speaker,text\n" + rows.replace("a trail. It", f"a trail.\n{heading}\nIt")
        quoted = quotable_text(read_text(text))
        assert heading not in quoted
        assert "They leave a trail." in quoted
