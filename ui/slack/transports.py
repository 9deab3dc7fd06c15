"""The bot over HTTP, beside the web page: `/slack/…` is Slack's, proved by its signature; all else is the page's."""

from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.slack.errors import SlackNotReady
from ui.slack.slack_settings import SlackSettings

_ROOT = "/slack/"
_MAX_BYTES = 1_000_000


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
