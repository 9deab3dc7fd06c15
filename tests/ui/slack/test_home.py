"""The App Home."""

import json
from typing import Any

import pytest

from assistant import Assistant, Filters, Order
from knowledge.model.provenance import Provenance
from knowledge.search.embedding import BilingualEmbeddings
from tests.ui.slack.conftest import Inline, Workspace
from tests.ui.slack.fake import Fault
from tests.ui.slack.reading import button, quotes, seen
from ui.rendering.filter_form import Wishes
from ui.slack.app import build_app
from ui.slack.bot import Bot
from ui.slack.state.preferences import ChannelRules, within
from ui.slack.work.workers import Crew


def opened(space: Workspace, **fields: Any) -> list[dict[str, Any]]:
    space.event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"} | fields)
    blocks: list[dict[str, Any]] = space.slack.of("views.publish")[-1]["view"]["blocks"]
    return blocks


def test_it_tells_what_is_known_its_version_and_health(space: Workspace) -> None:
    said = seen(opened(space))
    assert "What did Mira Vane say?" in said
    assert "To quote from: " in said
    assert "On tides, 2 November 2023" in said
    assert "ask-ilya 0.1.0 · quotes chosen by: extractive · library and index work" in said


def test_it_speaks_the_language_somebody_uses_slack_in(space: Workspace) -> None:
    assert "收录了什么" in seen(opened(space, user="UZH"))


def test_without_a_locale_it_is_in_english(space: Workspace) -> None:
    space.slack.fail("users.info", Fault(error="missing_scope"))
    assert "What it knows" in seen(opened(space))


def test_a_default_is_kept_shown_again_and_used_wherever_the_person_asks(space: Workspace) -> None:
    until = button(opened(space), "wish.until")
    assert until["initial_option"]["value"] == "-"
    (chosen,) = (option for option in until["options"] if option["value"] == "2021")
    space.press({"action_id": "wish.until", "type": "static_select", "selected_option": chosen}, None)
    assert button(opened(space), "wish.until")["initial_option"] == chosen
    question = "What moves the tides in the harbour?"
    space.mention(question)
    answer = space.bot.assistant.ask(question, filters=Filters(until="2021"))
    assert quotes(space.answer_blocks()) == {shown.number: shown.quote.text for shown in answer.quotes}
    space.slack.calls.clear()
    space.mention(question, user="U2")
    assert any("spring tide" in words for words in quotes(space.answer_blocks()).values())


@pytest.mark.parametrize(
    ("action", "wishes"),
    [
        ({"action_id": "wish.order", "selected_option": {"value": "date"}}, Wishes(order=Order.DATE)),
        (
            {"action_id": "wish.venues", "selected_option": {"value": "Slow Hours"}},
            Wishes(filters=Filters(venues=("Slow Hours",))),
        ),
        (
            {"action_id": "wish.languages", "selected_option": {"value": "en"}},
            Wishes(filters=Filters(languages=("en",))),
        ),
        (
            {"action_id": "wish.kinds", "selected_options": [{"value": "transcript"}]},
            Wishes(filters=Filters(provenances=(Provenance.TRANSCRIPT,))),
        ),
        ({"action_id": "wish.since", "selected_option": {"value": "-"}}, Wishes()),
    ],
)
def test_every_field_is_kept(space: Workspace, action: dict[str, Any], wishes: Wishes) -> None:
    space.press(action, None)
    assert space.bot.preferences.wishes("T1", "U1") == wishes


def test_a_channel_s_rule_is_stronger_than_a_wish() -> None:
    transcripts = ChannelRules(provenances=(Provenance.TRANSCRIPT,))
    both = Filters(provenances=(Provenance.TRANSCRIPT, Provenance.QUOTATION))
    assert within(both, transcripts).provenances == (Provenance.TRANSCRIPT,)
    assert within(Filters(provenances=(Provenance.QUOTATION,)), transcripts).provenances == (Provenance.TRANSCRIPT,)
    assert within(Filters(), transcripts).provenances == (Provenance.TRANSCRIPT,)
    assert within(both, ChannelRules()) == both


@pytest.fixture
def with_examples(furnished: Assistant, embeddings: BilingualEmbeddings, space: Workspace) -> Workspace:
    """The workspace with a bot that offers the quotation book's questions."""
    settings = furnished.settings.model_copy(update={"starter": True})
    assistant = Assistant(furnished.library, furnished.index, embeddings, furnished.subject, settings)
    bot = Bot.over(assistant, space.bot.settings, Crew(Inline(), Inline()))
    return Workspace(bot, build_app(bot, executor=Inline()), space.slack)


def test_an_example_is_asked_in_direct_messages(with_examples: Workspace) -> None:
    press = button(opened(with_examples), "ask_example.0")
    with_examples.press(press, None)
    question = json.loads(press["value"])["question"]
    asked = with_examples.slack.of("chat.postMessage")[0]
    assert asked["channel"] == "U1"
    assert seen(asked["blocks"]) == question
    (started,) = with_examples.slack.of("chat.startStream")
    assert started["thread_ts"].startswith("1700000000.")
    (stopped,) = with_examples.slack.of("chat.stopStream")
    assert "We hold no words of his that answer this." in seen(stopped["blocks"])


def test_questions_are_suggested_where_somebody_writes_to_the_bot(with_examples: Workspace) -> None:
    with_examples.event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"})
    (suggested,) = with_examples.slack.of("assistant.threads.setSuggestedPrompts")
    assert suggested["channel_id"] == "D1"
    assert len(suggested["prompts"]) == 4
