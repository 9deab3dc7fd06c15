"""`ilya move` to a real Postgres and a real Chroma server: the same words there, also while Chroma is away."""

import json
from pathlib import Path

from knowledge.library.store import Library
from tests import forked
from tests.invented import BEES, TIDES, labelled_source
from tests.knowledge.search.test_chroma_server import running_chroma
from tests.postgres import running_postgres
from tests.programs import free_port

QUESTION = "Why do bees dance?"


def ilya(*given: str, home: Path, **settings: str) -> str:
    """Return what the command printed."""
    done = forked.ilya(*given, home=home, ILYA_STARTER="false", **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_library_moved_to_postgres_and_chroma_answers_in_the_same_words(tmp_path: Path) -> None:
    home, port = tmp_path / "home", free_port()
    home.mkdir()
    library = Library(f"sqlite:///{home / 'library.db'}")
    for name, text in (("bees", BEES), ("tides", TIDES)):
        library.add(labelled_source(text, name), text.encode(), origin=f"{name}.txt")
    library.engine.dispose()
    before = json.loads(ilya("ask", QUESTION, "--json", home=home))["quotes"]
    assert before
    with running_postgres() as server:
        there = {"ILYA_DATABASE_URL": server.url(), "ILYA_CHROMA_URL": f"http://127.0.0.1:{port}"}
        with running_chroma(tmp_path, port) as chroma:
            moved = ilya("move", "--to-database", server.url(), "--to-chroma", chroma, home=home)
            assert "Copied: 2 editions" in moved
            assert "Chroma finds the passages of 2 sources" in moved
            assert json.loads(ilya("ask", QUESTION, "--json", home=tmp_path / "other", **there))["quotes"] == before
        assert json.loads(ilya("ask", QUESTION, "--json", home=tmp_path / "other", **there))["quotes"] == before
