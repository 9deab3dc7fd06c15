"""Where a machine is narrow or a path is odd, a command works or says in one sentence what it needs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forked import ilya
from tests.homes import copy_home
from tests.invented import BEES

ILYA = Path(sys.executable).with_name("ilya")
QUESTION = "What does predicting the next token well mean?"


def run(*command: object, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    told = {**os.environ, "ILYA_HOME": str(home), "COLUMNS": "200", **environment}
    return subprocess.run([str(part) for part in command], env=told, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", [("ask", QUESTION), ("check", QUESTION), ("chat", "--port", "0")])
def test_too_few_files_are_one_sentence_that_says_how_to_have_more(book_home: Path, command: tuple[str, ...]) -> None:
    limited = ("sh", "-c", 'ulimit -n 16; exec "$@"', "sh", ILYA)
    done = run(*limited, *command, home=book_home)
    assert done.returncode == 1
    assert "may open only 16 files" in done.stderr
    assert "ulimit -n 1024" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_has_nothing_to_do_with_files_is_told_as_ever(book_home: Path) -> None:
    done = run("sh", "-c", 'ulimit -n 32; exec "$@"', "sh", ILYA, "source", "none", home=book_home)
    assert done.returncode == 1
    assert "ulimit" not in done.stderr


def test_a_low_limit_that_may_be_raised_is_raised(book_home: Path) -> None:
    done = run("sh", "-c", 'ulimit -S -n 16; exec "$@"', "sh", ILYA, "ask", QUESTION, home=book_home)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["a%20b", "what?", "no#1", "50% of #1?&x=y", "a b", "二〇二三"])
def test_a_home_may_have_any_name(book_home: Path, tmp_path: Path, name: str) -> None:
    home = copy_home(book_home, tmp_path / name)
    (tmp_path / "bees.txt").write_text(BEES.replace("Mira Vane", "Ilya Sutskever"), encoding="utf-8")
    added = ilya("add", tmp_path / "bees.txt", "--json", home=home)
    assert added.returncode == 0, added.stderr
    found = ilya("ask", "Why do bees dance?", "--json", home=home)
    assert found.returncode == 0, found.stderr
    [source] = {quote["source"]["id"] for quote in json.loads(found.stdout)["quotes"]}
    text = ilya("source", source, "--text", home=home).stdout
    assert all(text[one["start"] : one["end"]] == one["text"] for one in json.loads(found.stdout)["quotes"])
    kept = ilya("backup", tmp_path / "b.zip", home=home)
    assert kept.returncode == 0, kept.stderr
    assert ilya("restore", tmp_path / "b.zip", home=home).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {name, "bees.txt", "b.zip"}


@pytest.mark.parametrize(
    "url",
    ["postgres://nobody@127.0.0.1:1/none", "postgresql://nobody@127.0.0.1:1/none", "postgres://", "mysql://a/b", "x"],
)
def test_a_database_that_is_none_is_one_sentence(tmp_path: Path, url: str) -> None:
    done = ilya("sources", home=tmp_path / "home", ILYA_DATABASE_URL=url)
    assert done.returncode == 1
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert "╭" not in done.stderr
