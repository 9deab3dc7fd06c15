"""How a view changed: one utterance of each occasion that is about the topic, however loud one of them is."""

from assistant import Assistant
from assistant.retrieval.passage_search import over_the_years
from assistant.retrieval.retriever import Hit
from knowledge.model.passages import passages
from tests.invented import labelled_source

YEARS = {
    "2015": "Ana Sol: What about kites?\nMira Vane: Kites, kites, kites: nothing but kites matters to me.\n",
    "2018": "Ana Sol: And the wind?\nMira Vane: The wind is patient with a kite. It was never patient with me.\n",
    "2022": "Ana Sol: What do you do?\nMira Vane: I sold the workshop. A kite is for children, I build bridges.\n",
    "2023": "Ana Sol: And now?\nMira Vane: Bread wants time. The oven wants wood, and I want both of them warm.\n",
}


def test_every_occasion_that_names_the_topic_is_in_the_sequence_oldest_first(empty_assistant: Assistant) -> None:
    for year, text in YEARS.items():
        source = labelled_source(text, f"talk-{year}", date=f"{year}-06", title=f"Talk of {year}")
        empty_assistant.library.add(source, text.encode(), origin=f"{year}.txt")
    empty_assistant.index.sync()
    answer = empty_assistant.ask("How did her view of kites change?")
    assert [shown.quote.source.date for shown in answer.quotes] == ["2015-06", "2018-06", "2022-06"]


def test_what_neither_is_near_nor_names_the_topic_is_left_out() -> None:
    text = "".join(f"Ana Sol: So?\nMira Vane: {said}\n" for said in ("Kites fly.", "Bread rises.", "A kite."))
    found = passages(labelled_source(text, "a"))
    hits = [Hit(passage, score) for passage, score in zip(found, (20, 5, 4), strict=True)]
    assert over_the_years(hits, "kites") == [hits[0], hits[2]]
    assert over_the_years(hits, "") == [hits[0]]
    assert over_the_years([], "kites") == []


def test_the_latest_occasion_is_in_a_sequence(empty_assistant: Assistant) -> None:
    for year, said in (
        ("2011", "Kites and kites again, I think of kites and of nothing but kites."),
        ("2013", "Kites are my life, the kites and the wind that carries kites."),
        ("2015", "Kites, more kites, I build kites and fly kites with everyone."),
        ("2024", "I gave my last kite away, there are quieter ways to spend a Sunday."),
    ):
        text = f"Tom Reed: What about kites?\nMira Vane: {said}\n"
        source = labelled_source(text, f"talk-{year}", date=f"{year}-06", title=f"Talk of {year}")
        empty_assistant.library.add(source, text.encode(), origin=f"{year}.txt")
    empty_assistant.index.sync()
    answer = empty_assistant.ask("How did her view of kites change?")
    dates = [shown.quote.source.date for shown in answer.quotes]
    assert dates == sorted(dates, key=str)
    assert dates[-1] == "2024-06"
