"""Transports: events reach the bot by Socket Mode, or by HTTP beside the page, proved by Slack's signature."""

import signal
from collections.abc import Callable
from threading import Event
from types import FrameType

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.slack.bot import Bot
from ui.slack.slack_logs import SLACK_FAILED, code_of_any
from ui.slack.slack_settings import SlackNotReady, SlackSettings


# Socket Mode: the bot connects to Slack, so that nothing has to be reachable from outside.
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


_ROOT = "/slack/"
_MAX_BYTES = 1_000_000
"""Bytes of a request; chosen by hand, far above an event of Slack's."""


class WithSlack:
    """The web application with the bot mounted on it."""

    def __init__(self, page: ASGIApp, slack: ASGIApp) -> None:
        self._page = page
        self._slack = slack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to Slack's routes or to the page."""
        slack = scope["type"] == "http" and scope["path"].startswith(_ROOT)
        await (self._slack if slack else self._page)(scope, receive, send)


def slack_routes(app: App, settings: SlackSettings) -> ASGIApp:
    """Return the routes that Slack calls, and those by which a workspace installs the bot.

    Raises:
        SlackNotReady: without a signing secret anybody could pretend to be Slack.
    """
    if settings.signing_secret is None:
        raise SlackNotReady.without("SLACK_SIGNING_SECRET")

    async def events(request: Request) -> Response:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _MAX_BYTES:
                return PlainTextResponse("Too large", 413)
        try:
            asked = to_bolt_request(request, bytes(body))
        except ValueError:
            return PlainTextResponse("Not a request of Slack", 400)
        # Bolt waits for the acknowledgement, which must not hold up the page
        return to_starlette_response(await run_in_threadpool(app.dispatch, asked))

    routes = [Route(f"{_ROOT}events", events, methods=["POST"])]
    flow = app.oauth_flow
    if flow:

        async def install(request: Request) -> Response:
            asked = to_bolt_request(request, b"")
            return to_starlette_response(await run_in_threadpool(flow.handle_installation, asked))

        async def redirected(request: Request) -> Response:
            asked = to_bolt_request(request, b"")
            return to_starlette_response(await run_in_threadpool(flow.handle_callback, asked))

        routes += [Route(flow.install_path, install), Route(flow.redirect_uri_path, redirected)]
    return Starlette(routes=routes)
