"""“Did Ilya say this?” on anybody's message."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from ui.slack.bot import Bot
from ui.slack.events import as_typed, workspace_of
from ui.slack.work.private_replies import Asker
from ui.slack.work.quotation_checks import CHECK_MESSAGE, check, nothing_to_check


def register(app: App, bot: Bot) -> None:
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
