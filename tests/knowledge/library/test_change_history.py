"""What persons changed about a source is kept with what it was before; the newest change can be undone."""

from pathlib import Path

import pytest

from knowledge.library.corrections import changes_of, give_facts, store_change, undo_change
from knowledge.library.store import Library
from knowledge.model.errors import FactRefused, UnknownSource
from knowledge.model.source import FactName
from knowledge.model.turns import Role
from knowledge.speakers.review import Decision, confirm
from tests.invented import BEES, MIRA, labelled_source


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    library.add(labelled_source(BEES, "bees"), BEES.encode(), origin="/talks/bees.txt")
    return library


def test_facts_and_speakers_are_told_and_undone_one_after_the_other(library: Library) -> None:
    first = library.source("bees")
    give_facts(library, "bees", {FactName.TITLE: "Dances"}, MIRA)
    titled = library.source("bees")
    turn = next(turn for turn in titled.turns if turn.role is Role.SUBJECT)
    store_change(library, titled, confirm(titled, [Decision(start=turn.start, end=turn.end, role=Role.UNKNOWN)]))
    speakers, facts = changes_of(library, "bees")
    assert [(one.name, one.before, one.after) for one in facts.facts] == [(FactName.TITLE, first.title, "Dances")]
    assert speakers.quotable_after < speakers.quotable_before == first.quotable_words()
    assert (speakers.can_be_undone, facts.can_be_undone) == (True, False)
    with pytest.raises(FactRefused):
        undo_change(library, "bees", facts.number)
    undo_change(library, "bees", speakers.number)
    assert library.source("bees") == titled
    undo_change(library, "bees", facts.number)
    assert library.source("bees") == first
    assert [one.undone for one in changes_of(library, "bees")] == [True, True]


def test_what_followed_a_change_is_not_lost_by_undoing_it(library: Library) -> None:
    give_facts(library, "bees", {FactName.TITLE: "Dances"}, MIRA)
    newer = library.source("bees").model_copy(update={"reader": "invented/2"})
    library.add(newer, BEES.encode(), origin="/talks/bees.txt")
    (change,) = changes_of(library, "bees")
    assert not change.can_be_undone
    with pytest.raises(FactRefused):
        undo_change(library, "bees", change.number)
    assert library.source("bees") == newer


def test_nothing_changed_is_no_change_and_unknown_ones_are_refused(library: Library) -> None:
    held = library.source("bees")
    store_change(library, held, held)
    assert changes_of(library, "bees") == []
    with pytest.raises(UnknownSource):
        undo_change(library, "bees", 7)
    with pytest.raises(UnknownSource):
        changes_of(library, "wasps")
