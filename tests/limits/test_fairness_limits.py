"""How far a run of sentences is widened, and when it is not shown: on each side of every limit."""

import pytest

from tests.assistant.fairness.test_context import talk, widened


def numbered(count: int, sentence: str = "Wax is pale in jar {}.") -> str:
    return " ".join(sentence.format(n) for n in range(count))


def test_six_sentences_that_each_take_something_back_are_shown_and_with_a_seventh_nothing_is() -> None:
    for count, is_shown in ((6, True), (7, False)):
        said = "Wasps idle. " + numbered(count, "But {} of them guard.")
        assert widened(talk("So?", said), "Wasps idle.") == (said if is_shown else None)


def test_a_run_grows_by_a_hundred_and_forty_words_and_not_by_one_more() -> None:
    for count, is_shown in ((140, True), (141, False)):
        said = "Wasps idle. But " + "buzz " * (count - 2) + "buzz."
        assert widened(talk("So?", said), "Wasps idle.") == (said if is_shown else None)


@pytest.mark.parametrize(
    ("reply", "echo", "is_shown"),
    [
        ("It was a little.", "Was it a little?", False),  # an echo of four words
        ("It was a little hard.", "Was it a little hard?", True),
        ("It was hard for us all.", "Hard?", False),  # a reply of six words
        ("It was very hard for us all.", "Hard?", True),
    ],
)
def test_a_reply_of_six_words_with_an_echo_of_four_is_no_last_word(reply: str, echo: str, is_shown: bool) -> None:
    found = widened(talk("Was it easy?", reply, echo, "Yes."), reply)
    assert found == (reply if is_shown else None)


def test_quotation_marks_six_sentences_apart_are_a_pair_and_seven_apart_are_none() -> None:
    for count, is_pair in ((6, True), (7, False)):
        quoted = "The sign read “Wax is soft. " + numbered(count - 1) + " Bees eat it.”"
        found = widened(talk("So?", f"We walked home. {quoted} The moon pulls."), "Bees eat it.”")
        assert found == (quoted if is_pair else "Bees eat it.”")


def test_a_frame_opened_three_sentences_before_is_shown_with_it_and_four_before_not() -> None:
    for between, is_seen in ((2, True), (3, False)):
        frame = "People think bees are machines. " + numbered(between) + " Wax is soft."
        found = widened(talk("So?", f"{frame} The story sounds appealing. The moon pulls."), "Wax is soft.")
        assert (found == f"{frame} The story sounds appealing.") is is_seen
        assert found is not None


def test_a_frame_closed_in_the_fifth_sentence_is_shown_to_its_end_and_in_the_sixth_not() -> None:
    opened = "People think bees are machines."
    for between, is_seen in ((4, True), (5, False)):
        closed = f"{opened} {numbered(between)} The story sounds appealing."
        assert widened(talk("So?", f"{closed} The moon pulls."), opened) == (closed if is_seen else opened)


def test_a_bare_condition_has_up_to_eleven_words() -> None:
    follows = "Then the hive would panic."
    eleven = "If the queen is lost in the cold of one winter."
    twelve = "If the queen is lost in the cold of one long winter."
    assert widened(talk("So?", f"{eleven} {follows}"), follows) == f"{eleven} {follows}"
    assert widened(talk("So?", f"{twelve} {follows}"), follows) == follows


def test_a_denial_of_nine_words_is_half_a_thought_and_one_of_ten_is_whole() -> None:
    nine = "It's not a harvest of the kind we know."
    ten = "It's not a harvest of the kind we all know."
    goes_on = "It's more of a theft."
    assert widened(talk("So?", f"{nine} {goes_on}"), nine) == f"{nine} {goes_on}"
    assert widened(talk("So?", f"{ten} {goes_on}"), ten) == ten


def test_only_a_run_of_up_to_two_sentences_waits_for_what_its_half_thought_leads_to() -> None:
    for before, waits in (("Wax is soft.", True), ("Wax is soft. Jars are pale.", False)):
        denial = f"{before} It's not a harvest."
        goes_on = f"{denial} It's more of a theft."
        assert widened(talk("So?", goes_on), denial) == (goes_on if waits else denial)
        seeming = f"{before} On the surface ants look busy."
        corrected = f"{seeming} I watched them. But most of them rest."
        assert widened(talk("So?", corrected), seeming) == (corrected if waits else seeming)


def test_what_takes_it_back_in_the_second_sentence_is_seen_and_in_the_third_not() -> None:
    back = "Scratch that."
    assert widened(talk("So?", f"Bees rest. Wax is soft. {back}"), "Bees rest.") == f"Bees rest. Wax is soft. {back}"
    assert widened(talk("So?", f"Bees rest. {numbered(2)} {back}"), "Bees rest.") == "Bees rest."


def test_an_echo_that_ends_the_interview_takes_nothing_back_unless_it_repeats_the_reply() -> None:
    assert widened(talk("Was it easy?", "A little.", "Since when?"), "A little.") == "A little."
    assert widened(talk("Was it easy?", "A little.", "A little?"), "A little.") is None
