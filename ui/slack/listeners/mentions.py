"""Somebody mentions the bot."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from ui.slack.bot import Bot
from ui.slack.events import heard, workspace_of
from ui.slack.work.thread_messages import take_up


def register(app: App, bot: Bot) -> None:
    """Listen for mentions."""

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        message = heard(event, workspace=workspace_of(context), bot=context.bot_user_id)
        if message:
            bot.crew.at_once(take_up, bot, client, message)
