"""The Bolt app: only wires listeners to the bot."""

from concurrent.futures import Executor

from slack_bolt import App
from slack_bolt.error import BoltError
from slack_sdk import WebClient

from ui.slack.bot import Bot
from ui.slack.listeners import actions, messages, slash_command, views
from ui.slack.manifest import oauth_settings
from ui.slack.slack_client import web_client
from ui.slack.slack_logs import LOG, SLACK_FAILED, bolt_logger, told
from ui.slack.slack_settings import SlackNotReady

_LISTENERS = (
    messages.register_mentions,
    messages.register,
    slash_command.register,
    messages.register_shortcuts,
    actions.register,
    views.register,
    views.register_dialogs,
)


def build_app(bot: Bot, *, client: WebClient | None = None, executor: Executor | None = None) -> App:
    """Return the app, for one workspace or, where the settings have a client id and secret, for all that install it.

    Args:
        bot: what the listeners share.
        client: of Slack's Web API; by default one as the settings say.
        executor: runs what only acknowledges; by default some threads.

    Raises:
        SlackNotReady: there is no token, or Slack refuses it.
    """
    settings = bot.settings
    secret = settings.signing_secret.get_secret_value() if settings.signing_secret else ""
    oauth = oauth_settings(bot.assistant.library, settings)
    token = settings.bot_token.get_secret_value() if settings.bot_token and not oauth else None
    if not token and not oauth:
        raise SlackNotReady.without("SLACK_BOT_TOKEN")
    try:
        app = App(
            client=client or web_client(settings, token),
            name="ask-ilya",
            logger=bolt_logger(),
            signing_secret=secret,
            oauth_settings=oauth,
            listener_executor=executor,
        )
    except (BoltError, *SLACK_FAILED) as error:
        raise SlackNotReady(
            "Slack refuses the bot token or cannot be reached: `ilya slack --check` says which."
        ) from error
    if oauth:
        app.enable_token_revocation_listeners()
    for register in _LISTENERS:
        register(app, bot)

    @app.error
    def failed(error: Exception) -> None:
        LOG.error("not handled: %s", told(error))

    return app
