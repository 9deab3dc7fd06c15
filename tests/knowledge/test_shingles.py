"""The shingle index finds the same words wherever they stand, and keeps up with the library."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.library import Library
from knowledge.shingles import Shingles, Voice
from knowledge.turns import Role
from knowledge.words import keys
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
    assert shingles.sync() == 2
    return shingles


def _found(shingles: Shingles, text: str) -> list[tuple[str, int, int, str]]:
    runs = shingles.runs(keys(text))
    return [
        (shingles.source(place).id, first, length, shingles.source(place).text[shingles.offset(place) :][:12])
        for first, place, length in zip(*(column.tolist() for column in runs), strict=True)
    ]


def test_the_longest_run_comes_first_and_knows_its_place(shingles: Shingles) -> None:
    assert _found(shingles, "Truly the MOON pulls the water — and the sun")[0] == ("tides", 1, 8, "The moon pul")


def test_a_run_never_leaves_its_text(shingles: Shingles) -> None:
    found = _found(shingles, "it will wait for you what moves the tides")
    assert [(source, first, length) for source, first, length, _ in found][:2] == [("bees", 0, 5), ("tides", 5, 4)]


def test_every_word_has_the_voice_of_its_turn(shingles: Shingles, library: Library) -> None:
    source = library.source("bees")
    for turn in source.turns:
        runs = shingles.runs(keys(source.text[turn.start : turn.end]))
        stretch = shingles.stretches(runs.place[:1])
        assert Voice(int(shingles.voices(stretch)[0])) is (Voice.HIS if turn.role == "subject" else Voice.OTHER)
        first, end = shingles.span(int(stretch[0]))
        assert shingles.offset(first) == turn.start
        assert shingles.offset(end - 1) < turn.end <= shingles.offset(end)


def test_what_is_added_later_is_found_and_only_that_is_read(shingles: Shingles, library: Library) -> None:
    text = "Mira Vane: An oyster keeps no diary.\n"
    assert shingles.sync() == 0
    library.add(labelled_source(text, "oyster"), text.encode(), origin="oyster")
    assert shingles.sync() == 1
    assert _found(shingles, "an oyster keeps no diary")[0][:3] == ("oyster", 0, 5)
    assert _found(shingles, "the moon pulls the water")[0][0] == "tides"
    library.remove("bees")
    assert shingles.sync() == 0
    assert not [found for found in _found(shingles, "bees dance to point at flowers") if found[2] > 3]
    assert _found(shingles, "an oyster keeps no diary")[0][0] == "oyster"


def test_a_review_that_changes_only_who_speaks_is_noticed(shingles: Shingles, library: Library) -> None:
    source = library.source("bees")
    turns = (source.turns[0].model_copy(update={"role": Role.UNKNOWN, "speaker": None}), *source.turns[1:])
    library.add(source.model_copy(update={"turns": turns}), BEES.encode(), origin="bees")
    assert shingles.sync() == 1
    runs = shingles.runs(keys("Why do bees dance at all?"))
    assert int(shingles.voices(shingles.stretches(runs.place[:1]))[0]) == Voice.UNKNOWN


def test_another_process_maps_the_same_files(shingles: Shingles, library: Library, tmp_path: Path) -> None:
    other = Shingles(tmp_path / "shingles", library)
    assert other.sync() == 0
    assert len(other) == len(shingles)
    assert np.array_equal(other.hashes(0, 20), shingles.hashes(0, 20))


def test_one_generation_is_kept(shingles: Shingles, library: Library, tmp_path: Path) -> None:
    library.remove("bees")
    shingles.sync()
    assert len(list((tmp_path / "shingles").glob("g-*"))) == 1
    assert list((tmp_path / "shingles").glob("new-*")) == []


def test_an_empty_library_has_no_runs(tmp_path: Path) -> None:
    shingles = Shingles(tmp_path / "shingles", Library(f"sqlite:///{tmp_path / 'empty.db'}"))
    shingles.sync()
    assert len(shingles) == 0
    assert len(shingles.runs(["bees", "dance"]).place) == 0


def test_very_common_pairs_do_not_hide_the_rare_one(tmp_path: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'common.db'}")
    text = "Mira Vane: " + "of the sea and the sea of the " * 9_000 + "quince of the sea and the end.\n"
    library.add(labelled_source(text, "common"), text.encode(), origin="common")
    shingles = Shingles(tmp_path / "shingles", library)
    shingles.sync()
    assert _found(shingles, "the quince of the sea and the end")[0][:3] == ("common", 0, 8)
