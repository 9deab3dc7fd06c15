"""What a model picks passes the same last look as everything else before it is shown."""

from assistant.quotes import Quote
from assistant.retrieval.retriever import Hit
from assistant.selection.deduplication import Presenter
from assistant.selection.picks import PickReader
from assistant.selection.selector import Chooser
from evals.hostile.personalities import picks
from knowledge.model.passages import passages
from tests.assistant.selection.offers import ScriptedEndpoint, selector
from tests.invented import labelled_source

SAID = (
    "Wasps idle in winter. But they guard the nest. Or rather, they watch it.",
    "You say, hey, bees. That's all reflex. The moon pulls.",
)
TALK = labelled_source("\n".join(f"Tom Reed: And {n}?\nMira Vane: {said}" for n, said in enumerate(SAID)), "talk")
HITS = [Hit(passage, 1.0) for passage in passages(TALK)]


def shown(*picked: tuple[int, int, int]) -> list[str]:
    """Return the texts of the quotes that are shown when a model picks (passage, first, last)."""
    chooser = Chooser(selector(ScriptedEndpoint([picks(*picked)])), max_quotes=3)
    presenter = Presenter()
    quotes: list[Quote] = list(
        chooser.choose("Why?", HITS, certain=HITS, history=(), present=presenter.present, near=0.3)
    )
    return [quote.text for quote in quotes]


def test_a_pick_that_its_neighbours_answer_is_shown_with_them() -> None:
    assert shown((1, 1, 1)) == [SAID[0]]


def test_a_pick_that_may_not_stand_alone_is_not_shown() -> None:
    assert shown((2, 2, 2)) == []


def test_a_fair_pick_is_shown_as_it_was_picked() -> None:
    assert shown((1, 1, 3)) == [SAID[0]]


def presented(*said: str) -> list[bool]:
    """Tell of each of some utterances, of as many occasions, whether it is shown after those before it."""
    presenter = Presenter()
    sources = [labelled_source(f"Tom Reed: So?\nMira Vane: {words}\n", f"talk-{n}") for n, words in enumerate(said)]
    quotes = [Quote(source=source, start=source.turns[1].start, end=source.turns[1].end) for source in sources]
    return [presenter.present(quote) is not None for quote in quotes]


def test_seven_words_of_ten_in_common_are_one_utterance_and_six_are_two() -> None:
    one = "Grey herons guard the marble bridge through long cold winters."
    seven = "Grey herons guard the marble bridge through seven wooden gates."
    six = "Grey herons guard the marble bridge beside seven wooden gates."
    assert presented(one, seven) == [True, False]
    assert presented(one, six) == [True, True]


def test_the_same_characters_of_another_edition_are_other_words() -> None:
    for again, is_shown in (
        ("Seven lanterns sway wherever patient fishermen mend their torn nets.", True),
        ("Grey herons guard the marble bridge through long cold winters.", False),
    ):
        presenter = Presenter()
        for words, expected in (
            ("Grey herons guard the marble bridge through long cold winters.", True),
            (again, is_shown),
        ):
            source = labelled_source(f"Tom Reed: So?\nMira Vane: {words}\n", "talk")
            quote = Quote(source=source, start=source.turns[1].start, end=source.turns[1].end)
            assert (presenter.present(quote) is not None) is expected


def test_fifty_picks_of_a_reply_are_read_and_no_more() -> None:
    for count, read in ((49, 49), (50, 50), (60, 50)):
        reader = PickReader()
        assert len(list(reader.feed(picks(*([(1, 1, 1)] * count))))) == read


def test_one_quote_of_each_occasion_also_where_two_files_record_it_and_two_of_two_occasions() -> None:
    said = ("Grey herons guard the marble bridge.", "Velvet thunder carries seven wooden anchors.")
    for second, is_shown in (("fair-2021", False), ("fair-2022", True)):
        presenter = Presenter(one_per_appearance=True)
        shown = []
        for number, (words, occasion) in enumerate(zip(said, ("fair-2021", second), strict=True)):
            plain = labelled_source(f"Tom Reed: So?\nMira Vane: {words}\n", f"talk-{number}")
            source = plain.model_copy(update={"appearance": occasion})
            turn = source.turns[1]
            shown.append(presenter.present(Quote(source=source, start=turn.start, end=turn.end)) is not None)
        assert shown == [True, is_shown]
