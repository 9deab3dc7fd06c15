"""What one could ask next is read from the sources of the quotes, and is not searched for."""

from types import SimpleNamespace
from typing import Any

from assistant import Assistant
from assistant.quotes import Quote
from assistant.records.saved_answers import Records
from knowledge.model.turns import Role
from tests.invented import BEES, labelled_source
from ui.rendering.page_texts import page_texts
from ui.web.chat.answer_context import first_questions, neighbouring_questions
from ui.web.chat.streaming import Answering

ENGLISH = page_texts("en")

SOURCE = labelled_source(BEES, "bees")
HERS = [turn for turn in SOURCE.turns if turn.role is Role.SUBJECT]


def quotes(*places: int) -> list[Quote]:
    return [Quote(source=SOURCE, start=HERS[place].start, end=HERS[place].end) for place in places]


def test_the_nearest_questions_come_first_and_none_that_was_shown() -> None:
    asked = neighbouring_questions(quotes(0), asked="Why do bees dance?", language="en")
    assert asked == ("Do you think ants do something like it?", "People say honey never spoils. Is honey eternal?")
    assert neighbouring_questions(quotes(0, 1, 2), asked="", language="en") == ()
    assert neighbouring_questions([], asked="", language="en") == ()


def test_the_question_just_asked_is_not_offered_again() -> None:
    offered = neighbouring_questions(quotes(0), asked="Do you think ants do something like it?", language="en")
    assert offered == ("People say honey never spoils. Is honey eternal?",)


def test_our_own_questions_are_offered_in_the_language_of_the_page() -> None:
    described = {"question": "Why do bees dance?", "question_zh": "蜜蜂为什么跳舞？"}
    turns = tuple(turn.model_copy(update=described) if turn == HERS[0] else turn for turn in SOURCE.turns)
    source = SOURCE.model_copy(update={"turns": turns})
    assert next(first_questions(source, "zh")) == "蜜蜂为什么跳舞？"
    assert next(first_questions(source, "en")) == "Why do bees dance?"


TALK = """\
Ana Sol: Okay, all right, so do bees ever dream at night?
Mira Vane: They twitch in their sleep, which is all that I can say.
Ana Sol: Hmm, and why is that?
Mira Vane: Because muscles rest more slowly than eyes do.
Ana Sol: Right, yeah, interesting.
Mira Vane: It is a field with very few people in it.
"""


def test_an_interviewer_s_question_is_offered_without_sounds_and_not_where_it_only_points_back() -> None:
    assert list(first_questions(labelled_source(TALK, "talk"), "en")) == ["Do bees ever dream at night?"]


def test_turns_that_may_not_be_quoted_answer_nothing() -> None:
    turns = tuple(turn.model_copy(update={"role": Role.UNKNOWN}) for turn in SOURCE.turns)
    assert list(first_questions(SOURCE.model_copy(update={"turns": turns}), "en")) == []


def test_a_whole_answer_is_shown_without_searching_again(furnished: Assistant) -> None:
    answer = furnished.ask("Why do bees dance?")
    cannot_search: Any = SimpleNamespace(
        subject=furnished.subject, settings=furnished.settings, library=furnished.library
    )
    message = Answering(cannot_search, Records(furnished.library)).finished(answer, ENGLISH)
    assert 'class="more"' in message
