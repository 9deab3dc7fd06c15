"""Whoever comes into a labelled interview without a label we know: nothing of theirs becomes the subject's."""

import pytest

from knowledge.model.provenance import Provenance
from knowledge.model.turns import Role
from tests.invented import MIRA
from tests.knowledge.interviews.layouts import INTERVIEW, TOM, clock
from tests.knowledge.interviews.test_labelled import quotable_text, read_text, spoken

LAYOUTS = {
    "colon": "{who}: {words}",
    "bold": "**{who}:** {words}",
    "bold above": "**{who}**\n\n{words}",
    "above": "{who}\n{words}",
    "time above": "{who} ({time})\n{words}",
    "time before": "[{time}] {who}: {words}",
    "dash": "{who} — {words}",
    "heading": "### {who}\n\n{words}",
    "brackets": "[{who}] {words}",
}
STRANGERS = [
    "Man in the back row", "Unidentified speaker", "tom reed", "Tom Reed, host of Field Notes and keeper of nine hives",
    "The host", "Question from the hall", "观众提问", "@tomreed", "Tom Reed/Ana Sol", "Tom + Ana", "(Tom Reed)", "????",
    "van der Berg", "Tom Reed *laughing*", "Mira's mother", "To Mira", "Question for Mira", "[Audience]",
    "Mira P.", "Mira Vane and Tom Reed", "Interviewer to Mira Vane", "Student", "mc",
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_is_never_quoted_as_the_subject(layout: str, stranger: str) -> None:
    asked = "Would wasps like honey, if strangers asked them about it? They live far from here, as you know."
    said = [(line.speaker, " ".join(line.text.split())) for line in INTERVIEW]
    said += [(stranger, asked), (MIRA.name, "I can only say what the hive says, and it says no.")]
    rows = [
        LAYOUTS[layout].format(who=who, words=words, time=clock(60 + 9 * number))
        for number, (who, words) in enumerate(said * 2)
    ]
    source = read_text("\n\n".join(rows) + "\n")
    assert "Would wasps" in source.text
    assert "Would wasps" not in quotable_text(source)
    assert "They live far" not in quotable_text(source)
    assert not any(line.text[:20] in quotable_text(source) for line in INTERVIEW if line.speaker == TOM)
    if source.provenance is Provenance.TRANSCRIPT:  # a subject named by a stranger makes it look told, not said
        assert quotable_text(source).count("it says no.") == 2


@pytest.mark.parametrize("initials", ["BY: ", "SO: ", "By: "])
def test_initials_that_are_a_word_are_a_label_in_capitals(initials: str) -> None:
    said = [f"{initials if line.speaker == TOM else 'MV: '}{line.text}" for line in INTERVIEW * 2]
    source = read_text("Mira Vane (MV), Bo Yi (BY)\n\n" + "\n\n".join(said))
    assert all(line.text[:20] not in quotable_text(source) for line in INTERVIEW if line.speaker == TOM)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The answer has three parts, and the first of them is this: bees dance.",
        'My grandmother used to say: "Bees dance."',
        "So here it is: bees dance.",
        "(laughs)",
        "[Applause]",
    ],
)
def test_a_paragraph_of_the_subject_goes_on_being_the_subjects(paragraph: str) -> None:
    parts = [
        f"{TOM}: Why so?",
        "Mira Vane: I think so.",
        paragraph,
        "And I draw them.",
        f"{TOM}: Is it?",
        "Mira Vane: Yes.",
    ]
    source = read_text("\n\n".join(parts))
    assert "And I draw them." in quotable_text(source)


@pytest.mark.parametrize("question", ["**Why do bees dance?**", "*Why do bees dance?*"])
def test_a_question_set_off_without_a_label_is_not_the_subjects(question: str) -> None:
    tom, mira = f"**{TOM}:**", "**Mira Vane:**"
    parts = [f"{tom} Why so?", f"{mira} I think so.", question, f"{mira} I like it.", f"{tom} Is it?"]
    source = read_text("\n\n".join(parts))
    assert "Why do bees" not in quotable_text(source)
    assert "I like it." in quotable_text(source)


def test_a_listener_inside_a_paragraph_is_not_the_subject() -> None:
    text = f"{TOM}: Why so?\n\nMira Vane: I think so. Audience: Me too. Mira Vane: Good.\n\n"
    source = read_text(f"{text}{TOM}: Is it?\n\nMira Vane: It is.\n")
    assert quotable_text(source) == "I think so.\nGood.\nIt is."


@pytest.mark.parametrize("change", [">> Right, wasps.", "- Right, wasps."])
def test_in_captions_a_change_without_a_name_ends_the_subjects_words(change: str) -> None:
    said = [f"{(TOM, MIRA.name)[n % 2].upper()}: Line {n}, I think." for n in range(8)]
    cues = [f"{clock(n)},000 --> {clock(n + 1)},000\n{words}\n{change}\n" for n, words in enumerate(said)]
    source = read_text("\n".join(f"{n}\n{cue}" for n, cue in enumerate(cues, 1)))
    assert quotable_text(source) == "\n".join(f"Line {n}, I think." for n in (1, 3, 5, 7))


def test_a_change_of_speaker_inside_a_caption_cuts_it() -> None:
    said = [f"{(TOM, MIRA.name)[n % 2].upper()}: Line {n}. >> Right, wasps." for n in range(8)]
    cues = [f"{n + 1}\n{clock(n)},000 --> {clock(n + 1)},000\n{words}\n" for n, words in enumerate(said)]
    assert quotable_text(read_text("\n".join(cues))) == "\n".join(f"Line {n}." for n in (1, 3, 5, 7))


def test_two_voices_in_one_caption_are_two_turns_and_one_without_a_tag_is_nobodys() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Tom Reed>Why bees?</v>\n<v.loud Mira Vane>I like\nthem.</v>\n\n"
        "00:02.000 --> 00:04.000\nAnd wasps?\n\n00:04.000 --> 00:05.000\n<v Mira Vane>No.</v> <v Tom Reed>Why?</v>\n"
    )
    source = read_text(text)
    assert spoken(source) == [
        (Role.OTHER, "Why bees?"),
        (Role.SUBJECT, "I like them."),
        (Role.UNKNOWN, "And wasps?"),
        (Role.SUBJECT, "No."),
        (Role.OTHER, "Why?"),
    ]


def test_initials_are_the_subjects_where_the_top_says_so() -> None:
    body = "\n\n".join(f"{('TR', 'MV')[n % 2]}: Line {n}, I think." for n in range(6))
    assert read_text(body).quotable_words() == 0
    told = read_text(f"{TOM} (TR) talks to Mira Vane (MV).\n\n{body}")
    assert quotable_text(told) == "\n".join(f"Line {n}, I think." for n in (1, 3, 5))


def test_one_name_with_rising_times_is_a_talk_and_a_list_of_quotations_is_not() -> None:
    said = ["I thank you for coming.", "So I want to talk about bees.", "They dance, you know."]
    talk = "\n\n".join(f"Mira Vane  {clock(9 * n)}\n{words}" for n, words in enumerate(said))
    assert (
        quotable_text(read_text(talk)) == "\n".join(said)
        or quotable_text(read_text(talk)).split() == " ".join(said).split()
    )
    quotations = "\n\n".join(f"Mira Vane: “{words}”" for words in said)
    assert read_text(quotations).quotable_words() == 0
