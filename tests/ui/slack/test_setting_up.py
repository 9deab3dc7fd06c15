"""Setting up a channel."""

from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from knowledge.model.provenance import Provenance
from tests.ui.slack.conftest import Workspace
from tests.ui.slack.fake import Fault
from tests.ui.slack.reading import seen
from ui.slack.state.preferences import ChannelRules
from ui.slack.work.app_home import home_view
from ui.slack.work.block_kit import Vote
from ui.slack.work.channel_setup import Place, rules_view
from ui.slack.work.votes import Complaint, reasons_view


def check_view(view: dict[str, Any]) -> None:
    """Hold a dialogue or the App Home against Slack's limits, and against the rules its own library knows."""
    View(**view).validate_json()
    assert len(view.get("private_metadata", "")) <= 3_000
    assert all(len(view[name]["text"]) <= 24 for name in ("title", "submit", "close") if name in view)
    assert len(view["blocks"]) <= 100
    for block in view["blocks"]:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()


def told(space: Workspace) -> str:
    return seen(space.slack.of("/r1")[-1]["blocks"])


def values(
    flags: tuple[str, ...] = ("allowed",),
    kinds: tuple[str, ...] = ("transcript", "written", "quotation", "translation"),
    language: str = "-",
    count: str = "-",
) -> dict[str, Any]:
    return {
        "when": {"when": {"selected_options": [{"value": flag} for flag in flags]}},
        "kinds": {"kinds": {"selected_options": [{"value": kind} for kind in kinds]}},
        "language": {"language": {"selected_option": {"value": language}}},
        "count": {"count": {"selected_option": {"value": count}}},
    }


@pytest.fixture
def admin(space: Workspace) -> Workspace:
    space.slack.admins.add("U1")
    return space


def opened(space: Workspace) -> dict[str, Any]:
    space.command("settings")
    view: dict[str, Any] = space.slack.of("views.open")[-1]["view"]
    return view


@pytest.mark.parametrize(
    ("sent", "rules"),
    [
        (values(), ChannelRules()),
        (values(flags=()), ChannelRules(allowed=False)),
        (values(flags=("allowed", "mention_only")), ChannelRules(mention_only=True)),
        (values(kinds=("transcript",)), ChannelRules(provenances=(Provenance.TRANSCRIPT,))),
        (values(kinds=()), ChannelRules()),
        (values(language="zh", count="2"), ChannelRules(language="zh", max_quotes=2)),
    ],
)
def test_an_admin_sets_the_rules_and_sees_them_again(
    admin: Workspace, sent: dict[str, Any], rules: ChannelRules
) -> None:
    admin.submit(opened(admin), sent)
    assert admin.bot.channels.rules("T1", "C1") == rules
    assert told(admin) in ("Saved. The bot follows this from now on.", "已保存，即刻生效。")
    again = {block["block_id"]: block["element"] for block in opened(admin)["blocks"]}
    flags = {option["value"] for option in again["when"].get("initial_options", ())}
    assert flags == {name for name in ("allowed", "mention_only") if getattr(rules, name)}
    assert again["language"]["initial_option"]["value"] == (rules.language or "-")
    assert again["count"]["initial_option"]["value"] == str(rules.max_quotes or "-")


def test_others_may_not(space: Workspace) -> None:
    space.command("settings")
    assert space.slack.of("views.open") == []
    assert "Only admins" in told(space)


def test_who_is_no_admin_any_more_cannot_send_the_dialogue(admin: Workspace) -> None:
    view = opened(admin)
    admin.slack.admins.clear()
    admin.submit(view, values(flags=()))
    assert admin.bot.channels.rules("T1", "C1") == ChannelRules()
    assert "Only admins" in told(admin)


def test_without_the_scope_to_ask_nobody_is_taken_for_an_admin(admin: Workspace) -> None:
    admin.slack.fail("users.info", Fault(error="missing_scope"))
    admin.command("settings")
    assert "Only admins" in told(admin)


def test_the_operator_can_name_admins(space: Workspace) -> None:
    named = space.bot.settings.model_copy(update={"admins": "U7 U1"})
    object.__setattr__(space.bot, "settings", named)
    assert opened(space)["callback_id"] == "channel_rules"


def test_direct_messages_have_no_settings(admin: Workspace) -> None:
    admin.command("settings", channel_id="D1")
    assert admin.slack.of("views.open") == []
    assert "settings belong to a channel" in told(admin)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_view_is_one_that_slack_takes(admin: Workspace, language: str) -> None:
    url = f"https://hooks.slack.com/{'x' * 200}"
    place = Place(channel="C1", url=url, language=language)
    check_view(rules_view(ChannelRules(language="zh", max_quotes=9), place, most=3))
    vote = Vote(good=False, quote="q_1", answer="a_1", language=language)
    check_view(reasons_view(Complaint(vote=vote, url=url, thread_ts="1.1")))
    check_view(home_view(admin.bot, "T1", "U1", language))
