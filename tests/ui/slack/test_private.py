"""The command and the buttons on its private answers."""

import json
from typing import Any

import pytest

from assistant.records.saved_answers import Verdict
from tests.ui.slack.conftest import Workspace
from tests.ui.slack.reading import button, quotes, seen
from ui.slack.state.preferences import ChannelRules

BEES = "Why do bees dance?"
SEVERAL = "What does she say about bees, clocks and tides?"


def last(space: Workspace) -> dict[str, Any]:
    return space.slack.of("/r1")[-1]


def test_a_question_by_command_is_answered_to_who_asked_alone(space: Workspace) -> None:
    acked = space.command(BEES)
    assert acked.status == 200
    assert acked.body == "Searching the sources …"
    (told,) = space.slack.of("/r1")
    assert told["response_type"] == "ephemeral"
    answer = space.bot.assistant.ask(BEES)
    assert quotes(told["blocks"]) == {shown.number: shown.quote.text for shown in answer.quotes}
    assert space.answer_blocks() == []


@pytest.mark.parametrize("typed", ["", "help", "  HELP "])
def test_help_says_what_can_be_done(space: Workspace, typed: str) -> None:
    space.command(typed)
    said = seen(last(space)["blocks"])
    assert "/ilya check" in said
    assert "Did Ilya say this?" in said
    assert "Mira Vane’s own cited words" in said
    assert "ask_example" not in json.dumps(last(space)), "questions that this library does not answer"


def test_a_question_may_begin_with_help_or_settings(space: Workspace) -> None:
    space.command("settings of a tide mill, a timetable")
    assert "timetable" in str(quotes(last(space)["blocks"]))


def test_sharing_posts_the_same_words_for_everybody_and_removes_the_private_one(space: Workspace) -> None:
    space.command(BEES)
    private = last(space)
    press = button(private["blocks"], "share_answer")
    space.press(press, "r2")
    shared, removed = space.slack.of("/r2")
    assert shared["response_type"] == "in_channel"
    assert quotes(shared["blocks"]) == quotes(private["blocks"])
    assert shared["blocks"][0]["elements"][0]["elements"][1] == {"type": "user", "user_id": "U1"}
    assert removed == {"delete_original": True}
    space.press(press, "r3")
    assert space.slack.of("/r3") == []


def test_another_quote_is_one_that_was_not_shown_until_there_is_none(space: Workspace) -> None:
    space.bot.channels.set("T1", "C1", ChannelRules(max_quotes=1))
    space.command(SEVERAL)
    shown: list[str] = []
    message = last(space)
    for turn in range(40):
        words = list(quotes(message["blocks"]).values())
        assert len(words) == 1
        assert words[0] not in shown
        shown += words
        space.press(button(message["blocks"], "another_quote"), f"n{turn}")
        (message,) = space.slack.of(f"/n{turn}")
        if not quotes(message["blocks"]):
            break
    assert len(shown) > 1
    assert "There is no other quote about this" in seen(message["blocks"])


def test_nothing_found_is_said_and_cannot_be_shared(space: Workspace) -> None:
    space.command("What is the price of copper in Antofagasta?")
    assert "We hold no words of his that answer this." in seen(last(space)["blocks"])
    assert "share_answer" not in json.dumps(last(space))


def test_in_a_channel_that_is_switched_off_the_command_says_so(space: Workspace) -> None:
    space.bot.channels.set("T1", "C1", ChannelRules(allowed=False))
    for typed in (BEES, "check “Bees dance to point at flowers.”"):
        space.command(typed)
        assert "switched off" in seen(last(space)["blocks"])


def test_an_answer_that_is_gone_is_not_shared(space: Workspace) -> None:
    space.press({"action_id": "share_answer", "value": '{"answers":["a_0000000000000000"],"language":"en"}'}, "r2")
    (told,) = space.slack.of("/r2")
    assert told["response_type"] == "ephemeral"
    assert "no longer held" in seen(told["blocks"])


@pytest.mark.parametrize("value", [None, "", "{}", '{"answers":[],"language":"en"}', "[1,2", '{"answers":7}'])
@pytest.mark.parametrize("action", ["share_answer", "another_quote", "vote", "share_check", "ask_example.0"])
def test_a_button_that_carries_nonsense_does_nothing(space: Workspace, action: str, value: str | None) -> None:
    assert space.press({"action_id": action, "value": value}, "r2").status == 200
    assert space.slack.of("/r2") == []


def test_a_good_vote_lands_next_to_the_answer(space: Workspace) -> None:
    space.mention(BEES)
    votes = button(space.answer_blocks(), "vote")
    space.press({"action_id": "vote", "value": votes["positive_button"]["value"]}, "r2")
    answer = space.bot.assistant.ask(BEES)
    assert space.bot.records.judgements(answer.quotes[0].quote.id) == [Verdict.GOOD]
    assert space.feedback() == [(answer.quotes[0].quote.id, answer.id, "good", "slack:T1:U1")]
    assert "Thank you" in seen(space.slack.of("/r2")[0]["blocks"])


@pytest.mark.parametrize("reason", [verdict for verdict in Verdict if verdict is not Verdict.GOOD])
def test_a_bad_vote_asks_for_the_reason_and_keeps_it(space: Workspace, reason: Verdict) -> None:
    space.mention(BEES)
    votes = button(space.answer_blocks(), "vote")
    space.press({"action_id": "vote", "value": votes["negative_button"]["value"]}, "r2")
    assert space.feedback() == []
    (opened,) = space.slack.of("views.open")
    view = opened["view"]
    offered = view["blocks"][0]["element"]["options"]
    assert {option["value"] for option in offered} == set(Verdict) - {Verdict.GOOD}
    space.submit(view, {"reason": {"reason": {"selected_option": {"value": reason.value}}}})
    assert [row[2] for row in space.feedback()] == [reason.value]
    assert "Thank you" in seen(space.slack.of("/r2")[0]["blocks"])


def test_a_vote_on_a_quote_nobody_was_shown_is_not_kept(space: Workspace) -> None:
    value = '{"good":true,"quote":"q_nentqaxp8j109","answer":"a_1","language":"en"}'
    space.press({"action_id": "vote", "value": value}, "r2")
    assert space.feedback() == []
    assert "There is no quote" in seen(space.slack.of("/r2")[0]["blocks"])
