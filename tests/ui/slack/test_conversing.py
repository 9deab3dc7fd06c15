"""Mentions, direct messages and threads."""

from typing import Any

import pytest

from tests.ui.slack.conftest import Workspace, message
from tests.ui.slack.reading import quotes, seen
from ui.slack.state.preferences import ChannelRules

BEES = "Why do bees dance?"
SEVERAL = "What does she say about bees, clocks and tides?"


def expected(space: Workspace, question: str, **options: Any) -> dict[int, str]:
    answer = space.bot.assistant.ask(question, **options)
    assert answer.answered
    return {shown.number: shown.quote.text for shown in answer.quotes}


def test_a_mention_is_answered_in_its_thread_with_the_words_of_the_source(space: Workspace) -> None:
    asked = space.mention(BEES)
    (started,) = space.slack.of("chat.startStream")
    assert (started["channel"], started["thread_ts"]) == ("C1", asked["ts"])
    assert (started["recipient_team_id"], started["recipient_user_id"]) == ("T1", "U1")
    (stopped,) = space.slack.of("chat.stopStream")
    assert quotes(stopped["blocks"]) == expected(space, BEES)


def test_it_shows_what_it_does_and_streams_no_quote_before_all_are_verified(space: Workspace) -> None:
    space.mention("What moves the tides in the harbour?")
    methods = [method for method in space.slack.methods() if method != "auth.test"]
    assert methods[:2] == ["assistant.threads.setStatus", "chat.startStream"]
    (status,) = space.slack.of("assistant.threads.setStatus")
    assert status["status"] == "is searching the sources …"
    chunks = [chunk for body in space.slack.of(*methods[1:]) for chunk in body["chunks"]]
    assert {chunk["type"] for chunk in chunks} == {"task_update"}
    last = {chunk["id"]: chunk for chunk in chunks}
    assert [(one["id"], one["status"]) for one in last.values()] == [
        ("searching", "complete"), ("choosing", "complete"), ("checking", "complete")
    ]  # fmt: skip
    assert "https://www.youtube.com/watch?v=t&t=60" in [source["url"] for source in last["checking"]["sources"]]


def test_a_quote_says_whose_it_is_and_links_to_the_moment_and_to_the_page(space: Workspace) -> None:
    space.mention("What moves the tides in the harbour?")
    (first,) = (shown for shown in space.bot.assistant.ask("What moves the tides in the harbour?").quotes[:1])
    blocks = space.answer_blocks()
    assert "— Mira Vane, to Ana Sol, On tides, 2 November 2023 (transcript)" in seen(blocks)
    links = [part["url"] for block in blocks if block["type"] == "rich_text" for element in block["elements"]
             for part in element["elements"] if part["type"] == "link"]  # fmt: skip
    assert links[:2] == ["https://www.youtube.com/watch?v=t&t=60", f"https://ilya.example/q/{first.quote.id}"]


def test_a_direct_message_is_answered_under_it(space: Workspace) -> None:
    asked = space.write(BEES)
    (started,) = space.slack.of("chat.startStream")
    assert (started["channel"], started["thread_ts"]) == ("D1", asked["ts"])
    assert quotes(space.answer_blocks()) == expected(space, BEES)


def test_a_follow_up_needs_no_mention_and_is_understood(space: Workspace) -> None:
    first = space.mention("Why do bees dance?")
    space.slack.calls.clear()
    space.say("And did anybody teach them that?", thread_ts=first["ts"], user="U2")
    shown = quotes(space.answer_blocks())
    assert shown == expected(space, "And did anybody teach them that?", history=["Why do bees dance?"])


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("And did anybody teach them?", {}),
        ("And did anybody teach them?", {"thread_ts": "1500000000.000001"}),
        ("<@U7> what do you think?", {"thread": True}),
        ("great, see you at lunch", {"thread": True}),
        ("", {"thread": True}),
    ],
    ids=["outside a thread", "in a strange thread", "to somebody else", "no question", "only a picture"],
)
def test_what_is_not_for_the_bot_is_left_alone(space: Workspace, text: str, fields: dict[str, Any]) -> None:
    first = space.mention(BEES)
    space.slack.calls.clear()
    thread = {"thread_ts": first["ts"]} if fields.pop("thread", False) else {}
    space.say(text, **fields, **thread)
    assert space.slack.methods() == []


def test_a_follow_up_that_asks_gets_an_honest_nothing(space: Workspace) -> None:
    first = space.mention(BEES)
    space.slack.calls.clear()
    space.say("What is the price of copper in Antofagasta?", thread_ts=first["ts"])
    assert "We hold no words of his that answer this." in seen(space.answer_blocks())


