"""Labelled interviews: every layout gives the same turns; wrong labels and narration give none."""

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model.passages import passages
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Certainty, Role
from knowledge.readers import raw_text, read
from tests.invented import MIRA
from tests.knowledge.interviews.layouts import INTERVIEW, LAYOUTS, TIMED, TOM, Line, clock


def read_text(text: str, name: str = "talk") -> Source:
    return read(text.encode(), origin=f"{name}.txt", source_id=name, subject=MIRA)


def spoken(source: Source) -> list[tuple[Role, str]]:
    """The words of each turn that is not background."""
    return [
        (turn.role, " ".join(source.text[turn.start : turn.end].split()))
        for turn in source.turns
        if turn.provenance is not Provenance.REPORT
    ]


def quotable_text(source: Source) -> str:
    return "\n".join(source.text[turn.start : turn.end] for turn in source.turns if turn.quotable())


def check_map(source: Source, raw: bytes) -> None:
    """Every character of the canonical text that is not a joint stands in the raw file where the map says."""
    decoded = raw_text(raw, source.raw_map.encoding)
    mapped = 0
    for segment in source.raw_map.segments:
        if segment.verbatim:
            assert source.text[segment.start : segment.end] == decoded[segment.raw_start : segment.raw_end]
        mapped += segment.end - segment.start
    assert mapped == len(source.text) - len(joints(source))


def joints(source: Source) -> str:
    """The characters of the canonical text outside every segment."""
    outside, position = [], 0
    for segment in source.raw_map.segments:
        outside.append(source.text[position : segment.start])
        position = segment.end
    assert not source.text[position:]
    assert not "".join(outside).strip()
    return "".join(outside)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_turns(layout: str) -> None:
    text = LAYOUTS[layout](INTERVIEW)
    source = read_text(text)
    expected = [
        (Role.SUBJECT if line.speaker == MIRA.name else Role.OTHER, " ".join(line.text.split())) for line in INTERVIEW
    ]
    assert spoken(source) == expected
    assert source.provenance is Provenance.TRANSCRIPT
    assert {turn.certainty for turn in source.turns if turn.role is Role.SUBJECT} == {Certainty.LABELLED}
    check_map(source, text.encode())


@pytest.mark.parametrize("layout", sorted(TIMED))
def test_printed_times_become_times_of_turns(layout: str) -> None:
    source = read_text(LAYOUTS[layout](INTERVIEW))
    turns = [turn for turn in source.turns if turn.provenance is Provenance.TRANSCRIPT]
    assert [turn.said_at for turn in turns] == [line.seconds for line in INTERVIEW]
    assert [source.said_at(turn.start) for turn in turns] == [line.seconds for line in INTERVIEW]


def test_a_planted_span_is_found_at_its_place() -> None:
    text = LAYOUTS["colon"](INTERVIEW)
    source = read_text(text)
    turn = next(turn for turn in source.turns if "large word" in source.text[turn.start : turn.end])
    start = source.text.index("They do it")
    assert (turn.speaker, turn.start < start < turn.end) == ("Mira Vane", True)
    raw_start, raw_end = source.raw_map.raw_span(start, start + len("They do it"))
    assert text[raw_start:raw_end] == "They do it"


def test_paragraphs_of_a_turn_are_parted_by_a_line_break_and_turns_by_an_empty_line() -> None:
    source = read_text(LAYOUTS["colon"](INTERVIEW))
    assert "and I draw it.\nIt's a slow craft" in source.text
    assert "patience & light.\n\nDo you think" in source.text


def test_front_matter_gives_the_facts_and_is_no_text() -> None:
    source = read_text(LAYOUTS["front matter"](INTERVIEW))
    assert (source.title, source.date, source.venue) == ("Bees and Tides", "2021-05-04", "Field Notes")
    assert source.url == "https://notes.example/bees"
    assert source.interviewers == ("Tom Reed",)
    assert "channel" not in source.text


