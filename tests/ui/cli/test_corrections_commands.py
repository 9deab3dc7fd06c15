"""Correcting from the command line: facts in one command, a solo talk in one command, a review by numbers or a file."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.homes import copy_home
from ui.cli.commands import app

HERON = (
    "I count the herons every single morning. I write their number into the sand. "
    "The tide reads the list and wipes it clean. So I think the sea is the best reader I ever had."
)


@pytest.fixture
def home(book_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ILYA_HOME", str(copy_home(book_home, tmp_path / "home")))
    return tmp_path


def ilya(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_a_talk_its_facts_and_their_correction_take_one_command_each(home: Path) -> None:
    talk = home / "talk.txt"
    talk.write_text(HERON)
    added = ilya("add", talk, "--speaker", "Ilya Sutskever", "--date", "2021-05-11", "--venue", "The Shore", "--json")
    assert added.exit_code == 0, added.output
    (report,) = json.loads(added.stdout)
    assert (report["date"], report["provenance"]) == ("2021-05-11", "transcript")
    assert report["quotable_words"] == report["words"] > 0
    edited = ilya("edit", "talk", "--date", "12 May 2021")
    assert "2021-05-12" in edited.stdout
    assert "before: nothing" in edited.stdout
    assert "2021-05-12" not in ilya("edit", "talk", "--undo", "date").stdout
    assert ilya("edit", "talk").exit_code == 2
    assert ilya("edit", "talk", "--date", "soon").exit_code != 0
    assert ilya("add", talk, "--speaker", "Ana Sol").exit_code == 2


def test_a_review_by_numbers_from_a_file_whole_and_undone(home: Path) -> None:
    talk = home / "talk.txt"
    talk.write_text(HERON)
    assert ilya("add", talk).exit_code == 0
    assert "    2  unknown  I write their number" in ilya("speakers", "show", "talk", "--sentences").stdout
    assert ilya("speakers", "set", "talk", "--role", "subject").exit_code == 2
    assert ilya("speakers", "set", "talk", "--all", "--sentences", "1").exit_code == 2
    whole = ilya("speakers", "set", "talk", "--all", "--except", "1-2")
    assert whole.exit_code == 0, whole.output
    assert "    2  unknown" in ilya("speakers", "show", "talk", "--sentences").stdout
    assert "    3  subject" in ilya("speakers", "show", "talk", "--sentences").stdout
    assert ilya("speakers", "set", "talk", "--sentences", "2", "--role", "other").exit_code == 0
    assert "    2  other" in ilya("speakers", "show", "talk", "--sentences").stdout
    assert "0 words" in ilya("speakers", "set", "talk", "--reset").stdout
    runs = home / "runs.json"
    runs.write_text(json.dumps([{"first": 1, "last": 1, "role": "other", "speaker": "Ana Sol"}]))
    assert ilya("speakers", "set", "talk", "--from", runs).exit_code == 0
    assert "    1  other" in ilya("speakers", "show", "talk", "--sentences").stdout
