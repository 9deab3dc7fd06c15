"""`ilya add` and `ilya remove`, run as processes: what a page misquotes, and which answers cite what goes."""

import re
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.records.saved_answers import Records
from knowledge.search.embedding import BilingualEmbeddings
from tests.forked import ilya
from tests.homes import copy_home
from tests.knowledge.formats.docx_files import docx, paragraph

ASKED = "What does predicting the next token well mean?"


@pytest.fixture
def home(book_home: Path, tmp_path: Path) -> Path:
    return copy_home(book_home, tmp_path / "book")


@pytest.fixture
def book(home: Path, embeddings: BilingualEmbeddings) -> Assistant:
    return Assistant.open(Settings(home=home), embeddings=embeddings)


def misquoted(words: str) -> str:
    """The words with one near the middle exchanged."""
    parts = words.split()
    return " ".join([*parts[: len(parts) // 2], "otters", *parts[len(parts) // 2 + 1 :]])


def test_adding_a_page_that_misquotes_prints_the_nearest_real_words(
    book: Assistant, home: Path, tmp_path: Path
) -> None:
    real = book.ask(ASKED).quotes[0].quote
    words = re.split(r"(?<=[.?!])\s", real.text)[0]
    page = tmp_path / "essay.md"
    page.write_text(f"# What he taught us\n\nThe essay has a point.\n\nIlya Sutskever said: “{misquoted(words)}”\n")
    run = ilya("add", page, home=home)
    assert run.returncode == 0, run.stderr
    assert "Line 5 prints" in run.stdout
    assert "otters" in run.stdout
    assert f"{real.source.id} has “{words[:40]}" in run.stdout


def test_removing_a_cited_source_lists_the_answers_that_cited_it(book: Assistant, home: Path) -> None:
    answer = book.ask(ASKED)
    saved = Records(book.library).save(answer)
    source = answer.quotes[0].quote.source.id
    run = ilya("remove", source, home=home)
    assert run.returncode == 0, run.stderr
    assert f"{saved}  {ASKED}" in run.stdout
    assert "still resolve" in run.stdout
    assert ilya("show", answer.quotes[0].quote.id, home=home).returncode == 0
    again = ilya(  # it does not come back with the quotation book
        "remove", source, home=home
    )
    assert (again.returncode, again.stdout) == (1, "")


def test_a_folder_of_word_documents_is_added_and_the_broken_one_told(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    said = ["Ana Sol: Why do bees dance?", "Mira Vane: They point at flowers."] * 3
    whole = docx(map(paragraph, said))
    (folder / "a.docx").write_bytes(whole)
    (folder / "b.docx").write_bytes(whole[:400])
    run = ilya("add", folder, home=home)
    assert run.returncode == 0, run.stderr
    assert re.search(r"a\.docx\s+new\s+labelled", run.stdout)
    assert re.search(r"b\.docx\s+refused", run.stdout)
    assert "b.docx: this Word document is cut off or damaged" in run.stdout
