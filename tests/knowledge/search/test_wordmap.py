"""The shingle index finds the same words wherever they stand, and keeps up with the library."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.library.store import Library
from knowledge.model.errors import LibraryUnavailable
from knowledge.model.turns import Role
from knowledge.search.wordmap import Shingles, Voice
from knowledge.text.words import keys
from tests.invented import BEES, TIDES, labelled_source


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    for name, text in (("bees", BEES), ("tides", TIDES)):
        library.add(labelled_source(text, name), text.encode(), origin=name)
    return library


@pytest.fixture
def shingles(library: Library, tmp_path: Path) -> Shingles:
    shingles = Shingles(tmp_path / "shingles", library)
    shingles.sync()
    assert len(shingles.current())
    assert shingles.read == 2
    return shingles


def _found(shingles: Shingles, text: str) -> list[tuple[str, int, int, str]]:
    found = shingles.current()
    runs = found.runs(keys(text))
    return [
        (found.source(place).id, first, length, found.source(place).text[found.offset(place) :][:12])
        for first, place, length in zip(*(column.tolist() for column in runs), strict=True)
    ]


def test_the_longest_run_comes_first_and_knows_its_place(shingles: Shingles) -> None:
    assert _found(shingles, "Truly the MOON pulls the water — and the sun")[0] == ("tides", 1, 8, "The moon pul")


def test_a_run_never_leaves_its_text(shingles: Shingles) -> None:
    found = _found(shingles, "it will wait for you what moves the tides")
    assert [(source, first, length) for source, first, length, _ in found][:2] == [("bees", 0, 5), ("tides", 5, 4)]


def test_every_word_has_the_voice_of_its_turn(shingles: Shingles, library: Library) -> None:
    source, found = library.source("bees"), shingles.current()
    for turn in source.turns:
        runs = found.runs(keys(source.text[turn.start : turn.end]))
        stretch = found.stretches(runs.place[:1])
        assert Voice(int(found.voices(stretch)[0])) is (Voice.HIS if turn.role == "subject" else Voice.OTHER)
        first, end = found.span(int(stretch[0]))
        assert found.offset(first) == turn.start
        assert found.offset(end - 1) < turn.end <= found.offset(end)


def test_what_is_added_later_is_found_and_only_that_is_read(shingles: Shingles, library: Library) -> None:
    text = "Mira Vane: An oyster keeps no diary.\n"
    library.add(labelled_source(text, "oyster"), text.encode(), origin="oyster")
    assert not [found for found in _found(shingles, "an oyster keeps no diary") if found[2] > 2]
    shingles.sync()
    assert shingles.read == 3
    assert _found(shingles, "an oyster keeps no diary")[0][:3] == ("oyster", 0, 5)
    assert _found(shingles, "the moon pulls the water")[0][0] == "tides"
    library.remove("bees")
    assert not [found for found in _found(shingles, "bees dance to point at flowers") if found[2] > 3]
    shingles.sync()
    assert shingles.read == 3
    assert not [found for found in _found(shingles, "bees dance to point at flowers") if found[2] > 3]
    assert _found(shingles, "an oyster keeps no diary")[0][0] == "oyster"


def test_a_review_that_changes_only_who_speaks_is_noticed(shingles: Shingles, library: Library) -> None:
    source = library.source("bees")
    turns = (source.turns[0].model_copy(update={"role": Role.UNKNOWN, "speaker": None}), *source.turns[1:])
    library.add(source.model_copy(update={"turns": turns}), BEES.encode(), origin="bees")
    assert not len(shingles.current().runs(keys("Why do bees dance at all?")).place)
    shingles.sync()
    found = shingles.current()
    assert shingles.read == 3
    runs = found.runs(keys("Why do bees dance at all?"))
    assert int(found.voices(found.stretches(runs.place[:1]))[0]) == Voice.UNKNOWN


def test_another_process_maps_the_same_files(shingles: Shingles, library: Library, tmp_path: Path) -> None:
    other = Shingles(tmp_path / "shingles", library)
    assert np.array_equal(other.current().hashes(0, 20), shingles.current().hashes(0, 20))
    assert other.read == 0
    text = "Mira Vane: An oyster keeps no diary.\n"
    library.add(labelled_source(text, "oyster"), text.encode(), origin="oyster")
    later = Shingles(tmp_path / "shingles", library)
    later.sync()
    assert later.read == 1


def test_what_nobody_has_open_is_not_kept(shingles: Shingles, library: Library, tmp_path: Path) -> None:
    for source_id in ("bees", "tides"):
        library.remove(source_id)
        shingles.sync()
        shingles.current()
    states = [entry for entry in (tmp_path / "shingles").iterdir() if entry.is_dir()]
    assert len(states) == 2  # the newest, and the one that was still mapped while the newest was published


def test_a_reader_of_an_older_state_is_not_disturbed(shingles: Shingles, library: Library) -> None:
    before = shingles.current()
    library.remove("bees")
    shingles.sync()
    shingles.current()
    assert before.source(int(before.runs(keys("bees dance to point"))[1][0])).id == "bees"


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryUnavailable, match="word index"):
        Shingles(tmp_path / "file", library).sync()


def test_an_empty_library_has_no_runs(tmp_path: Path) -> None:
    shingles = Shingles(tmp_path / "shingles", Library(f"sqlite:///{tmp_path / 'empty.db'}"))
    assert len(shingles.current()) == 0
    assert len(shingles.current().runs(["bees", "dance"]).place) == 0


def test_very_common_pairs_do_not_hide_the_rare_one(tmp_path: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'common.db'}")
    text = "Mira Vane: " + "of the sea and the sea of the " * 9_000 + "quince of the sea and the end.\n"
    library.add(labelled_source(text, "common"), text.encode(), origin="common")
    shingles = Shingles(tmp_path / "shingles", library)
    assert _found(shingles, "the quince of the sea and the end")[0][:3] == ("common", 0, 8)
