"""A suite is run on what the code of today reads, not on what an older one read."""

from pathlib import Path

from evals.run.worlds import code_hash, empty_unless_made_by


def test_a_world_of_other_code_is_made_anew(tmp_path: Path) -> None:
    package, home = tmp_path / "package", tmp_path / "world"
    package.mkdir()
    (package / "reader.py").write_text("SECONDS = 0\n", encoding="utf-8")
    empty_unless_made_by(code_hash(package), home)
    (home / "library.db").write_text("read", encoding="utf-8")
    empty_unless_made_by(code_hash(package), home)
    assert (home / "library.db").exists()
    (package / "reader.py").write_text("SECONDS = 3\n", encoding="utf-8")
    empty_unless_made_by(code_hash(package), home)
    assert not (home / "library.db").exists()


def test_a_world_that_does_not_say_what_made_it_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_text("read", encoding="utf-8")
    empty_unless_made_by("this code", tmp_path)
    assert not (tmp_path / "library.db").exists()


def test_a_file_that_moves_is_other_code(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("a: 1\n", encoding="utf-8")
    before = code_hash(tmp_path)
    (tmp_path / "one.yaml").rename(tmp_path / "two.yaml")
    assert code_hash(tmp_path) != before
