"""Follow-ups without a model: what is wanted of what was just shown."""

import pytest

from assistant import Answer, Assistant, Settings
from assistant.answers import Note, Reason
from assistant.question.wishes import Wish, read_wish
from assistant.quotes import Quote
from assistant.selection.same_words import reason_for
from knowledge.model.provenance import Provenance
from knowledge.search.embedding import BilingualEmbeddings
from tests.invented import MIRA, labelled_source

ANTS = """\
Tom Reed: Are wild bees better at finding flowers than ants?
Mira Vane: Wild bees find flowers much better than any ant I have ever kept. They see a field from above. \
It is because they remember the colours of the field for many days.
Tom Reed: And the moths?
Mira Vane: Moths find flowers at night by their smell alone.
"""
LATER = """\
Ana Sol: Are wild bees better at finding flowers?
Mira Vane: Today I would say that wild bees find flowers only where the meadow is left alone.
"""
ASKED = "Are wild bees better at finding flowers than ants?"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Assistant:
    """An assistant with two occasions on wild bees; the tests only ask it."""
    rendered = labelled_source(ANTS + "Mira Vane: 野蜂比蚂蚁更会找花。\n", "ants", date="2019-04")
    said, rendering = rendered.turns[1], rendered.turns[-1]
    again = {"language": "zh", "provenance": Provenance.TRANSLATION, "renders": said.start}
    rendered = rendered.model_copy(update={"turns": (*rendered.turns[:-1], rendering.model_copy(update=again))})
    settings = Settings(home=tmp_path_factory.mktemp("told"), starter=False)
    assistant = Assistant.open(settings, subject=MIRA, embeddings=embeddings)
    for source in (rendered, labelled_source(LATER, "meadow", date="2022-06")):
        assistant.library.add(source, source.text.encode(), origin=f"{source.id}.txt")
    assistant.index.sync()
    return assistant


def texts(answer: Answer) -> list[str]:
    return [record.quote.text for record in answer.quotes]


def dates(answer: Answer) -> list[str | None]:
    return [record.quote.source.date for record in answer.quotes]


def after(assistant: Assistant, *questions: str) -> Answer:
    return assistant.ask(questions[-1], history=questions[:-1])


OLD = "What did she say before 2020 about wild bees finding flowers?"


@pytest.mark.parametrize("wish", ["Who asked?", "What was the question?", "谁问的？"])
def test_who_asked_shows_the_same_words_with_their_asker(told: Assistant, wish: str) -> None:
    first, again = told.ask(ASKED), after(told, ASKED, wish)
    assert again.note is Note.ASKED_ABOVE
    assert texts(again) == texts(first)
    assert again.quotes[0].quote.attribution.asked_by in {"Tom Reed", "Ana Sol"}


def test_shorter_is_fewer_of_the_same_words_and_the_whole_is_all_of_the_turn(told: Assistant) -> None:
    first = told.ask(ASKED)
    less, all_of_it = after(told, ASKED, "shorter"), after(told, ASKED, "the whole answer")
    longest = max(texts(first), key=len)
    assert any(text in longest and len(text) < len(longest) for text in texts(less))
    for record in all_of_it.quotes:
        quote = record.quote
        assert (quote.start, quote.end) == (quote.turn.start, quote.turn.end)


def test_later_and_earlier_give_other_times_alone_or_say_that_nothing_is_held(told: Assistant) -> None:
    first = told.ask(OLD)
    assert set(dates(first)) == {"2019-04"}
    later = after(told, OLD, "and later?")
    assert dates(later) == ["2022-06"]
    nothing = after(told, OLD, "before that?")
    assert (nothing.reason, nothing.note) == (Reason.NO_EVIDENCE, Note.NOTHING_EARLIER)


def test_in_chinese_says_so_where_no_chinese_is_held(told: Assistant) -> None:
    asked = "What did she say since 2021 about wild bees finding flowers?"
    first, again = told.ask(asked), after(told, asked, "in Chinese?")
    assert dates(first) == ["2022-06"]
    assert (again.note, texts(again)) == (Note.NOT_IN_CHINESE, texts(first))


def test_in_chinese_shows_the_held_rendering(told: Assistant) -> None:
    again = after(told, OLD, "用中文")
    assert (again.note, texts(again)) == (Note.RENDERED, ["野蜂比蚂蚁更会找花。"])


def test_why_is_answered_by_the_reason_he_goes_on_to_give() -> None:
    source = labelled_source(ANTS, "ants")
    start = source.text.index("Wild bees find")
    quote = Quote(source=source, start=start, end=source.text.index("They see a field") - 1)
    reason = reason_for(quote)
    assert reason is not None
    assert reason.text == "It is because they remember the colours of the field for many days."
    moths = source.text.index("Moths find")
    assert reason_for(Quote(source=source, start=moths, end=source.turns[-1].end)) is None


def test_another_topic_is_searched_alone_and_what_led_the_answer_is_not_repeated(told: Assistant) -> None:
    first, other = told.ask(ASKED), after(told, ASKED, "What about moths?")
    assert texts(other)[0].startswith("Moths find flowers")
    assert texts(first)[0] not in texts(other)


def test_a_wish_keeps_the_topic_of_the_conversation(told: Assistant) -> None:
    again = after(told, OLD, "who asked?", "shorter", "and later?")
    assert dates(again) == ["2022-06"]


def test_a_wish_without_anything_before_it_is_unclear(told: Assistant) -> None:
    assert told.ask("shorter").reason is Reason.UNCLEAR
    assert told.ask("why?").reason is Reason.UNCLEAR


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("Why?", Wish.WHY),
        ("and later?", Wish.LATER),
        ("before that?", Wish.EARLIER),
        ("In Chinese, please", Wish.CHINESE),
        ("who asked?", Wish.ASKED),
        ("Shorter please", Wish.SHORTER),
        ("the whole answer", Wish.WHOLE),
        ("为什么呢？", Wish.WHY),
        ("中文呢？", Wish.CHINESE),
        ("more", Wish.MORE),
    ],
)
def test_a_wish_is_read_from_its_words(words: str, wish: Wish) -> None:
    wished = read_wish(words)
    assert wished is not None
    assert wished.wish is wish


def test_a_follow_up_that_asks_something_of_its_own_may_be_answered_by_the_same_words(told: Assistant) -> None:
    asked = "Do wild bees find flowers?"
    again = after(told, OLD, "And do they remember the colours?")
    assert any("remember the colours" in text for text in texts(again))
    assert not {record.quote.id for record in after(told, asked, "more").quotes} & {
        record.quote.id for record in told.ask(asked).quotes
    }
