"""The App Home is opened, or a default is chosen on it."""

import re
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from ui.slack.bot import Bot
from ui.slack.events import workspace_of
from ui.slack.slack_logs import LOG, SLACK_FAILED, told
from ui.slack.work.app_home import WISH, changed, home_view
from ui.slack.work.block_kit import value_of


def register(app: App, bot: Bot) -> None:
    """Listen for the App Home."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        if event.get("tab") == "home":
            bot.crew.at_once(publish, bot, client, workspace_of(context), event["user"])
        elif event.get("tab") == "messages" and bot.assistant.settings.starter:
            bot.crew.at_once(suggest, bot, client, event["user"], event["channel"])

    @app.action(re.compile(rf"^{WISH}\."))
    def chosen(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        bot.crew.at_once(wish, bot, workspace_of(context), str(body["user"]["id"]), body["actions"][0])


def publish(bot: Bot, client: WebClient, workspace: str, user: str) -> None:
    """Show somebody their App Home."""
    view = home_view(bot, workspace, user, language_of_user(client, user))
    client.views_publish(user_id=user, view=view)


def suggest(bot: Bot, client: WebClient, user: str, channel: str) -> None:
    """Offer questions to try where somebody writes to the bot alone."""
    prompts = [{"title": question, "message": question} for question in bot.examples(language_of_user(client, user))]
    client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)


def wish(bot: Bot, workspace: str, user: str, action: dict[str, Any]) -> None:
    """Keep a default."""
    value = value_of(action.get("selected_option"))
    bot.preferences.set(workspace, user, changed(bot.preferences.wishes(workspace, user), action, value))


def language_of_user(client: WebClient, user: str) -> str:
    """Return the language somebody uses Slack in; English where Slack does not tell."""
    try:
        known = client.users_info(user=user, include_locale=True).get("user") or {}
    except SLACK_FAILED as error:
        LOG.info("no locale: %s", told(error))
        return "en"
    return str(known.get("locale") or "en")
