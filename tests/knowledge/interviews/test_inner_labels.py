"""A label run into the middle of a sentence ends the subject's turn; a name that is only spoken of does not."""

import pytest

from tests.knowledge.interviews.test_labelled import quotable_text, read_text

ROWS = ["Tom Reed: Why bees?", "Mira Vane: I like them.", "Tom Reed: And ants?", "Mira Vane: Less so."] * 3
SLIPS = [
    "Tom Reed: Would", "Tom Reed Would", "tom reed Would", "TOM REED would", "Tom: Would", "tom: Would", "Tom) Would",
    "Tom Reed] Would", "Tom Would", "Tom. Would", "Tom Reed, Would", "Tom Reed / Would", "Tom Reed** Would",
    "Tom Reed • Would", "Tom — Would", "Tom - Would", "Tom Reed 00:41 Would", "[00:41] Tom Reed would", "TR: Would",
    "Tom Reed (2): Would", "Tom Reed&#58; Would", "Tom Reed﹕ Would", "“Tom Reed” would", "Tom asks, Would",
    "Tom’s question: Would", "Tm Reed Would", "Tom Re ed: Would", "\u202aTom Reed\u202c: Would",
    "T\u200dom Reed: Would",
    "Olu Bakare Would", "Olu Bakare: Would", "OLU BAKARE Would", "Olu) Would", "Olu\tWould", "Olu — Would",
    "* Tom Reed * would", "Tom Reed … would", "T. Would", "Tom Reed Sr: would",
    "Olu: Would", "Q: Would", "Q. Would", "Q Would", "Audience Would", "AUDIENCE would", "Speaker 2 Would",
    "Woman #2: Would",
    "Participant 4: Would", "Both: Would", "A reporter: Would", "?: Would", "??? Would", "### Tom Reed Would",
    "🎤 Would", "V.O.: Would", "12,Tom Reed,Would", '<sp who="Tom Reed">Would', "— Would",
    "Will: Would", "Tom Reed you",
]  # fmt: skip
SPOKEN_OF = [
    "I told Tom Reed that they dance.", "With Tom Reed I saw that they dance.", "Thanks, Tom. I know that they dance.",
    "Thank you Tom. So they dance.", "Tom Reed’s bees say that they dance.", "We met at 10:30 Monday and they dance.",
    "I like both, The Hive and how they dance.", "The Design of Everyday Things says they dance.",
    "In the end we took option B. And they dance.", "The Q minus the sum of Q. So they dance.",
    "In the U.S. They dance.",
    "I like bees (and Tom) So they dance.",
    "What I find is - I’ve seen that they dance.", "I think, What if they dance?",
    "It is called Predicted Upper Confidence and they dance.", "At Hive Labs they dance.",
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_label_in_mid_sentence_ends_the_turn(slip: str) -> None:
    told = f"Mira Vane: They hum. I keep them close and warm at night {slip} wasps ever come?"
    quoted = quotable_text(
        read_text("\n\n".join([*ROWS, "Tom Reed: So?", told, "Tom Reed: Is it?", "Mira Vane: It is."]))
    )
    assert "wasps" not in quoted
    assert "They hum." in quoted
    assert "It is." in quoted


@pytest.mark.parametrize("told", SPOKEN_OF)
def test_a_name_that_is_spoken_of_ends_nothing(told: str) -> None:
    text = "\n\n".join(
        [*ROWS, "Tom Reed: So?", f"Mira Vane: They hum. {told}", "Tom Reed: Is it?", "Mira Vane: It is."]
    )
    assert "they dance" in quotable_text(read_text(text)).casefold()


@pytest.mark.parametrize("label", ["Will:", "Art;", "Mark -", "Grace |", "Tom)", "Olu]"])
def test_a_name_that_is_a_word_or_closes_a_bracket_ends_the_turn_behind_a_sentence(label: str) -> None:
    told = f"Mira Vane: They hum. {label} Would wasps ever come?"
    quoted = quotable_text(
        read_text("\n\n".join([*ROWS, "Tom Reed: So?", told, "Tom Reed: Is it?", "Mira Vane: It is."]))
    )
    assert "wasps" not in quoted
    assert "They hum." in quoted


def test_initials_that_the_head_declares_are_known_by_the_whole_name() -> None:
    head = "Mira Vane (MV) and Hana Sato (HS) on bees"
    rows = ["HS: Why bees?", "MV: I like them.", "HS: And ants?", "MV: Less so."] * 3
    told = "MV: They hum and Hana Sato) would wasps ever come?"
    quoted = quotable_text(read_text("\n\n".join([head, *rows, "HS: So?", told, "HS: Is it?", "MV: It is."])))
    assert "It is." in quoted
    assert "wasps" not in quoted


TRACES = [
    "at night, Tom Reed, would", "at night, Tm Reed would", "at night, tOM rEED, would", "at night om Reed, would",
    "at night, Tom Reed -> would", "at night Tom Reed -> would", "at night (TR) would", "at night, TR would",
    "at night TR^ would", "at night Tom Reed #2: would", "at night Tom Reed, host — would", "at night Tom said “would",
    "at night T o m  R e e d: would", "at night {Questioner 3} would", "at night [Audience member] would",
    "at night (Miss Laing): would", "at nightB: would", "at nightCrowd: would", "at night. «Us» Would",
    "at night, (Staff) Would", "at night. (H) Would",
    "at night kenji99) would", "at night, Lcx Fridmari; would", "at night.”Iex: would",
    "at night, Tom Reed Tom Reed would", "at night Olu Bakare ¦ would", "at night So would",
    "at night olu: Would", "at night Q would", "at night [Tom would",
]  # fmt: skip
SPOKEN_OF_ANYWHERE = [
    "If I’m Tom and want more, they dance.", "I know how Tom Reed will think and they dance.",
    "Yeah, Tom, they dance.", "I think I’m right and A is what they dance.",
    "In the market with other hives: I saw they dance.", "People play Go and they dance.",
    "I said to Tom Reed they dance.", "It is late. (Laughs) So they dance.",
    "It is the Q function and Q is how they dance.",
]  # fmt: skip


@pytest.mark.parametrize("slip", TRACES)
def test_a_trace_of_a_label_ends_the_turn_wherever_it_stands(slip: str) -> None:
    told = f"Mira Vane: They hum. I keep them close and warm {slip} wasps ever come?"
    # two turns of hers above show that labels need not alternate in this file
    rows = [*ROWS, "Mira Vane: They rest.", "Mira Vane: They fly.", "Mira Vane: They sing.", "Mira Vane: They work."]
    quoted = quotable_text(
        read_text("\n\n".join([*rows, "Tom Reed: So?", told, "Tom Reed: Is it?", "Mira Vane: It is."]))
    )
    assert "wasps" not in quoted
    assert "They hum." in quoted
    assert "It is." in quoted


@pytest.mark.parametrize("told", SPOKEN_OF_ANYWHERE)
def test_who_is_spoken_of_or_called_leaves_no_trace(told: str) -> None:
    text = "\n\n".join(
        [*ROWS, "Tom Reed: So?", f"Mira Vane: They hum. {told}", "Tom Reed: Is it?", "Mira Vane: It is."]
    )
    assert "they dance" in quotable_text(read_text(text))


def test_a_name_that_signs_a_paragraph_makes_it_nobodys() -> None:
    signed = "Would wasps ever come? And when? — Tom Reed"
    text = "\n\n".join([*ROWS, "Tom Reed: So?", "Mira Vane: They hum.", signed, "Mira Vane: It is."])
    quoted = quotable_text(read_text(text))
    assert "wasps" not in quoted
    assert "It is." in quoted


@pytest.mark.parametrize(
    "lost", ["— would wasps ever come?", "I keep: would wasps ever come?", "Hives Would wasps ever come?"]
)
def test_under_a_label_that_stands_twice_in_a_row_only_a_plain_first_sentence_is_kept(lost: str) -> None:
    text = "\n\n".join([*ROWS, "Tom Reed: So?", f"Mira Vane: They hum {lost} I ask.", "Mira Vane: It is."])
    quoted = quotable_text(read_text(text))
    assert "wasps" not in quoted
    assert "It is." in quoted
