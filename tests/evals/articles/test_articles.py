"""Quotations of whole articles: what is attributed to the invented Oren Talmi is found, and nothing else."""

from pathlib import Path

import pytest

from assistant.documents.attribution.attribution_words import word_lists
from knowledge.model.subject import Subject
from tests.evals.articles.article_run import HERE, OREN, article, quotations, total

ARTICLES = sorted(path for path in HERE.glob("*/*.*") if path.suffix in (".md", ".txt", ".html"))


def test_precision_and_recall_of_articles() -> None:
    whole, rows = total("seen")
    assert len(rows) >= 20
    assert whole.right / whole.found >= 0.97
    assert whole.recalled / whole.gold >= 0.97


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
