"""Headings inside labelled turns: a chapter's leaves the turn whole, one over the page's own words ends it."""

import pytest

from tests.knowledge.interviews.test_labelled import quotable_text, read_text

SPOKEN = (
    "And you know, I think that it really was like this: we had the bees, and then we just had to wait, because "
    "nobody knew what they would do, and that was kind of the thing."
)
PRINTED = (
    "The hives of the northern valley were counted twice during spring, with numbers published in regional journals; "
    "losses exceeded earlier estimates, particularly near the river, where mites spread among weakened colonies."
)


def interview(heading: str, below: str) -> str:
    rows = ["**Tom Reed:** Why bees?", "**Mira Vane:** I like them.", "**Tom Reed:** And ants?"]
    end = ["**Tom Reed:** Thank you.", "**Mira Vane:** Thank you."]
    return "\n\n".join(
        [*rows, "**Mira Vane:** Less so.", *rows, "**Mira Vane:** They came first.", heading, below, *end]
    )


@pytest.mark.parametrize("heading", ["## Bees and rivers", "### 12:30 The long winter", "## The Bees"])
def test_a_speaker_goes_on_below_a_chapters_heading(heading: str) -> None:
    source = read_text(interview(heading, SPOKEN))
    assert SPOKEN in quotable_text(source)
    assert "They came first." in quotable_text(source)
    assert heading.split(" ", 1)[1] not in quotable_text(source)


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("## Bees and rivers", PRINTED),
        ("## Questions from the floor", SPOKEN),
        ("## My thoughts", SPOKEN),
        ("## What about ants?", SPOKEN),
        ("## 提问", SPOKEN),
        ("## Juthica Rao!", SPOKEN),
        ("## Tom Reed;", SPOKEN),
        ("## Bees and rivers", f"{SPOKEN} So Mira said."),
        ("## Bees and rivers", f"{SPOKEN}\n\nAnd you, what do you think of that?"),
        ("## Bees and rivers", f"{SPOKEN}\n\n- a list of theirs"),
        ("## Bees and rivers", "I like it, you know."),
    ],
)
def test_what_a_page_prints_below_a_heading_is_not_the_subjects(heading: str, below: str) -> None:
    source = read_text(interview(heading, below))
    assert below.split("\n")[0] not in quotable_text(source)
    assert "They came first." in quotable_text(source)


@pytest.mark.parametrize("slip", ["### Tom Reed!", "### tom reed", "### T. Reed", "### TR", "### Juthica"])
def test_where_headings_are_labels_a_slipped_one_ends_the_turn(slip: str) -> None:
    rows = [
        "### Tom Reed",
        "Why bees?",
        "### Mira Vane",
        "I like them.",
        "### Tom Reed",
        "And?",
        "### Mira Vane",
        "Yes.",
    ]
    text = "\n\n".join([*rows * 3, slip, SPOKEN, *rows])
    assert SPOKEN not in quotable_text(read_text(text))


def test_behind_the_last_label_a_heading_ends_the_interview() -> None:
    text = interview("## Bees", SPOKEN) + "\n\n## Rivers\n\n" + SPOKEN.replace("bees", "wasps")
    assert "wasps" not in quotable_text(read_text(text))


def test_where_every_paragraph_has_a_label_one_below_a_heading_has_lost_its_own() -> None:
    rows = "\n\n".join(["**Tom Reed:** Why bees?", "**Mira Vane:** I like them.\n\n**Mira Vane:** A lot."] * 10)
    source = read_text(f"{rows}\n\n## Bees and rivers\n\n{SPOKEN}\n\n{rows}")
    assert SPOKEN not in quotable_text(source)
