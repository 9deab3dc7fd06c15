import pytest

from assistant import Answer, Assistant
from assistant.answers import Reason
from assistant.question.wishes import Wish, Wished, read_wish
from tests.invented import BEES, labelled_source

WISHES = ["more", "More please!", "show me more quotes", "another one", "what else?", "更多", "还有吗？", "再来一条"]
QUESTIONS = ["more data or better algorithms?", "Why is more different?", "What else moves the tides?", "还有数据吗"]
ASKED = "Why do bees dance?"


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_for_more_is_read_from_its_words(wish: str) -> None:
    assert read_wish(wish) == Wished(Wish.MORE)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_with_a_topic_is_no_wish_for_more(question: str) -> None:
    wished = read_wish(question)
    assert wished is None or wished.wish is not Wish.MORE


def shown(answer: Answer) -> set[str]:
    return {record.quote.text for record in answer.quotes}


def test_more_gives_the_next_quotes_and_repeats_none_until_nothing_is_left(assistant: Assistant) -> None:
    history = [ASKED]
    seen = shown(assistant.ask(ASKED))
    for _ in range(9):
        answer = assistant.ask("more", history=history)
        assert answer.question == "more"
        assert not seen & shown(answer)
        if not answer.answered:
            break
        seen |= shown(answer)
        history.append("more")
    assert answer.reason is Reason.NO_EVIDENCE
    assert len(history) > 1


def test_more_of_nothing_is_unclear(assistant: Assistant) -> None:
    assert assistant.ask("more").reason is Reason.UNCLEAR


def test_an_utterance_is_not_shown_again_from_another_file(assistant: Assistant) -> None:
    assistant.library.add(labelled_source(BEES, "copy"), BEES.encode(), origin="copy.txt")
    assistant.index.sync()
    first = assistant.ask(ASKED)
    again = assistant.ask(ASKED, exclude={record.quote.id for record in first.quotes})
    assert not shown(first) & shown(again)


def test_an_unknown_id_excludes_nothing(assistant: Assistant) -> None:
    assert assistant.ask(ASKED, exclude={"q_nothing"}).quotes == assistant.ask(ASKED).quotes
