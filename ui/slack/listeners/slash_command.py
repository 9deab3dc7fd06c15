"""`/ilya …`: a question, a quotation to check, settings, help. Only the one who types it sees the answer."""

from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from assistant.answers import Stage
from assistant.question.questions import language_of
from ui.rendering.page_texts import page_texts
from ui.slack.bot import Bot
from ui.slack.events import as_typed, workspace_of
from ui.slack.work.block_kit import COMMAND
from ui.slack.work.channel_setup import open_rules
from ui.slack.work.private_replies import Asker, show_help
from ui.slack.work.private_requests import PrivateRequest, take_privately
from ui.slack.work.quotation_checks import check_usage


def register(app: App, bot: Bot) -> None:
    """Listen for the command."""

    @app.command(COMMAND)
    def commanded(ack: Ack, command: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        typed = as_typed(command.get("text") or "")
        asker = Asker.of(command, workspace_of(context))
        if asker is None:
            ack()
            return
        first, _, rest = typed.partition(" ")
        if first.lower() in ("", "help"):
            ack()
            bot.crew.at_once(show_help, bot, asker)
        elif first.lower() == "settings" and not rest:
            ack()
            bot.crew.at_once(open_rules, bot, client, asker, command["trigger_id"])
        elif first.lower() == "check":
            if not rest.strip():
                ack()
                bot.crew.at_once(check_usage, bot, asker)
                return
            _working(ack, rest)
            take_privately(bot, PrivateRequest(what="check", asker=asker, text=rest.strip()))
        else:
            _working(ack, typed)
            take_privately(bot, PrivateRequest(what="ask", asker=asker, text=typed))


def _working(ack: Ack, typed: str) -> None:
    """Acknowledge with a status, from nothing but what was typed: no database may keep Slack waiting."""
    ack(page_texts(language_of(typed)).steps[Stage.SEARCHING])
