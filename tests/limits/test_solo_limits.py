"""A talk by one person: what may be an introduction, a heading or background stays nobody's."""

from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.readers import read
from knowledge.speakers.solo_talks import as_talk
from tests.invented import BEES, MIRA, labelled_source
from tests.knowledge.interviews.test_labelled import quotable_text

BEFORE = "So we count them again. "
TALK = "\n\nI draw bees all day long. I count the tides at night.\n"


def talk(text: str) -> Source:
    return as_talk(read(text.encode(), origin="talk.txt", source_id="talk", subject=MIRA), MIRA)


def test_an_introduction_may_have_two_hundred_and_fifty_words_and_not_one_more() -> None:
    within = talk(BEFORE * 49 + "Please welcome Mira Vane now." + TALK)
    assert "count them" not in quotable_text(within)
    assert "I draw bees" in quotable_text(within)
    beyond = talk(BEFORE * 49 + "Please welcome Mira Vane right now." + TALK)
    assert "count them" in quotable_text(beyond)
    assert "welcome" not in quotable_text(beyond)


def test_three_sentences_behind_the_name_belong_to_who_introduces_and_the_fourth_does_not() -> None:
    behind = "She is kind. She is quick. She is here. I thank you all."
    found = quotable_text(talk(f"Please welcome Mira Vane. {behind}{TALK}"))
    assert "She is" not in found
    assert "I thank you all." in found


def test_a_line_of_twelve_words_without_a_stop_is_a_heading_and_one_of_thirteen_is_spoken() -> None:
    for words, is_heading in ((12, True), (13, False)):
        line = "the bees of " + "buzz " * (words - 4) + "harbour"
        found = quotable_text(talk(f"I thank you all for it.\n\n{line}{TALK}"))
        assert ("buzz" not in found) is is_heading
        assert "I draw bees" in found


def test_background_beside_a_talk_stays_background() -> None:
    plain = labelled_source(BEES, "bees")
    nobody = {"role": Role.UNKNOWN, "speaker": None, "certainty": None}
    turns = [turn.model_copy(update=nobody) for turn in plain.turns]
    turns[1] = turns[1].model_copy(update={"provenance": Provenance.REPORT})
    found = as_talk(plain.model_copy(update={"turns": tuple(turns)}), MIRA)
    assert "Nobody taught them that." not in quotable_text(found)
    assert "Ants follow a smell" in quotable_text(found)
