"""Listeners for views: the App Home, and dialogues that were filled in: a complaint, the rules of a channel."""

import re
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from assistant.records.saved_answers import Verdict
from ui.slack.bot import Bot
from ui.slack.events import workspace_of
from ui.slack.slack_client import ReplyTo
from ui.slack.slack_logs import LOG, SLACK_FAILED, told
from ui.slack.work.app_home import WISH, changed, home_view
from ui.slack.work.block_kit import read_value, value_of
from ui.slack.work.channel_setup import RULES, Place, read_rules, set_rules
from ui.slack.work.votes import REASON, WRONG, Complaint, judge


# Dialogues that were filled in: what is wrong with a quote, the rules of a channel.
def register_dialogs(app: App, bot: Bot) -> None:
    """Listen for dialogues."""

    @app.view(WRONG)
    def complained(ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext) -> None:
        ack()
        complaint = read_value(Complaint, view.get("private_metadata"))
        chosen = view["state"]["values"][REASON][REASON].get("selected_option")
        if complaint and chosen:
            reply_to = ReplyTo(complaint.url, complaint.thread_ts)
            verdict = Verdict(chosen["value"])
            user = str(body["user"]["id"])
            bot.crew.at_once(judge, bot, workspace_of(context), user, complaint.vote, verdict, reply_to)

    @app.view(RULES)
    def ruled(ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        ack()
        place = read_value(Place, view.get("private_metadata"))
        if place:
            rules = read_rules(view["state"]["values"])
            bot.crew.at_once(set_rules, bot, client, workspace_of(context), str(body["user"]["id"]), place, rules)


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