def test_an_interviewer_inside_a_paragraph_or_in_brackets_is_not_the_subject() -> None:
    text = (
        "Tom Reed: Why bees, do you think?\n\n"
        "Mira Vane: I like them a lot. [Tom Reed: I can tell.] They like me too. Tom Reed: And the wasps? "
        "Mira Vane: We do not talk.\n\n"
        "Tom Reed: Right, so I asked Mira Vane: what is it with wasps?\n\n"
        "Mira Vane: You may ask (Tom Reed: may I?) again.\n"
    )
    source = read_text(text)
    assert spoken(source) == [
        (Role.OTHER, "Why bees, do you think?"),
        (Role.SUBJECT, "I like them a lot."),
        (Role.OTHER, "I can tell."),
        (Role.SUBJECT, "They like me too."),
        (Role.OTHER, "And the wasps?"),
        (Role.SUBJECT, "We do not talk."),
        (Role.OTHER, "Right, so I asked Mira Vane: what is it with wasps?"),
        (Role.SUBJECT, "You may ask"),
        (Role.OTHER, "may I?"),
        (Role.SUBJECT, "again."),
    ]


def test_headings_boxes_and_an_outro_are_not_the_subject() -> None:
    text = LAYOUTS["bold colon"](INTERVIEW) + (
        "\n## More\n\nMira Vane lives on the coast with nine hives.\n\nThis article was first printed in Field Notes.\n"
    )
    text = text.replace("**Tom Reed:** Do you think", "02 The large word\n\n**Tom Reed:** Do you think")
    source = read_text(text)
    assert next(words for role, words in spoken(source) if role is Role.SUBJECT).endswith("patience & light.")
    assert "large word\n" not in quotable_text(source)
    assert "nine hives" not in quotable_text(source)
    assert "Field Notes" not in quotable_text(source)
    assert "nine hives" in source.text


def test_paragraphs_after_the_last_label_belong_to_nobody_when_turns_have_one_paragraph() -> None:
    text = "Tom Reed: So why?\n\nMira Vane: I like it, you know.\n\nTom Reed: And how?\n\nMira Vane: I just do it.\n\n"
    source = read_text(text + "Our show comes out each week and you can hear it wherever you hear shows.\n")
    assert quotable_text(source) == "I like it, you know.\nI just do it."


def test_a_paragraph_that_names_the_subject_in_full_is_not_the_subjects() -> None:
    text = LAYOUTS["colon"](INTERVIEW).replace(
        "\n\nTom Reed: Do you", "\n\nMira Vane has drawn nine hundred bees so far, as you may know.\n\nTom Reed: Do you"
    )
    source = read_text(text)
    assert "nine hundred" in source.text
    assert "nine hundred" not in quotable_text(source)


def test_a_label_said_once_still_ends_the_words_of_the_subject() -> None:
    text = LAYOUTS["colon"](INTERVIEW) + "\nAudience Member: Can I ask you one thing?\n\nMira Vane: Yes, you can.\n"
    source = read_text(text)
    assert "Can I ask" not in quotable_text(source)
    assert quotable_text(source).endswith("Yes, you can.")


def test_misspelt_names_and_offices_are_the_subject() -> None:
    text = "\n\n".join(f"{name}: {words}" for name, words in [
        ("TOM REED", "So you came here to talk?"), ("MYRA VAIN", "I did, and I'm glad."),
        ("TOM REED", "And you will stay?"), ("MYRA VAIN", "You know that I will."),
        ("TOM REED", "And after that?"), ("Mira Vane (Bee Institute)", "I will sleep, I think."),
    ])  # fmt: skip
    source = read_text(text)
    assert quotable_text(source) == "I did, and I'm glad.\nYou know that I will.\nI will sleep, I think."
    assert {turn.speaker for turn in source.turns if turn.role is Role.SUBJECT} == {"Mira Vane"}


def test_numbered_speakers_are_unknown_and_keep_their_numbers() -> None:
    text = "\n\n".join(f"SPEAKER {n % 2 + 1}: I think that you are right, number {n}." for n in range(8))
    source = read_text(text)
    assert {turn.role for turn in source.turns} == {Role.UNKNOWN}
    assert {turn.speaker for turn in source.turns} == {"SPEAKER 1", "SPEAKER 2"}
    assert source.quotable_words() == 0
    assert "No label names Mira Vane: nothing is quotable." in source.notes


