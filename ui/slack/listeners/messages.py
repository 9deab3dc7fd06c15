"""Somebody writes to the bot alone, or in a channel it is in. Most messages of a channel are not for us."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from ui.slack.bot import Bot
from ui.slack.events import heard, workspace_of
from ui.slack.work.thread_messages import take_up


def register(app: App, bot: Bot) -> None:
    """Listen for messages."""

    @app.event("message")
    def said(event: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        message = heard(event, workspace=workspace_of(context), bot=context.bot_user_id)
        if message and (message.direct or message.in_thread):
            bot.crew.at_once(take_up, bot, client, message)
