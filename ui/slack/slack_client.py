"""How Slack is called: clients that wait when Slack asks them to, and the one-way address that comes with a command,
a button or a shortcut."""

from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackRequestError
from slack_sdk.http_retry import RetryHandler, default_retry_handlers
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler, ServerErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from ui.slack.slack_logs import bolt_logger
from ui.slack.slack_settings import SlackSettings
from ui.slack.work.block_kit import Message

_RATE_LIMIT_RETRIES = 5
"""Each waits as long as Slack's answer says."""
_SERVER_ERROR_RETRIES = 3
"""The pauses between them double, from half a second."""
_SECONDS = 30
"""What one request to Slack may take; its own client's default."""


def web_client(settings: SlackSettings, token: str | None = None) -> WebClient:
    """Return a client for Slack's Web API that waits out rate limits and tries again after server errors."""
    logger = bolt_logger()
    return WebClient(token, settings.api_url, timeout=_SECONDS, logger=logger, retry_handlers=_patience())


def impatient(client: WebClient) -> WebClient:
    """Return the same client without any second try, for what is not worth waiting for."""
    return WebClient(
        client.token,
        client.base_url,
        timeout=_SECONDS,
        ssl=client.ssl,
        proxy=client.proxy,
        logger=client.logger,
        retry_handlers=[],
    )


@dataclass(frozen=True)
class ReplyTo:
    """Where to answer somebody who used a command, a button or a shortcut; works without being in the channel."""

    url: str
    thread_ts: str | None = None

    @classmethod
    def of(cls, body: dict[str, Any]) -> "ReplyTo | None":
        """Return the address in a request, and the thread it came from; None on the App Home, which has none."""
        url = body.get("response_url")
        place = body.get("container") or body.get("message") or {}
        return cls(url, place.get("thread_ts")) if url else None

    def send(self, *messages: Message, everybody: bool = False) -> None:
        """Send messages, seen by everybody in the channel or only by the one who asked.

        Raises:
            SlackRequestError: Slack does not take one.
        """
        seen_by = "in_channel" if everybody else "ephemeral"
        for message in messages:
            self._post({**message.model_dump(), "response_type": seen_by, "replace_original": False})

    def remove(self) -> None:
        """Take away the private message that the button was on."""
        self._post({"delete_original": True})

    def _post(self, body: dict[str, Any]) -> None:
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        client = WebhookClient(self.url, timeout=_SECONDS, logger=bolt_logger(), retry_handlers=_patience())
        answer = client.send_dict(body)
        if answer.status_code != 200:
            raise SlackRequestError(f"The response address answered with status {answer.status_code}.")


def _patience() -> list[RetryHandler]:
    return [
        *default_retry_handlers(),
        RateLimitErrorRetryHandler(max_retry_count=_RATE_LIMIT_RETRIES),
        ServerErrorRetryHandler(max_retry_count=_SERVER_ERROR_RETRIES),
    ]