@pytest.mark.parametrize(
    "fields",
    [
        {"bot_id": "B7"},
        {"user": "UBOT"},
        {"user": "USLACKBOT"},
        {"subtype": "bot_message", "bot_id": "BBOT"},
        {"subtype": "message_changed", "message": {"text": BEES, "user": "U1"}, "hidden": True},
        {"subtype": "message_deleted", "previous_message": {"text": BEES, "user": "U1"}, "hidden": True},
        {"subtype": "channel_join"},
        {"user": None},
    ],
    ids=["a bot", "itself", "slackbot", "bot message", "an edit", "a deletion", "a join", "nobody"],
)
@pytest.mark.parametrize("kind", ["message", "app_mention"])
def test_no_loops_no_edits_no_deletions(space: Workspace, fields: dict[str, Any], kind: str) -> None:
    space.slack.calls.clear()
    space.event(message(f"<@UBOT> {BEES}", channel="D1", channel_type="im") | {"type": kind} | fields)
    assert [method for method in space.slack.methods() if method != "auth.test"] == []


def test_the_same_event_three_times_is_answered_once(space: Workspace) -> None:
    asked = message(f"<@UBOT> {BEES}", type="app_mention")
    for _ in range(3):
        assert space.event(asked, "Ev1").status == 200
    assert len(space.slack.of("chat.stopStream")) == 1


def test_a_mention_that_also_arrives_as_a_message_is_answered_once(space: Workspace) -> None:
    first = space.mention(BEES)
    space.slack.calls.clear()
    followed = message("<@UBOT> and do ants dance?", thread_ts=first["ts"])
    space.event(followed)
    space.event(followed | {"type": "app_mention"})
    assert len(space.slack.of("chat.stopStream")) == 1


@pytest.mark.parametrize("write", [Workspace.mention, Workspace.write])
def test_an_empty_message_gets_help(space: Workspace, write: Any) -> None:
    asked = write(space, "")
    (helped,) = space.slack.of("chat.postMessage")
    assert helped["thread_ts"] == asked["ts"]
    assert "/ilya check" in seen(helped["blocks"])


def test_a_question_of_4000_characters_is_declined_in_one_sentence(space: Workspace) -> None:
    space.mention("why " * 1_000)
    said = seen(space.answer_blocks())
    assert "too long to be one question (3,999 characters)" in said
    assert "why why" not in said


def test_a_chinese_question_is_framed_in_chinese_and_the_words_stay(space: Workspace) -> None:
    space.mention("为什么 bees dance?")
    (status,) = space.slack.of("assistant.threads.setStatus")
    assert status["status"] == "正在检索来源……"
    assert "2021年5月" in seen(space.answer_blocks())
    assert quotes(space.answer_blocks()) == expected(space, "为什么 bees dance?")


def test_a_channel_that_is_switched_off_says_so_to_who_asked(space: Workspace) -> None:
    space.bot.channels.set("T1", "C1", ChannelRules(allowed=False))
    space.mention(BEES)
    (told,) = space.slack.of("chat.postEphemeral")
    assert told["user"] == "U1"
    assert "switched off" in seen(told["blocks"])
    assert space.answer_blocks() == []
    space.write(BEES)
    assert quotes(space.answer_blocks()) == expected(space, BEES)


def test_mention_only_is_obeyed(space: Workspace) -> None:
    space.bot.channels.set("T1", "C1", ChannelRules(mention_only=True))
    first = space.mention(BEES)
    space.slack.calls.clear()
    space.say("Do ants dance?", thread_ts=first["ts"])
    assert space.slack.methods() == []
    space.mention("Do ants dance?", thread_ts=first["ts"])
    assert quotes(space.answer_blocks())


def test_a_channel_s_language_and_number_of_quotes_are_obeyed(space: Workspace) -> None:
    everything = expected(space, SEVERAL)
    assert len(everything) > 1
    space.bot.channels.set("T1", "C1", ChannelRules(language="zh", max_quotes=1))
    space.mention(SEVERAL)
    assert quotes(space.answer_blocks()) == {1: everything[1]}
    assert "年" in seen(space.answer_blocks())


def test_two_channels_have_their_own_rules(space: Workspace) -> None:
    space.bot.channels.set("T1", "C2", ChannelRules(allowed=False))
    space.mention(BEES)
    assert quotes(space.answer_blocks())
