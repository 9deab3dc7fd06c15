"""The Bolt app: only wires listeners to the bot."""

from concurrent.futures import Executor

from slack_bolt import App
from slack_sdk import WebClient

from ui.slack.bot import Bot
from ui.slack.listeners import mentions, messages
from ui.slack.logs import LOG, bolt_logger, told


def build_app(bot: Bot, client: WebClient, *, executor: Executor | None = None) -> App:
    """Return the app."""
    app = App(
        client=client,
        name="ask-ilya",
        logger=bolt_logger(),
        listener_executor=executor,
    )
    for kind in (mentions, messages):
        kind.register(app, bot)

    @app.error
    def failed(error: Exception) -> None:
        LOG.error("not handled: %s", told(error))

    return app
