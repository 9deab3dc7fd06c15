"""Labels that bear the subject's name and are somebody else's: in no layout are their words the subject's."""

import pytest

from knowledge.metadata.label_names import names_subject
from knowledge.model.subject import Subject, default_subject
from tests.invented import MIRA
from tests.knowledge.interviews.layouts import INTERVIEW, LAYOUTS, TOM, Line
from tests.knowledge.interviews.test_labelled import quotable_text, read_text

ASKED = "Would wasps like honey if strangers asked them. They live far from here, as you know."
ODD = [
    "Mira (Polosukhin)", "Mira Polosukhin", "Mira S", "Mira S.", "Mira's brother", "Mira’s translator", "Not Mira",
    "Interviewer to Mira", "Mira & Tom", "Mira Vane & Tom Reed", "Mira Vane (played by Ana Sol)", "Fake Mira",
    "[Mira imitates]", "Translator for Mira Vane", "Mira Vane AI", "AI Mira", "Narrator (about Mira)", "Mira bot",
    "Mira Vane (via translator)", "Mira Vane (AI voice)", "Mira Vane [parody]", "Mira Vane Jr.", "Mira Vane, Jr.",
    "Mira Vane, as told to Ana Sol", "Mira Vane (quoted)", "Ana Sol (as Mira Vane)", "Ana Sol as Mira Vane", "@mira",
    "Mira?", "Mira Vane (?)", "Speaker 1 (not Mira Vane)", "Mira/Tom", "Mira Vane, Tom Reed", "Mira + Tom", "'Mira'",
    "“Mira Vane”", "Mira Vane (summary)", "Mira Vane (Tom Reed speaking)", "Mira Vane — Tom Reed", "Mira → Tom",
    "Dr. Vane Sr.", "Mira et al.", "Mira Vane and others", "Both", "Possibly Mira Vane", "MIRA (POLOSUKHIN)",
]  # fmt: skip
NO_OTHER_NAME = {"en dash, first name"}
"""Layouts that print no more of a label than its first word."""
HERS = [
    "Mira Vane", "MIRA VANE", "Dr. Mira Vane", "Mira Vane (Bee Institute)", "Mira (OpenHive)", "Mira Vane (MV)",
    "Mira Vane, Co-founder and Chief Scientist of the Bee Institute", "Mira Vane (laughing)", "Guest (Mira Vane)",
    "Mira Vane (00:10:02)", "Mira Vane [off mic]", "Mira Vane (guest)", "Mira Vane (via Zoom)", "Mira Vane - Hive",
    "Ms. Vane", "Myra Vain", "Mira (Vane)", "Mira Vane（首席科学家）", "Mira Vane/Mira", "Speaker 2 (Mira Vane)",
]  # fmt: skip


@pytest.mark.parametrize("label", ODD)
def test_words_under_an_odd_label_are_not_the_subjects(label: str) -> None:
    after = (
        Line(label, ASKED, 3700),
        Line(TOM, "And so you go?", 3710),
        Line(MIRA.name, "I do as the hive does.", 3720),
    )
    for layout in LAYOUTS.keys() - NO_OTHER_NAME:
        quotable = quotable_text(read_text(LAYOUTS[layout]((*INTERVIEW, *after))))
        assert "Would wasps" not in quotable, layout
        assert "They live far" not in quotable, layout
        assert not any(line.text[:20] in quotable for line in INTERVIEW if line.speaker == TOM), layout


@pytest.mark.parametrize("label", HERS)
def test_a_title_an_office_or_a_sound_leaves_a_label_the_subjects(label: str) -> None:
    assert names_subject(label, MIRA)


def test_a_title_the_subject_does_not_bear_is_somebody_elses() -> None:
    subject = Subject(name="Mira Vane", aliases=("Vane",), titles=("Dr", "Ms"))
    assert names_subject("Ms. Vane", subject)
    assert not names_subject("Mr. Vane", subject)
    assert [title for title in ("Mr", "Dr", "Mrs", "Ms") if default_subject().bears(title)] == ["Mr", "Dr"]


@pytest.mark.parametrize("office", ["Dr. {}", "{}, Bee Institute", "{} (keeper of bees)"])
def test_strangers_are_told_beside_a_label_with_an_office(office: str) -> None:
    said = [
        (TOM, "Why so?"),
        (office.format(MIRA.name), "I think so."),
        (TOM, "And then?"),
        (office.format(MIRA.name), "So."),
    ]
    rows = [f"{who}: {words}" for who, words in said]
    text = "\n\n".join([*rows, f"Mira's brother: {ASKED}", *rows])
    assert "Would wasps" not in quotable_text(read_text(text))


def test_a_bracketed_label_with_a_word_of_answer_is_no_link() -> None:
    said = [("Tom Reed", "Is it so?"), ("Mira Vane", "Yes."), ("Tom Reed", "And ants?"), ("Mira Vane", "I think so.")]
    text = "# Bees\n\n" + "\n\n".join(f"[{who}]: {words}" for who, words in said * 2)
    assert quotable_text(read_text(text)).split("\n") == ["Yes.", "I think so."] * 2


@pytest.mark.parametrize("office", ["(Founder)", "(Founder and Chief Keeper, Hive Labs, and before that Old Apiary)"])
def test_an_office_of_any_length_in_brackets_stands_beside_the_name(office: str) -> None:
    rows = [
        f"Tom Reed (Host, The Hive)\n0:{10 + 9 * n}\nWhy {n}?\n\nMira Vane {office}\n0:{12 + 9 * n}\nSo it is {n}."
        for n in range(5)
    ]
    assert "So it is 3." in quotable_text(read_text("\n\n".join(rows)))


@pytest.mark.parametrize("label", ["mlra Vane", "MIra Vanc", "Mlra Vane"])
def test_a_label_nearly_the_subjects_name_is_nobodys_and_the_note_says_what_to_do(label: str) -> None:
    source = read_text("\n\n".join([f"Tom Reed: Why bees {n}?\n\n{label}: They hum, I say {n}." for n in range(5)]))
    assert quotable_text(source) == ""
    assert any(f"“{label}”" in note and "ilya speakers set" in note for note in source.notes)


def test_a_name_nearly_the_subjects_beside_the_name_itself_needs_no_note() -> None:
    source = read_text("\n\n".join(["Tom Reed: Why?\n\nMira Vane: They hum.\n\nMira Vanc: Yes."] * 4))
    assert not any("nearly" in note for note in source.notes)
