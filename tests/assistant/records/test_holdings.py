"""What is held in plain figures: an appearance counts once, however many transcripts of it are held."""

from assistant.records.holdings import Holdings, holdings
from knowledge.library.store import SourceSummary
from knowledge.model.provenance import Provenance
from tests.invented import BEES, TIDES, labelled_source


def _summary(text: str, source_id: str, **facts: object) -> SourceSummary:
    return SourceSummary.of(labelled_source(text, source_id).model_copy(update=facts))


def test_two_transcripts_of_one_appearance_count_as_the_longer() -> None:
    long, short = _summary(BEES, "bees", appearance="hive"), _summary(TIDES, "bees-captions", appearance="hive")
    assert long.quotable_words > short.quotable_words
    alone = holdings([long])
    assert holdings([long, short]) == holdings([short, long]) == alone
    assert alone.model_dump(mode="json") == {
        "appearances": 1, "writings": 0, "words": long.quotable_words, "from": "2021", "to": "2021",
    }  # fmt: skip


def test_writings_are_told_apart_and_what_may_not_be_quoted_is_left_out() -> None:
    spoken = _summary(BEES, "bees")
    written = _summary(TIDES, "letter", provenance=Provenance.WRITTEN, date="2019")
    silent = _summary(BEES, "report", date="1999").model_copy(update={"quotable_words": 0})
    found = holdings([spoken, written, silent])
    assert (found.appearances, found.writings, found.since, found.until) == (1, 1, "2019", "2021")
    assert found.words == spoken.quotable_words + written.quotable_words
    assert holdings([]) == Holdings()
