"""Listeners for messages: to the bot alone, in a thread, mentions of it, and the shortcut on anybody's message."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse
from slack_sdk import WebClient

from ui.slack.bot import Bot
from ui.slack.events import as_typed, heard, workspace_of
from ui.slack.slack_logs import LOG, told
from ui.slack.work.private_replies import Asker
from ui.slack.work.private_requests import PrivateRequest, take_privately
from ui.slack.work.quotation_checks import CHECK_MESSAGE, nothing_to_check
from ui.slack.work.thread_messages import admit, take_up


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
            take_privately(bot, PrivateRequest(what="check", asker=asker, text=typed))
        else:
            bot.crew.at_once(nothing_to_check, bot, asker)


# Bolt acknowledges an event as soon as its middleware has run: what is acknowledged is kept.
_KEPT = "kept"


def _keeping(bot: Bot) -> Callable[..., BoltResponse | None]:
    """Return the middleware that keeps a message before it is acknowledged; what cannot be kept, Slack sends again."""

    def keep(event: dict[str, Any], context: BoltContext, next_: Callable[[], None]) -> BoltResponse | None:
        message = heard(event, workspace=workspace_of(context), bot=context.bot_user_id)
        try:
            if message and (message.direct or message.in_thread or message.addressed) and admit(bot, message):
                context[_KEPT] = message
        except Exception as error:  # noqa: BLE001 - whatever keeps us from keeping it; its own text may hold what was typed
            LOG.error("not taken up: %s", told(error))
            return BoltResponse(status=503)
        next_()
        return None

    return keep


# Somebody mentions the bot.
def register_mentions(app: App, bot: Bot) -> None:
    """Listen for mentions."""

    @app.event("app_mention", middleware=[_keeping(bot)])
    def mentioned(context: BoltContext, client: WebClient) -> None:
        if _KEPT in context:
            bot.crew.at_once(take_up, bot, client, context[_KEPT])


def register(app: App, bot: Bot) -> None:
    """Listen for messages."""

    @app.event("message", middleware=[_keeping(bot)])
    def said(context: BoltContext, client: WebClient) -> None:
        if _KEPT in context:
            bot.crew.at_once(take_up, bot, client, context[_KEPT])