@pytest.mark.parametrize(
    ("head", "quotable"),
    [
        ("Interview with Mira Vane", True),
        ("Interview with Mira Vane and Tom Reed", False),
        ("What people ask me since I met Mira Vane", False),
    ],
)
def test_answers_are_the_subjects_only_in_an_interview_with_the_subject(head: str, quotable: bool) -> None:
    pairs = [("Q", "What do you do?"), ("A", "I draw bees."), ("Q", "Why do you?"), ("A", "I like them.")] * 3
    text = f"# {head}\n\n" + "\n\n".join(f"**{who}:** {words}" for who, words in pairs)
    source = read_text(text)
    assert (source.quotable_words() > 0) is quotable
    assert "What do you do" not in quotable_text(source)


def test_a_talk_with_questions_from_the_hall_is_the_speakers() -> None:
    text = (
        "Mira Vane: I thank you. So I want to talk about bees.\n\nThey dance, you know, and we watch.\n\n"
        "Q: Do you dance?\n\nMira Vane: I don't.\n\nQ: And why is that?\n\nMira Vane: I draw, you know.\n"
    )
    source = read_text(text)
    assert quotable_text(source).split("\n")[1] == "They dance, you know, and we watch."
    assert "Do you dance" not in quotable_text(source)
    assert {turn.role for turn in source.turns} == {Role.SUBJECT, Role.OTHER}


def wrong_labels(every: int) -> str:
    """A talk whose labels change after every few words."""
    words = " ".join(" ".join(line.text.split()) for line in INTERVIEW * 3).split()
    cut = [" ".join(words[start : start + every]) for start in range(0, len(words), every)]
    return "\n\n".join(f"{(TOM, MIRA.name)[number % 2]}: {part}" for number, part in enumerate(cut))


def test_labels_that_change_in_mid_sentence_are_reported_and_not_trusted() -> None:
    source = read_text(wrong_labels(every=6))
    assert source.provenance is Provenance.REPORT
    assert source.quotable_words() == 0
    assert {turn.role for turn in source.turns} == {Role.UNKNOWN}
    assert any("change in mid-sentence" in note for note in source.notes)
    assert source.text.split() == " ".join(line.text for line in INTERVIEW * 3).split()


def test_a_turn_that_starts_in_the_middle_of_anothers_sentence_is_not_quotable() -> None:
    text = LAYOUTS["colon"](INTERVIEW) + "\nTom Reed: But you do not\n\nMira Vane: think so at all.\n"
    source = read_text(text)
    assert "think so at all" not in quotable_text(source)
    assert "write it down" in quotable_text(source)


def test_interruptions_do_not_make_labels_wrong() -> None:
    text = LAYOUTS["colon"](INTERVIEW * 3) + "\nTom Reed: But you do not\n\nMira Vane: and I never did.\n"
    assert read_text(text).provenance is Provenance.TRANSCRIPT


def test_labels_without_any_punctuation_cannot_be_checked() -> None:
    text = "\n\n".join(f"{(TOM, MIRA.name)[number % 2]}: {'so i think you know it ' * 3}" for number in range(18))
    assert read_text(text).quotable_words() == 0


def test_labels_of_whole_turns_are_believed_without_any_punctuation() -> None:
    text = "\n\n".join(f"{(TOM, MIRA.name)[number % 2]}: {'so i think you know it ' * 9}" for number in range(8))
    assert read_text(text).quotable_words() == 4 * 6 * 9


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        (lambda text: "---\nllmModel: some/model\n---\n" + text, "a model’s work"),
        (lambda text: "Summarized by AI\n\n" + text, "it says so"),
        (lambda text: text.replace("I'm going", "Mira Vane goes").replace("Well, I", "She says that she"), "tell of"),
        (lambda text: "# Key Points\n\n- a\n\n# Highlights\n\n- b\n\n# Notable Quotes\n\n- c\n\n" + text, "digest"),
    ],
)  # fmt: skip
def test_rewrites_called_transcript_are_not_quotable(change: object, sign: str) -> None:
    text = LAYOUTS["bold colon"](INTERVIEW)
    assert callable(change)
    source = read_text(change(text))
    assert (source.provenance, source.quotable_words()) == (Provenance.REPORT, 0)
    assert any(sign in note for note in source.notes)


