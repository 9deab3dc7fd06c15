"""The state of a library changes with what is current in it, and with nothing else."""

from pathlib import Path

from knowledge.library.editions import library_state, removed_sources
from knowledge.library.store import Library
from knowledge.model.turns import Role
from tests.invented import BEES, TIDES, labelled_source


def test_every_change_is_another_state_and_no_change_is_none(tmp_path: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    states = [library_state(library)]
    bees = labelled_source(BEES, "bees")
    hers = tuple(turn for turn in bees.turns if turn.role is Role.SUBJECT)
    library.add(bees, BEES.encode(), origin="bees.txt")
    states.append(library_state(library))
    library.add(labelled_source(TIDES, "tides"), TIDES.encode(), origin="tides.txt")
    states.append(library_state(library))
    library.add(bees.model_copy(update={"turns": hers}), BEES.encode(), origin="bees.txt")
    states.append(library_state(library))
    library.remove("tides")
    states.append(library_state(library))
    assert len(set(states)) == len(states)
    library.add(bees.model_copy(update={"turns": hers}), BEES.encode(), origin="bees.txt")
    assert library_state(library) == states[-1]


def test_a_source_is_removed_when_no_edition_of_it_is_current(tmp_path: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    library.add(labelled_source(BEES, "talk"), BEES.encode(), origin="talk.txt")
    library.add(labelled_source(TIDES, "talk"), TIDES.encode(), origin="talk.txt")
    assert removed_sources(library) == set()
    library.remove("talk")
    assert removed_sources(library) == {"talk"}
