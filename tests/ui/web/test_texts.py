"""The page says the same things in both languages."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from tests.invented import labelled_source
from ui.languages import preferred_language
from ui.rendering.page_texts import CHINESE, ENGLISH
from ui.web.chat.answer_context import position
from ui.web.routes.check_page import check_texts
from ui.web.templates.chat_texts import chat_texts
from ui.web.templates.facts_texts import facts_texts
from ui.web.templates.header_texts import header_texts
from ui.web.templates.library_texts import library_texts
from ui.web.templates.review_texts import review_texts
from ui.web.templates.source_map import Placed
from ui.web.templates.source_view import source_html
from ui.web.templates.topic_texts import topic_texts


def sentences(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from sentences(part)


@pytest.mark.parametrize(
    "pair",
    [
        (ENGLISH, CHINESE),
        *(
            (of("en"), of("zh"))
            for of in (chat_texts, check_texts, review_texts, facts_texts, header_texts, topic_texts, library_texts)
        ),
    ],
)
def test_both_languages_say_everything_and_fill_in_the_same(pair: tuple[Any, Any]) -> None:
    english, chinese = (list(sentences(asdict(texts))) for texts in pair)
    assert len(english) == len(chinese)
    for ours, theirs in zip(english, chinese, strict=True):
        assert theirs
        assert sorted(re.findall(r"{(\w+)}", ours)) == sorted(re.findall(r"{(\w+)}", theirs))


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
