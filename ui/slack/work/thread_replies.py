"""An answer that grows in a thread: a status at once, task cards as it is worked on, at the end the verified quotes.

Nothing but our own lines about the work is streamed before every quote is verified. Where Slack cannot or will no
longer stream, the message is updated or posted instead; the answer is the same.
"""

import time
from collections.abc import Sequence
from typing import NamedTuple

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks.block_elements import UrlSourceElement
from slack_sdk.models.messages.chunk import TaskUpdateChunk
from slack_sdk.web.chat_stream import ChatStream

from assistant.answers import NumberedQuote, Stage, Step
from ui.rendering import Frame
from ui.rendering.page_texts import page_texts
from ui.rendering.slack_blocks import LINKABLE
from ui.slack.events import Heard
from ui.slack.slack_client import impatient
from ui.slack.slack_logs import LOG, SLACK_FAILED, told
from ui.slack.slack_texts import slack_texts
from ui.slack.state.unanswered import Unanswered
from ui.slack.work.block_kit import Message

_APART = 1.0
"""Seconds between two updates of the task cards; Slack limits how often a message may change."""


def set_status(client: WebClient, heard: Heard, status: str) -> None:
    """Show under the bot's name what it is doing, or with an empty status nothing; done without where Slack refuses."""
    try:
        impatient(client).assistant_threads_setStatus(
            channel_id=heard.channel, thread_ts=heard.thread.ts, status=status
        )
    except SLACK_FAILED as error:
        LOG.info("no status: %s", told(error))


def post(client: WebClient, heard: Heard, messages: Sequence[Message]) -> None:
    """Post messages in the thread of what was heard."""
    for message in messages:
        client.chat_postMessage(
            channel=heard.channel,
            thread_ts=heard.thread.ts,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )


class Kept(NamedTuple):
    """Under which key a question is kept, and the message in which its answer was begun before."""

    unanswered: Unanswered
    key: str
    reply_ts: str | None = None

    def leaves(self) -> None:
        """Remember that the answer is on its way."""
        self.unanswered.sending(self.key)


class Reply:
    """One answer in the making."""

    def __init__(self, client: WebClient, heard: Heard, language: str, kept: Kept) -> None:
        self._client = client
        self._heard = heard
        self._page = page_texts(language)
        self._own = slack_texts(language)
        self._tasks: dict[Stage, str] = {}
        self._pending: dict[str, TaskUpdateChunk] = {}
        self._kept = kept
        self._live = kept.reply_ts is None  # a stream that another process began takes no more cards
        self._last = 0.0
        self._stream: ChatStream = impatient(client).chat_stream(
            channel=heard.channel,
            thread_ts=heard.thread.ts,
            recipient_team_id=heard.workspace,
            recipient_user_id=heard.user,
        )

    def watch(self, event: Step | NumberedQuote) -> None:
        """Show what is going on."""
        if isinstance(event, Step):
            self._all("complete")
            self._tasks[event.stage] = self._page.steps[event.stage].format(count=event.count)
            self._put(event.stage, "in_progress")
            self._flush()

    def finish(self, messages: Sequence[Message], shown: Frame) -> None:
        """Show the answer, and what was checked for it."""
        self._all("complete")
        if shown.cards:
            self._tasks[Stage.CHECKING] = self._own.checked.format(count=len(shown.cards))
            self._put(Stage.CHECKING, "complete", _sources(shown))
        self._deliver(messages)

    def fail(self, message: Message) -> None:
        """Say why there is no answer."""
        self._all("error")
        self._deliver([message])

    @property
    def _ts(self) -> str | None:
        return self._stream.ts or self._kept.reply_ts

    def _all(self, status: str) -> None:
        for stage in self._tasks:
            self._put(stage, status)

    def _put(self, stage: Stage, status: str, sources: list[UrlSourceElement] | None = None) -> None:
        chunk = TaskUpdateChunk(id=stage.value, title=self._tasks[stage], status=status, sources=sources)
        self._pending[stage.value] = chunk

    def _flush(self) -> None:
        now = time.monotonic()
        begun = self._stream.ts
        if not self._live or (begun and now - self._last < _APART):
            return
        try:
            self._stream.append(chunks=list(self._pending.values()))
            if self._stream.ts and not begun:
                self._kept.unanswered.answers_in(self._kept.key, self._stream.ts)
        except SLACK_FAILED as error:
            self._live = False
            LOG.info("no task cards: %s", told(error))
        self._last = now
        self._pending.clear()

    def _deliver(self, messages: Sequence[Message]) -> None:
        first, *rest = messages
        self._kept.leaves()
        if not self._stopped(first) and not self._updated(first):
            post(self._client, self._heard, [first])
        post(self._client, self._heard, rest)

    def _stopped(self, message: Message) -> bool:
        if not self._ts:
            return False
        try:
            # not by the stream's own client, which does not wait out a rate limit
            self._client.chat_stopStream(
                channel=self._heard.channel,
                ts=self._ts,
                chunks=list(self._pending.values()),
                blocks=message.blocks,
            )
        except SLACK_FAILED as error:
            LOG.info("the stream cannot be ended: %s", told(error))
            return False
        return True

    def _updated(self, message: Message) -> bool:
        if not self._ts:
            return False
        try:
            self._client.chat_update(channel=self._heard.channel, ts=self._ts, text=message.text, blocks=message.blocks)
        except SlackApiError as error:
            LOG.info("the message cannot be updated: %s", told(error))
            return False
        return True


def _sources(shown: Frame) -> list[UrlSourceElement]:
    linked = {card.link: card.attribution for card in shown.cards if card.link and card.link.startswith(LINKABLE)}
    return [UrlSourceElement(url=url, text=title) for url, title in linked.items()]