def test_too_few_words_for_the_time_are_a_rewrite() -> None:
    lines = [f"{(TOM, MIRA.name)[n % 2]} ({clock(n * 60)}):\nI think so, and you know it.\n" for n in range(12)]
    source = read_text("\n".join(lines))
    assert source.quotable_words() == 0
    assert any("words for a minute" in note for note in source.notes)


def test_a_machine_transcript_that_names_its_maker_is_still_a_transcript() -> None:
    text = "This transcript was generated by AI and may contain errors.\n\n" + LAYOUTS["bold colon"](INTERVIEW)
    assert read_text(text).provenance is Provenance.TRANSCRIPT


def test_an_interview_that_came_back_from_chinese_is_a_translation() -> None:
    body = LAYOUTS["colon"](INTERVIEW).replace("slow craft", "slow - moving, well - known, hard - won craft") * 4
    head = "Latest from the coast: the bees have moved\n\n海岸观察2021-05-06 10:00\n\n"
    text = f"{head}{body}\n\nTom Reed: And then?\n\nMira Vane: <\n"
    source = read_text(text)
    assert source.provenance is Provenance.TRANSLATION
    assert {turn.provenance for turn in source.turns if turn.quotable()} == {Provenance.TRANSLATION}
    assert (source.date, source.venue) == ("2021-05-06", "海岸观察")
    assert source.title == "Latest from the coast: the bees have moved"
    assert any("well" in note or "hyphens" in note for note in source.notes)
    assert any("has no words and was dropped" in note for note in source.notes)
    assert not source.text.endswith("<")


def test_an_interview_in_chinese_is_a_translation() -> None:
    lines = [("汤姆·里德", "你为什么喜欢蜜蜂？"), ("Mira Vane", "我喜欢它们跳舞，也喜欢看它们工作。")] * 4
    source = read_text("\n\n".join(f"{who}：{words}" for who, words in lines))
    assert (source.language, source.provenance) == ("zh", Provenance.TRANSLATION)
    assert source.quotable_words() > 0


def test_in_a_bilingual_page_only_one_language_is_spoken() -> None:
    chinese = {TOM: "你能告诉我们你在做什么吗？", MIRA.name: "我看它们怎么跳舞，然后画下来。这很慢。"}
    text = "\n\n".join(
        f"{line.speaker}: {' '.join(line.text.split())}\n\n{chinese[line.speaker]}" for line in INTERVIEW
    )
    source = read_text(text)
    kinds = {(turn.language, turn.provenance) for turn in source.turns if turn.quotable()}
    assert kinds == {("en", Provenance.TRANSCRIPT), ("zh", Provenance.TRANSLATION)}
    renderings = [turn for turn in source.turns if turn.provenance is Provenance.TRANSLATION]
    assert [source.turn_index(turn.renders or 0) for turn in renderings] == list(range(0, 12, 2))
    english = [words for role, words in spoken(source) if role is Role.SUBJECT and "我" not in words]
    assert english == [" ".join(line.text.split()) for line in INTERVIEW if line.speaker == MIRA.name]


def test_embedded_pictures_and_code_are_left_out() -> None:
    text = LAYOUTS["bold colon"](INTERVIEW) + "\n[image1]: <data:image/png;base64," + "QUJD" * 50_000 + ">\n"
    source = read_text(text + "\n```\ncode = 1\n```\n")
    assert len(source.text) < 2_000
    assert "base64" not in source.text


def test_reading_twice_gives_the_same_source() -> None:
    text = LAYOUTS["linked time"](INTERVIEW)
    assert read_text(text) == read_text(text)


WORDS = st.lists(st.text(string.ascii_lowercase + "éü’", min_size=1, max_size=7), min_size=1, max_size=12)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(set(LAYOUTS) - {"front matter", "table", "table with times"})),
    st.lists(WORDS, min_size=6, max_size=12),
)
def test_words_in_are_words_out(layout: str, said: list[list[str]]) -> None:
    lines = tuple(
        Line((TOM, MIRA.name)[number % 2], f"So {' '.join(words)} I say.", number * 4)
        for number, words in enumerate(said)
    )
    text = LAYOUTS[layout](lines)
    source = read_text(text)
    by_role = {Role.OTHER: TOM, Role.SUBJECT: MIRA.name}
    assert [(by_role[role], words) for role, words in spoken(source)] == [(line.speaker, line.text) for line in lines]
    check_map(source, text.encode())
    assert re.sub(r"\s+", " ", source.text) == source.text.replace("\n\n", " ").replace("\n", " ")


