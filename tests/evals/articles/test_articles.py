"""Quotations of whole articles: what is attributed to the invented Oren Talmi is found, and nothing else."""

from pathlib import Path

import pytest

from assistant.documents.attribution_words import word_lists
from knowledge.model.subject import Subject
from tests.evals.articles.article_run import HERE, OREN, article, quotations, total

ARTICLES = sorted(path for path in HERE.glob("*/*.*") if path.suffix in (".md", ".txt", ".html"))


@pytest.mark.parametrize("folder", ["seen", "held_out"])
def test_precision_and_recall_of_articles(folder: str) -> None:
    whole, rows = total(folder)
    least = 0.97 if folder == "seen" else 0.9
    assert len(rows) >= 10
    assert whole.right / whole.found >= least
    assert whole.recalled / whole.gold >= least


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_nothing_is_his_where_he_is_not_named(path: Path) -> None:
    text, _ = article(path)
    other = Subject(name="Zora Quill", aliases=("Zora", "Quill"), pronouns=OREN.pronouns)
    assert quotations(text, other) == []


@pytest.mark.parametrize("name", sorted(word_lists()))
def test_each_list_of_words_holds_what_it_says(name: str) -> None:
    words = word_lists()[name]
    assert words.why
    assert all(word in words for word in words.match)
    assert not any(word in words for word in words.near_miss)
