"""Listeners for messages: to the bot alone, in a thread, mentions of it, and the shortcut on anybody's message."""

from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from ui.slack.bot import Bot
from ui.slack.events import as_typed, heard, workspace_of
from ui.slack.work.private_replies import Asker
from ui.slack.work.quotation_checks import CHECK_MESSAGE, check, nothing_to_check
from ui.slack.work.thread_messages import take_up


# “Did Ilya say this?” on anybody's message.
def register_shortcuts(app: App, bot: Bot) -> None:
    """Listen for the shortcut."""

    @app.shortcut({"type": "message_action", "callback_id": CHECK_MESSAGE})
    def asked(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        asker = Asker.of(body, workspace_of(context))
        if asker is None:
            return
        typed = as_typed((body.get("message") or {}).get("text") or "")
        if typed:
            bot.crew.answer(check, bot, asker, typed)
        else:
            bot.crew.at_once(nothing_to_check, bot, asker)


# Somebody mentions the bot.
def register_mentions(app: App, bot: Bot) -> None:
    """Listen for mentions."""

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        message = heard(event, workspace=workspace_of(context), bot=context.bot_user_id)
        if message:
            bot.crew.at_once(take_up, bot, client, message)


def register(app: App, bot: Bot) -> None:
    """Listen for messages."""

    @app.event("message")
    def said(event: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        message = heard(event, workspace=workspace_of(context), bot=context.bot_user_id)
        if message and (message.direct or message.in_thread):
            bot.crew.at_once(take_up, bot, client, message)
