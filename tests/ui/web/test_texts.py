"""The page says the same things in both languages."""

import re

import pytest

from tests.invented import labelled_source
from ui.languages import preferred_language
from ui.rendering.page_texts import page_texts
from ui.web.chat.answer_context import position
from ui.web.templates.source_map import Placed
from ui.web.templates.source_view import source_html

ENGLISH = page_texts("en")
CHINESE = page_texts("zh")


@pytest.mark.parametrize(
    ("header", "chosen", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", None, "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", None, "en"),
        ("fr,zh;q=0.3,en;q=0.2", None, "zh"),
        ("fr", None, "en"),
        ("", None, "en"),
        ("en;q=nonsense,zh", None, "zh"),
        ("zh-CN", "en", "en"),
        ("en", "xx", "en"),
    ],
)
def test_the_language_is_the_browsers_unless_chosen(header: str, chosen: str | None, language: str) -> None:
    assert preferred_language(header, chosen) == language


def test_partial_dates_stand_in_their_order() -> None:
    dates = ["2015-01", "2015", "2015-12-31", "2016-01-01", "2016"]
    assert sorted(dates, key=position) == dates


def test_a_mark_that_runs_over_two_turns_is_marked_in_both() -> None:
    source = labelled_source("Tom Reed: One <two>.\nMira Vane: Three four.", "small")
    page = source_html(
        source, ENGLISH, subject="Mira Vane", placed=[Placed(1, 4, source.turns[1].start + 5, main=True)]
    )
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", page) == ["&#60;two&#62;&#46;", "Three"]
