"""Listeners for buttons: votes, another quote, sharing with the channel, example questions."""

import re
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from ui.slack.bot import Bot
from ui.slack.events import workspace_of
from ui.slack.work.block_kit import ANOTHER, ASK, SHARE, VOTE, Asked, Shown, Vote, read_value
from ui.slack.work.private_replies import Asker, share
from ui.slack.work.private_requests import PrivateRequest, take_privately
from ui.slack.work.quotation_checks import SHARE_CHECK, Checked, share_check
from ui.slack.work.thread_messages import begin_directly
from ui.slack.work.votes import vote


def register(app: App, bot: Bot) -> None:
    """Listen for buttons."""

    @app.action(VOTE)
    def voted(ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        ack()
        asker, found = Asker.of(body, workspace_of(context)), read_value(Vote, _value(body))
        if asker and found:
            bot.crew.at_once(vote, bot, client, asker, found, body["trigger_id"])

    @app.action(ANOTHER)
    def wants_another(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        asker, shown = Asker.of(body, workspace_of(context)), read_value(Shown, _value(body))
        if asker and shown and shown.answers:
            take_privately(bot, PrivateRequest(what="another", asker=asker, shown=shown))

    @app.action(SHARE)
    def shares(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        asker, shown = Asker.of(body, workspace_of(context)), read_value(Shown, _value(body))
        if asker and shown and shown.answers:
            bot.crew.at_once(share, bot, asker, shown, _message_ts(body))

    @app.action(SHARE_CHECK)
    def shares_check(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        asker, checked = Asker.of(body, workspace_of(context)), read_value(Checked, _value(body))
        if asker and checked:
            bot.crew.answer(share_check, bot, asker, checked, _message_ts(body))

    @app.action(re.compile(rf"^{ASK}\.\d+$"))
    def asks(ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        ack()
        asker, asked = Asker.of(body, workspace_of(context)), read_value(Asked, _value(body))
        if asked and asker:
            take_privately(bot, PrivateRequest(what="ask", asker=asker, text=asked.question))
        elif asked:
            bot.crew.at_once(begin_directly, bot, client, workspace_of(context), body["user"]["id"], asked.question)


def _value(body: dict[str, Any]) -> str | None:
    """Return what the button carries; feedback buttons give theirs in the same place."""
    found = body["actions"][0].get("value")
    return str(found) if found is not None else None


def _message_ts(body: dict[str, Any]) -> str:
    return str((body.get("container") or {}).get("message_ts") or "")
