"""Socket Mode: the bot connects to Slack, so that nothing has to be reachable from outside."""

import signal
from collections.abc import Callable
from threading import Event
from types import FrameType

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from ui.slack.bot import Bot
from ui.slack.errors import SlackNotReady
from ui.slack.slack_logs import SLACK_FAILED, code_of_any


def run_socket_mode(app: App, bot: Bot, *, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until the process is told to stop; then answer what was taken up, and end.

    Args:
        app: the Bolt app.
        bot: what its listeners share.
        ready: called when the connection stands.

    Raises:
        SlackNotReady: there is no app-level token, or Slack refuses it.
    """
    if bot.settings.app_token is None:
        raise SlackNotReady.without("SLACK_APP_TOKEN")
    stop = Event()

    def stopped(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stopped)
    handler = SocketModeHandler(app, bot.settings.app_token.get_secret_value())
    try:
        handler.client.connect()
    except SLACK_FAILED as error:
        handler.client.close()
        raise SlackNotReady(
            f"Slack does not open a connection ({code_of_any(error)}): `ilya slack --check` says why."
        ) from error
    ready()
    stop.wait()
    handler.client.close()
    app.listener_runner.listener_executor.shutdown()
    bot.crew.close()
