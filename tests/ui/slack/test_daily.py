"""The quotation of the day in a channel: at its hour there, once, in its language, with his words as they are."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from knowledge.model.provenance import Provenance
from knowledge.model.subject import default_subject
from knowledge.starter.book import book_files, read_book_file
from tests.ui.slack.conftest import Workspace
from tests.ui.slack.fake import Fault
from tests.ui.slack.reading import seen
from tests.ui.slack.test_setting_up import opened, values
from ui.slack.state.preferences import ChannelRules
from ui.slack.work.daily_posts import DailyPosts, clients_of

NINE = ChannelRules(daily_at="09:00", daily_zone="Asia/Tokyo")
DUE = datetime(2026, 11, 30, 0, 1, tzinfo=UTC)


@pytest.fixture
def daily(space: Workspace) -> Iterator[DailyPosts]:
    """The posts of a bot whose library holds a source of the book."""
    path, library = book_files()[0], space.bot.assistant.library
    source = read_book_file(path, default_subject())
    library.add(source, path.read_bytes(), origin=f"quotation-book:{path.stem}")
    yield DailyPosts(space.bot, clients_of(space.app, space.bot))
    library.remove(source.id)


def posted(space: Workspace) -> list[dict[str, Any]]:
    return space.slack.of("chat.postMessage")


@pytest.mark.parametrize(
    ("now", "count"),
    [
        (datetime(2026, 11, 29, 23, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 30, 0, 0, tzinfo=UTC), 1),
        (datetime(2026, 11, 30, 1, 59, tzinfo=UTC), 1),
        (datetime(2026, 11, 30, 2, 0, tzinfo=UTC), 0),
    ],
)
def test_it_comes_at_its_hour_in_the_zone_of_who_set_it(
    space: Workspace, daily: DailyPosts, now: datetime, count: int
) -> None:
    space.bot.channels.set("T1", "C1", NINE)
    assert daily.post_due(now) == count
    assert len(posted(space)) == count


def test_it_comes_once_a_day_whatever_number_of_processes(space: Workspace, daily: DailyPosts) -> None:
    space.bot.channels.set("T1", "C1", NINE)
    other = DailyPosts(space.bot, clients_of(space.app, space.bot))
    assert daily.post_due(DUE) + other.post_due(DUE) + daily.post_due(DUE) == 1
    assert daily.post_due(DUE.replace(month=12, day=1)) == 1
    assert [body["channel"] for body in posted(space)] == ["C1", "C1"]


def test_its_words_are_those_of_the_source_framed_in_the_channels_language(space: Workspace, daily: DailyPosts) -> None:
    space.bot.channels.set("T1", "C1", NINE.model_copy(update={"language": "zh"}))
    daily.post_due(DUE)
    [body] = posted(space)
    quote = daily._daily.of(DUE.date())
    assert quote
    assert quote.text in seen(body["blocks"])
    assert "每日一句，2026年11月30日" in seen(body["blocks"])
    assert f"https://ilya.example/q/{quote.id}" in str(body["blocks"])


@pytest.mark.parametrize(
    "rules",
    [
        ChannelRules(),
        NINE.model_copy(update={"allowed": False}),
        NINE.model_copy(update={"provenances": (Provenance.TRANSLATION,)}),
        NINE.model_copy(update={"daily_zone": "Nowhere/Land"}),
    ],
)
def test_nothing_comes_where_it_is_not_wanted_or_the_zone_is_none(
    space: Workspace, daily: DailyPosts, rules: ChannelRules
) -> None:
    space.bot.channels.set("T1", "C1", rules)
    assert daily.post_due(DUE) == 0
    assert posted(space) == []


def test_a_channel_that_refuses_does_not_keep_others_waiting(space: Workspace, daily: DailyPosts) -> None:
    space.bot.channels.set("T1", "C1", NINE)
    space.bot.channels.set("T1", "C2", NINE)
    space.slack.fail("chat.postMessage", Fault(error="not_in_channel"))
    assert daily.post_due(DUE) == 1


def test_an_admin_sets_the_hour_with_their_own_zone_and_sees_it_again(space: Workspace) -> None:
    space.slack.admins.add("U1")
    chosen = {"daily": {"daily": {"selected_option": {"value": "09:00"}}}}
    space.submit(opened(space), values() | chosen)
    assert space.bot.channels.rules("T1", "C1") == ChannelRules(daily_at="09:00", daily_zone="Europe/Amsterdam")
    again = {block["block_id"]: block["element"] for block in opened(space)["blocks"]}
    assert again["daily"]["initial_option"]["value"] == "09:00"
    space.submit(opened(space), values() | {"daily": {"daily": {"selected_option": {"value": "-"}}}})
    assert space.bot.channels.rules("T1", "C1") == ChannelRules()
