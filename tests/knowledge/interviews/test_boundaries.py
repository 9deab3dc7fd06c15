"""The law of labelled text: whatever slips, no word of somebody else is quotable as the subject's."""

import pytest

from evals.benchmarks.slips.generation import Case, drawn_cases, leaked_words, transcript
from knowledge.model.subject import default_subject
from knowledge.readers import read
from tests.knowledge.interviews.test_labelled import quotable_text, read_text

NAME = default_subject().name
DRAWN = drawn_cases(240, seed=20)


@pytest.mark.parametrize("case", DRAWN, ids=lambda case: f"{case.layout}-{case.slip}-{case.place}")
def test_a_slipped_label_leaks_no_word_of_somebody_else(case: Case) -> None:
    slipped = transcript(case, NAME)
    source = read(slipped.text.encode(), origin="talk.txt", source_id="talk", subject=default_subject())
    assert leaked_words(slipped, source, NAME) == 0


def test_the_generation_sees_a_leak_when_there_is_one() -> None:
    slipped = transcript(Case("colon", "semicolon", "where it stood", 3), NAME)
    text = slipped.text.replace("; ", ": ")
    wrong = text.replace("Tom Reed", NAME).replace("Ana Sol", NAME).replace("Marek Dvorak", NAME)
    source = read(slipped.text.encode(), origin="talk.txt", source_id="talk", subject=default_subject())
    assert leaked_words(slipped, source, NAME) == 0
    assert wrong != text


ASKED = "wasps, would they come?"
SLIPS_OF_LABELS = [
    f"Tom Reed; So {ASKED}", f"TR:So {ASKED}", f"**Tom Reed** So {ASKED}", f"Ana Sol: so {ASKED}", f"Q: so {ASKED}",
    f"Speaker 2: so {ASKED}", f"[Audience] So {ASKED}", f"(Narrator) So {ASKED}", f"- So {ASKED}", f">> So {ASKED}",
    f"“So {ASKED}”", f"tom reed so {ASKED}", f"Tom Red: so {ASKED}", f"Juthica; so {ASKED}", f"Juthica.  So {ASKED}",
    f"Juthica Rao So {ASKED}", f"*Juthica* So {ASKED}", f"@tom So {ASKED}", f"(Tom) So {ASKED}", f"Unknown\nSo {ASKED}",
    f"Man in the hall: so {ASKED}", f"<Tom Reed> So {ASKED}",
    f"TOM REED So {ASKED}", f"Tom Reed (laughing): so {ASKED}", f"Tom Reed\tSo {ASKED}", f"T. Reed – So {ASKED}",
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS_OF_LABELS)
@pytest.mark.parametrize(
    "layout", ["{who}: {words}", "**{who}**\n\n{words}", "{who}\n{words}", "{who} (0:{n:02})\n{words}"]
)
def test_a_paragraph_that_could_be_somebody_elses_ends_the_subjects_turn(slip: str, layout: str) -> None:
    said = [
        ("Tom Reed", "Why bees?"),
        ("Mira Vane", "I like them."),
        ("Tom Reed", "And ants?"),
        ("Mira Vane", "Less so."),
    ]
    rows = [layout.format(who=who, words=words, n=n) for n, (who, words) in enumerate(said * 3, 10)]
    text = "\n\n".join([*rows, slip, layout.format(who="Mira Vane", words="No, they never come.", n=40)])
    quoted = quotable_text(read_text(text))
    assert "wasps" not in quoted
    assert "No, they never come." in quoted
    assert quoted.count("I like them.") == 3


def test_words_behind_an_opening_are_nobodys_until_the_next_certain_label() -> None:
    rows = ["Tom Reed: Why bees?", "Mira Vane: I like them.", "Tom Reed: And ants?", "Mira Vane: Less so."] * 2
    text = "\n\n".join([*rows, "Juthica; Do you?", "It is late.", "We should go.", "Tom Reed: Yes.", "Mira Vane: Yes."])
    source = read_text(text)
    assert "It is late." not in quotable_text(source)
    assert "We should go." not in quotable_text(source)
    assert "We should go." in source.text


def test_where_labels_alternate_the_same_label_twice_means_that_one_is_lost() -> None:
    rows = ["Tom Reed: Why bees?", "Mira Vane: I like them.", "Tom Reed: And ants?", "Mira Vane: Less so."] * 3
    text = "\n\n".join([*rows, "Tom Reed: So?", "Mira Vane: I see. Then you never tried?", "Mira Vane: Never."])
    quoted = quotable_text(read_text(text))
    assert "I see." in quoted
    assert "Then you" not in quoted
    assert "Never." in quoted


def test_the_subjects_own_words_are_never_called_somebody_elses() -> None:
    rows = ["Tom Reed: Why bees?", "Mira Vane: I like them.", "Tom Reed: And ants?", "Mira Vane: Less so."] * 3
    text = "\n\n".join(
        [*rows, "Tom Reed: And wasps?", "Mira Vane; They are gone.", "Tom Reed: All?", "Mira Vane: All."]
    )
    source = read_text(text)
    at = source.text.index("They are gone.")
    assert source.turns[source.turn_index(at)].role.value == "unknown"


@pytest.mark.parametrize(
    "paragraph",
    [
        "So: they dance.", "Look, they dance.", "Right. They dance.", "Exactly; they dance.", "Well – they dance.",
        "Honestly, they dance. Right: they dance.", "(laughs) They dance.", "I told Tom Reed that they dance.",
        "As Tom said, they dance.", "And then: nothing. They dance.", "The first thing is this: they dance.",
        "Tom’s idea was good, and they dance.", "I said, “do they?” And they dance.", "They ask; they dance.",
    ],
)  # fmt: skip
def test_what_anybody_says_does_not_end_the_subjects_turn(paragraph: str) -> None:
    rows = ["Tom Reed: Why bees?", "Mira Vane: I like them.", "Tom Reed: And ants?", "Mira Vane: Less so."] * 3
    text = "\n\n".join([*rows, paragraph, "Tom Reed: Is it?", "Mira Vane: It is."])
    assert "they dance" in quotable_text(read_text(text)).casefold()


def test_a_name_behind_a_broken_off_word_ends_the_subjects_turn() -> None:
    rows = ["Tom Reed: Why bees?", "Mira Vane: I like them.", "Tom Reed: And ants?", "Mira Vane: Less so."] * 2
    text = "\n\n".join([*rows, "Tom Reed: So?", "Mira Vane: They don’t- Tom_Reed (00:12) Do wasps?", "Tom Reed: No."])
    assert "wasps" not in quotable_text(read_text(text))