@pytest.mark.parametrize("above", ["", "Bees and tides\nMay 4, 2021\n\n"])
@pytest.mark.parametrize("layout", ["{}: {}", "**{}:** {}", "**{}**\n\n{}"])
def test_an_interview_of_three_turns_is_one(layout: str, above: str) -> None:
    said = [(TOM, "Why bees?"), (MIRA.name, "I like them.\n\nI draw them, too."), (TOM, "Thank you.")]
    text = above + "\n\n".join(layout.format(*one) for one in said)
    assert quotable_text(read_text(text)).split("\n") == ["I like them.", "I draw them, too."]


def test_three_printed_answers_in_an_article_are_none() -> None:
    said = [(MIRA.name, "We will grow."), (TOM, "We will not."), (MIRA.name, "We will see.")]
    text = "The firm said that it would grow, and nobody who heard it knew why it did. " * 3
    assert read_text(f"{text}\n\n" + "\n\n".join(": ".join(one) for one in said) + f"\n\n{text}").quotable_words() == 0


def test_an_office_in_brackets_stands_above_a_time() -> None:
    office = "Mira Vane (Co-founder and Chief Scientist of the Hive)"
    said = [(TOM, "Why bees, of all things?"), (office, "I like them."), (TOM, "And ants?"), (office, "Less so.")] * 2
    text = "\n\n".join(f"{who}\n00:{10 + number}\n{words}" for number, (who, words) in enumerate(said))
    assert quotable_text(read_text(text)).split("\n") == ["I like them.", "Less so."] * 2


def test_words_left_open_below_the_subjects_are_told() -> None:
    rows = [f"{TOM}: Why bees?", "Mira Vane: I like them."] * 4
    text = "\n\n".join([*rows, "# On the coast", "There I listened.", f"{TOM}: So?", "Mira Vane: So."])
    assert any("“On the coast There I listened." in note for note in read_text(text).notes)


def test_a_label_that_is_nearly_the_subjects_name_is_nobodys_and_not_somebody_elses() -> None:
    rows = [f"{TOM}: Why bees?", "Mira Vane: I like them."] * 4
    source = read_text("\n\n".join([*rows, f"{TOM}: And wasps?", "LMira Vane: They are gone.", f"{TOM}: Well."]))
    assert source.turns[source.turn_index(source.text.index("They are gone."))].role is Role.UNKNOWN


def test_a_turn_without_stops_is_quoted_whole_or_not_at_all() -> None:
    said = "so we just watched them dance and then they came back to us again and " * 6
    rows = [("Tom Reed", "and what did they do then"), (MIRA.name, said.strip()), ("Tom Reed", "and then")]
    rows += [(MIRA.name, (said * 3).strip()), ("Tom Reed", "thanks"), (MIRA.name, " ".join(said.split()[:30]))]
    source = read_text("\n\n".join(f"{who}: {words}" for who, words in rows))
    assert [len(one.text.split()) for one in passages(source)] == [90, 30]
    assert any("hardly any punctuation" in note for note in source.notes)


def test_a_sentence_goes_on_across_the_lines_of_a_talk() -> None:
    said = ["Mira Vane: I like bees because", "{0} of them dance, and", "{0} come back", "To us.", "Tom Reed: So?"]
    source = read_text("\n".join(line.format(number) for number in range(5) for line in said))
    quoted = [source.text[start:end] for one in passages(source) for start, end in one.sentences]
    assert "I like bees because 2 of them dance, and 2 come back To us." in quoted
    assert all(one.endswith("To us.") for one in quoted)


def test_a_sentence_that_may_go_on_in_nobodys_words_is_not_quoted() -> None:
    rows = ["Tom Reed: Why bees?", "Mira Vane: I like them. I came here because", "My take: it is wrong", ""]
    source = read_text("\n\n".join(rows * 3))
    assert {one.text for one in passages(source)} == {"I like them."}
    assert all(one.text.endswith("because") for one in passages(read_text("\n\n".join(rows[:2] * 3))))
