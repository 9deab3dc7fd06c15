"""Which messages of Slack are somebody's words to us."""

from typing import Any

import pytest

from ui.slack.events import heard

MESSAGE = {"type": "message", "user": "U1", "channel": "D1", "ts": "1.0", "channel_type": "im", "text": "Why?"}


def is_heard(**fields: Any) -> bool:
    return heard(MESSAGE | fields, workspace="T1", bot="UBOT") is not None


@pytest.mark.parametrize("fields", [{}, {"subtype": "file_share"}, {"subtype": "thread_broadcast"}, {"bot_id": None}])
def test_what_a_person_wrote_is_heard(fields: dict[str, Any]) -> None:
    assert is_heard(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"bot_id": "B1"},
        {"bot_profile": {"id": "B1"}},
        {"hidden": True},
        {"user": "UBOT"},
        {"user": "USLACKBOT"},
        {"user": None},
        {"subtype": "bot_message"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
    ],
)
def test_what_no_person_wrote_is_not_heard(fields: dict[str, Any]) -> None:
    assert not is_heard(**fields)
