"""Did she say this? By command and on anybody's message."""

import json
from typing import Any

import pytest

from assistant.checking import Verdict
from tests.ui.slack.conftest import Workspace
from tests.ui.slack.reading import button, quotes, seen
from ui.rendering import verdict_frame, verdict_text
from ui.slack.state.preferences import ChannelRules

EXACT = "I do not think ants dance."
ALTERED = "I do think ants dance."
SOMEBODY_ELSES = "Do you think ants do something like it?"
NOWHERE = "Penguins are excellent at carrying the post across Siberia."


def last(space: Workspace) -> dict[str, Any]:
    return space.slack.of("/r1")[-1]


@pytest.mark.parametrize("ask", ["command", "shortcut"])
@pytest.mark.parametrize(
    ("text", "verdict", "title"),
    [
        (EXACT, Verdict.EXACT, "Exact"),
        (ALTERED, Verdict.ALTERED, "Altered"),
        (SOMEBODY_ELSES, Verdict.OTHER_SPEAKER, "Somebody else’s words"),
        (NOWHERE, Verdict.NOT_FOUND, "Not found"),
    ],
)
def test_the_verdict_is_shown_to_who_asked_alone(
    space: Workspace, ask: str, text: str, verdict: Verdict, title: str
) -> None:
    assert space.bot.assistant.check(text).verdict is verdict
    acked = space.command(f"check “{text}”") if ask == "command" else space.shortcut(text)
    assert acked.status == 200
    assert last(space)["response_type"] == "ephemeral"
    assert seen(last(space)["blocks"]).startswith(title)
    assert space.answer_blocks() == []


def test_the_words_in_the_quotation_are_the_source_s_and_the_difference_is_told(space: Workspace) -> None:
    space.command(f"check {ALTERED}")
    found = space.bot.assistant.check(ALTERED)
    blocks = last(space)["blocks"]
    (place,) = found.places
    assert quotes(blocks) == {1: place.source.text[place.start : place.end]} == {1: EXACT}
    bold = [part["text"] for block in blocks if block["type"] == "rich_text" for element in block["elements"]
            if element["type"] == "rich_text_quote" for part in element["elements"] if "style" in part]  # fmt: skip
    assert "".join(bold).split() == ["not"]
    assert "left out in the claim" in seen(blocks)
    assert "As claimed:" in seen(blocks)


@pytest.mark.parametrize("text", [EXACT, ALTERED, SOMEBODY_ELSES, NOWHERE])
def test_it_says_what_the_command_line_says(space: Workspace, text: str) -> None:
    space.command(f"check {text}")
    said = " ".join(seen(last(space)["blocks"]).split())
    printed = verdict_text(verdict_frame(space.bot.assistant.check(text), subject=space.bot.subject))
    for line in printed.splitlines()[1:]:
        wanted = line.strip().strip("“”")
        assert all(piece in said for piece in wanted.split(": ", 1) if piece), line


def test_a_place_of_hers_links_to_its_permanent_address(space: Workspace) -> None:
    space.command(f"check {EXACT}")
    quote = space.bot.assistant.check(EXACT).places[0].quote
    assert quote is not None
    assert f"https://ilya.example/q/{quote.id}" in json.dumps(last(space))
    space.command(f"check {SOMEBODY_ELSES}")
    assert "https://ilya.example/q/" not in json.dumps(last(space))


def test_a_shared_verdict_shows_the_text_and_the_same_places(space: Workspace) -> None:
    space.shortcut(ALTERED)
    private = last(space)
    space.press(button(private["blocks"], "share_check"), "r2")
    shared, removed = space.slack.of("/r2")
    assert shared["response_type"] == "in_channel"
    assert quotes(shared["blocks"]) == quotes(private["blocks"])
    assert f"Checked: \n{ALTERED}" in seen(shared["blocks"])
    assert removed == {"delete_original": True}


def test_a_long_text_is_checked_but_not_carried_on_a_button(space: Workspace) -> None:
    text = f"{EXACT} {'Nobody ever said anything of the kind. ' * 60}"
    space.shortcut(text)
    assert "too long to be shared" in seen(last(space)["blocks"])
    assert "share_check" not in json.dumps(last(space))


def test_slack_s_mark_up_is_read_as_it_was_typed(space: Workspace) -> None:
    space.shortcut("&gt; <@U7> “I do not think ants dance.” — Mira Vane")
    assert seen(last(space)["blocks"]).startswith("Exact")


@pytest.mark.parametrize(("text", "says"), [("", "no text to check"), ("<@U7>", "no text to check"), ("hm", "short")])
def test_a_message_with_nothing_to_check_is_told(space: Workspace, text: str, says: str) -> None:
    space.shortcut(text)
    assert says in seen(last(space)["blocks"])


def test_the_command_alone_says_how_it_is_used(space: Workspace) -> None:
    space.command("check")
    assert "/ilya check “…”" in seen(last(space)["blocks"])


def test_the_verdict_stays_in_the_thread_of_the_message(space: Workspace) -> None:
    message = {"type": "message", "text": EXACT, "ts": "2.2", "thread_ts": "2.1"}
    space.shortcut(EXACT, message=message)
    assert last(space)["thread_ts"] == "2.1"


def test_the_channel_s_language_frames_the_verdict(space: Workspace) -> None:
    space.bot.channels.set("T1", "C1", ChannelRules(language="zh"))
    space.shortcut(ALTERED)
    assert seen(last(space)["blocks"]).startswith("有改动")
