"""The bot over HTTP beside the page: signatures, and many workspaces."""

import hashlib
import hmac
import json
import time
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from assistant import Assistant
from tests.loops import run
from tests.ui.slack.conftest import Inline, envelope, message
from tests.ui.slack.fake import FakeSlack
from tests.ui.slack.reading import quotes
from ui.slack.app import build_app
from ui.slack.bot import Bot
from ui.slack.slack_settings import SlackNotReady, SlackSettings
from ui.slack.transports import WithSlack, slack_routes
from ui.slack.work.workers import Crew

SECRET = "s3cret"
MENTION = message("<@UBOT> Why do bees dance?", type="app_mention")


class Site:
    """The page with the bot in front of it."""

    def __init__(self, assistant: Assistant, settings: SlackSettings) -> None:
        bot = Bot.over(assistant, settings, Crew(Inline(), Inline()))
        self.app: ASGIApp = WithSlack(
            PlainTextResponse("the page"), slack_routes(build_app(bot, executor=Inline()), settings)
        )

    def post(self, body: str | bytes, *, secret: str = SECRET, age: int = 0, **headers: str) -> httpx.Response:
        """Send a body signed as Slack does."""
        raw = body.encode() if isinstance(body, str) else body
        at = str(int(time.time()) - age)
        signed = hmac.new(secret.encode(), b"v0:" + at.encode() + b":" + raw, hashlib.sha256).hexdigest()
        sent = {
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": f"v0={signed}",
            "Content-Type": "application/json",
        }
        return self.request("POST", "/slack/events", content=raw, headers=sent | headers)

    def request(self, verb: str, path: str, **options: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="https://bot.example") as client:
                return await client.request(verb, path, **options)

        return run(send())


@pytest.fixture
def signed(bot: Bot, settings: SlackSettings) -> Site:
    """A site in one workspace."""
    return Site(bot.assistant, settings.model_copy(update={"signing_secret": SecretStr(SECRET)}))


@pytest.fixture
def shared(bot: Bot, settings: SlackSettings) -> Site:
    """A site that many workspaces can install."""
    many = {"signing_secret": SecretStr(SECRET), "client_id": "1.2", "client_secret": SecretStr("x"), "bot_token": None}
    return Site(bot.assistant, settings.model_copy(update=many))


def test_what_slack_signed_is_answered(signed: Site, slack: FakeSlack) -> None:
    assert signed.post(json.dumps(envelope(MENTION))).status_code == 200
    assert quotes(slack.of("chat.stopStream")[0]["blocks"])


@pytest.mark.parametrize(
    "options",
    [{"secret": "wrong"}, {"age": 600}, {"X-Slack-Signature": "v0=00"}, {"X-Slack-Signature": ""}],
    ids=["another secret", "ten minutes old", "a wrong signature", "no signature"],
)
def test_what_slack_did_not_sign_just_now_is_401_and_nothing_happens(
    signed: Site, slack: FakeSlack, options: dict[str, Any]
) -> None:
    before = len(slack.calls)
    assert signed.post(json.dumps(envelope(MENTION)), **options).status_code == 401
    assert len(slack.calls) == before


def test_slack_s_first_question_is_answered(signed: Site) -> None:
    asked = signed.post(json.dumps({"type": "url_verification", "challenge": "abc"}))
    assert asked.status_code == 200
    assert asked.json()["challenge"] == "abc"


@pytest.mark.parametrize(("body", "status"), [(b"\xff\xfe", 400), (b"{" * 1_000_001, 413)], ids=["bytes", "too much"])
def test_what_is_no_request_is_refused(signed: Site, body: bytes, status: int) -> None:
    assert signed.post(body).status_code == status


def test_everything_else_is_the_page_s(signed: Site) -> None:
    assert signed.request("GET", "/").text == "the page"
    assert signed.request("GET", "/slackers").text == "the page"
    assert signed.request("GET", "/slack/events").status_code == 405
    assert signed.request("GET", "/slack/install").status_code == 404


def test_without_a_secret_it_does_not_start(bot: Bot, settings: SlackSettings) -> None:
    with pytest.raises(SlackNotReady, match="SLACK_SIGNING_SECRET"):
        Site(bot.assistant, settings)


def test_a_workspace_that_never_installed_the_bot_gets_nothing(shared: Site, slack: FakeSlack) -> None:
    assert shared.post(json.dumps(envelope(MENTION, team="T404"))).status_code == 200
    assert slack.of("chat.startStream", "chat.postMessage", "chat.stopStream") == []


def test_a_workspace_installs_the_bot_and_is_answered_with_its_own_token(shared: Site, slack: FakeSlack) -> None:
    page = shared.request("GET", "/slack/install")
    (address,) = (
        part for part in unescape(page.text).split('"') if part.startswith("https://slack.com/oauth/v2/authorize")
    )
    asked = parse_qs(urlsplit(address).query)
    assert set(asked["scope"][0].split(",")) >= {"chat:write", "app_mentions:read", "commands"}
    state = asked["state"][0]
    cookie = page.headers["set-cookie"].split(";")[0]
    done = shared.request("GET", f"/slack/oauth_redirect?code=c1&state={state}", headers={"Cookie": cookie})
    assert done.status_code == 200
    again = shared.request("GET", f"/slack/oauth_redirect?code=c1&state={state}", headers={"Cookie": cookie})
    assert again.status_code == 401

    mention = message("<@UBOT> Why do bees dance?", type="app_mention")
    assert shared.post(json.dumps(envelope(mention, team="T2"))).status_code == 200
    (stopped,) = (call for call in slack.calls if call.method == "chat.stopStream")
    assert stopped.token == "xoxb-two"
    assert quotes(stopped.body["blocks"])

    removed = {"type": "event_callback", "team_id": "T2", "api_app_id": "A1", "event_id": "Ev-gone"}
    shared.post(json.dumps(removed | {"event": {"type": "app_uninstalled"}}))
    slack.calls.clear()
    shared.post(json.dumps(envelope(message("<@UBOT> Do ants dance?", type="app_mention"), team="T2")))
    assert slack.of("chat.stopStream", "chat.postMessage") == []
