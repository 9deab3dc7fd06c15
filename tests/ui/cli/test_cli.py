"""The command line, run as its users run it: as a process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forked import ilya


@pytest.fixture
def home(book_home: Path) -> Path:
    return book_home


def test_a_question_is_answered_with_exact_slices(home: Path) -> None:
    run = ilya("ask", "What does predicting the next token well mean?", "--json", home=home)
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert answer["answered"]
    for quote in answer["quotes"]:
        canonical = ilya("source", quote["source"]["id"], "--text", home=home).stdout
        assert canonical[quote["start"] : quote["end"]] == quote["text"]
    printed = ilya("ask", "What does predicting the next token well mean?", home=home).stdout
    assert all(f"“{quote['text']}”" in printed for quote in answer["quotes"])


def test_a_chinese_question_finds_his_english_words(home: Path) -> None:
    run = ilya("ask", "数据会用完吗?", "--json", home=home)
    assert run.returncode == 0
    assert all(quote["source"]["language"] == "en" for quote in json.loads(run.stdout)["quotes"])


def test_nothing_said_exits_with_3_and_says_what_was_searched(home: Path) -> None:
    run = ilya("ask", "What did he say about Bitcoin?", home=home)
    assert run.returncode == 3
    assert "We hold no words of his" in run.stdout
    assert "Searched" in run.stdout


def test_search_lists_passages_with_scores(home: Path) -> None:
    run = ilya("search", "scaling", "--json", "-k", "5", home=home)
    rows = json.loads(run.stdout)
    assert len(rows) == 5
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)


def test_sources_lists_what_may_be_quoted(home: Path) -> None:
    rows = json.loads(ilya("sources", "--json", home=home).stdout)
    assert set(rows[0]) == {
        "id", "title", "date", "venue", "language", "provenance", "sha256", "words", "quotable_words", "turns",
    }  # fmt: skip
    turns = json.loads(ilya("source", rows[0]["id"], "--turns", "--json", home=home).stdout)
    assert {"start", "end", "speaker", "role", "certainty", "said_at"} <= set(turns[0])


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("ask", "   "), 1, "ask a question in words"),
        (("ask", "why " * 25_000), 1, "at most 2,000"),
        (("source", "nothing-like-it"), 1, "ilya sources"),
        (("ask",), 2, "Missing argument"),
        (("no-such-command",), 2, "No such command"),
    ],
)
def test_bad_input_is_one_sentence_on_stderr(home: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    run = ilya(*arguments, home=home)
    assert run.returncode == code
    assert says in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


def test_an_unwritable_home_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    run = ilya("ask", "Why?", home=tmp_path / "file" / "home")
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert "ILYA_HOME" in run.stderr


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("ui.cli", {"chromadb", "gradio", "langchain_core", "sqlalchemy", "numpy", "openai"}),
        ("assistant.facade", {"chromadb", "gradio", "langchain_core", "onnxruntime", "openai", "httpx2"}),
    ],
)
def test_help_and_questions_import_nothing_they_do_not_need(module: str, heavy: set[str]) -> None:
    code = f"import sys, {module}; print(sorted({heavy!r} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
