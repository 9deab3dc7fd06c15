"""Topics of the quotation book: each has a name, and a question finds those nearest to it."""

import pytest

from knowledge.starter.book import topics
from knowledge.starter.topics import nearest_questions, topic_names, topic_summaries


def test_every_question_belongs_to_one_topic_that_has_a_name_in_both_languages() -> None:
    summaries = topic_summaries()
    assert sum(len(one.questions) for one in summaries) == len(topics())
    assert {one.topic for one in summaries} == set(topic_names())
    assert all(one.name.within("en") and one.name.within("zh-CN") != "" for one in summaries)


def test_a_topic_tells_its_years_and_sources() -> None:
    (consciousness,) = [one for one in topic_summaries() if one.topic == "consciousness"]
    assert {"lex-fridman-2020", "x-2022-02-09", "neurips-2024"} <= set(consciousness.model_dump()["sources"])
    assert consciousness.model_dump()["years"] == ("2020", "2024")


def test_only_what_the_library_still_holds_is_listed() -> None:
    held = topic_summaries(held={"x-2022-02-09"})
    assert [(one.topic, len(one.questions)) for one in held] == [("consciousness", 1)]
    assert nearest_questions("Are neural networks conscious?", held={"ted-ai-2023"})[0].source == "ted-ai-2023"


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Will robots fold my laundry?", "robotics"),
        ("What was his role in dismissing Altman?", "openai"),
        ("他对意识怎么看？", "consciousness"),
        ("Do value functions matter to chess players?", "value-functions"),
    ],
)
def test_the_nearest_topic_is_the_one_a_reader_would_open(question: str, topic: str) -> None:
    assert topic in {one.topic for one in nearest_questions(question)}


def test_a_question_of_other_things_has_no_neighbour() -> None:
    assert nearest_questions("Quiche?") == ()
    assert nearest_questions("?") == ()
