"""The blocks that the bot puts around an answer: votes, sharing, another quote; notices, help. Buttons carry ids."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ui.rendering import Card, Frame
from ui.rendering.page_texts import page_texts
from ui.rendering.slack_blocks import (
    Block,
    SlackExtras,
    bullets,
    escape_mrkdwn,
    rich_text,
    section,
    slack_blocks,
    slack_messages,
    slack_text,
    text,
)
from ui.slack.slack_texts import SlackTexts, slack_texts

COMMAND = "/ilya"

VOTE = "vote"
SHARE = "share_answer"
ANOTHER = "another_quote"
ASK = "ask_example"

_CHAIN = 60
"""Answers that a button can carry ids of; a value has at most 2,000 characters."""
_MAX_BUTTON = 75
"""Characters; Slack refuses longer labels."""
_NONE = "-"

Value = TypeVar("Value", bound=BaseModel)


class Message(BaseModel):
    """One message ready to be sent: blocks, and the line for notifications, in Slack's mark-up."""

    model_config = ConfigDict(frozen=True)

    text: str
    blocks: list[Block]


class Vote(BaseModel):
    """What a vote is about, and the vote."""

    model_config = ConfigDict(frozen=True)

    good: bool
    quote: str
    answer: str
    language: str


class Shown(BaseModel):
    """The answers that a private message has shown so far; the last one is what it shows now."""

    model_config = ConfigDict(frozen=True)

    answers: tuple[str, ...]
    language: str

    def then(self, answer_id: str) -> "Shown":
        """Return what was shown when one more answer is."""
        return self.model_copy(update={"answers": (*self.answers, answer_id)[-_CHAIN:]})


class Asked(BaseModel):
    """A question on a button."""

    model_config = ConfigDict(frozen=True)

    question: str


def read_value(model: type[Value], value: str | None) -> Value | None:
    """Return what a button carries; None when it is not ours."""
    try:
        return model.model_validate_json(value or "")
    except ValidationError:
        return None


def answer_messages(
    shown: Frame,
    answer_id: str,
    *,
    language: str,
    page_url: str | None = None,
    private: Shown | None = None,
    shared_by: str | None = None,
) -> list[Message]:
    """Return an answer as messages.

    Args:
        shown: the framed answer.
        answer_id: its id in the records.
        language: of the buttons.
        page_url: where the web page is, for permanent links.
        private: what the asker alone has seen so far, with which the answer can be shared or exchanged.
        shared_by: the id of the person who shares it.
    """
    own = slack_texts(language)

    def tools(card: Card) -> list[Block]:
        return [vote_buttons(card.quote_id, answer_id, language)]

    blocks = [] if shared_by is None else rich_text([section(text(own.shared_by), user(shared_by))])
    blocks += slack_blocks(shown, SlackExtras(tools=tools, link=lambda card: permalink(card.quote_id, page_url, own)))
    if private and shown.cards:
        blocks.append(actions(button(own.share, SHARE, private), button(own.another, ANOTHER, private)))
    return [Message(text=slack_text(shown), blocks=part) for part in slack_messages(blocks)]


def permalink(quote_id: str | None, page_url: str | None, own: SlackTexts) -> tuple[str, str] | None:
    """Return a link (words, address) to a quote on the web page, where there is a page."""
    return (own.permalink, f"{page_url.rstrip('/')}/q/{quote_id}") if page_url and quote_id else None


def notice(*sentences: str) -> Message:
    """Return sentences of our own, as they are."""
    return Message(text=escape_mrkdwn(sentences[0]), blocks=rich_text([section(text("\n".join(sentences)))]))


def help_message(language: str, *, subject: str, examples: tuple[str, ...]) -> Message:
    """Return what the bot can do, with questions to try."""
    own = slack_texts(language)
    first, *ways = (line.format(command=COMMAND, subject=subject) for line in own.help)
    blocks = [*rich_text([section(text(first)), bullets(ways)]), *example_buttons(examples, own)]
    return Message(text=escape_mrkdwn(first), blocks=blocks)


def example_buttons(examples: tuple[str, ...], own: SlackTexts) -> list[Block]:
    """Return a row per question, each with a button that asks it."""
    return [
        {
            "type": "section",
            "text": {"type": "plain_text", "text": question, "emoji": False},
            "accessory": button(own.home_ask, f"{ASK}.{number}", Asked(question=question)),
        }
        for number, question in enumerate(examples)
    ]


def vote_buttons(quote_id: str, answer_id: str, language: str) -> Block:
    """Return the two buttons that judge a quote."""
    page = page_texts(language)

    def side(label: str, good: bool) -> Block:
        value = Vote(good=good, quote=quote_id, answer=answer_id, language=language).model_dump_json()
        return {"text": plain(label), "accessibility_label": label, "value": value}

    buttons = {
        "type": "feedback_buttons",
        "action_id": VOTE,
        "positive_button": side(page.good, True),
        "negative_button": side(page.bad, False),
    }
    return {"type": "context_actions", "elements": [buttons]}


def actions(*elements: Block) -> Block:
    """Return a row of buttons or fields."""
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action_id: str, value: BaseModel) -> Block:
    """Return a button."""
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": value.model_dump_json()}


def plain(label: str) -> Block:
    """Return a label, no longer than Slack takes one."""
    cut = label if len(label) <= _MAX_BUTTON else f"{label[: _MAX_BUTTON - 1]}…"
    return {"type": "plain_text", "text": cut, "emoji": False}


def option(value: str, label: str) -> Block:
    """Return a choice; an empty value, which Slack refuses, is sent as `-`."""
    return {"text": plain(label), "value": value or _NONE}


def value_of(chosen: Block | None) -> str:
    """Return the value of a choice as it was given to `option`."""
    found = str(chosen["value"]) if chosen else _NONE
    return "" if found == _NONE else found


def user(user_id: str) -> Block:
    """Return a mention, for rich text."""
    return {"type": "user", "user_id": user_id}
