"""What somebody asks by a command, a button or a shortcut, kept until only they see its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import SQLAlchemyError

from ui.slack.bot import Bot
from ui.slack.slack_client import ReplyTo
from ui.slack.slack_logs import LOG, told
from ui.slack.state.unanswered import Unanswered
from ui.slack.work.block_kit import Shown
from ui.slack.work.private_replies import Asker, ask, ask_for_another
from ui.slack.work.quotation_checks import check

PRIVATE = "private"


class PrivateRequest(BaseModel):
    """A question, a claim to check, or the wish for another quote than those shown."""

    model_config = ConfigDict(frozen=True)

    what: Literal["ask", "check", "another"]
    asker: Asker
    text: str = ""
    shown: Shown | None = None


def take_privately(bot: Bot, request: PrivateRequest) -> None:
    """Keep a request that is acknowledged already, and have it answered; where it cannot be kept, without."""
    asker, key = request.asker, f"{PRIVATE}:{uuid4().hex}"
    try:
        asked = request.model_dump(mode="json")
        bot.unanswered.take(key, PRIVATE, asked, workspace=asker.workspace, user=asker.user)
    except SQLAlchemyError as error:
        LOG.warning("a request is not kept: %s", told(error))
    bot.crew.answer(answer_privately, bot, request, key)


def answer_privately(bot: Bot, request: PrivateRequest, key: str) -> None:
    """Answer a request that is kept under a key, and forget it."""
    sent_to = request.asker.reply_to
    reply_to = _Told(sent_to.url, sent_to.thread_ts, unanswered=bot.unanswered, key=key)
    try:
        _WORK[request.what](bot, replace(request.asker, reply_to=reply_to), request)
    finally:
        bot.unanswered.done(key)


@dataclass(frozen=True, kw_only=True)
class _Told(ReplyTo):
    """An address that remembers when an answer leaves for it."""

    unanswered: Unanswered
    key: str

    def _post(self, body: dict[str, Any]) -> None:
        self.unanswered.sending(self.key)
        super()._post(body)


def _another(bot: Bot, asker: Asker, request: PrivateRequest) -> None:
    if request.shown:
        ask_for_another(bot, asker, request.shown)


_WORK: Mapping[str, Callable[[Bot, Asker, PrivateRequest], None]] = {
    "ask": lambda bot, asker, request: ask(bot, asker, request.text),
    "check": lambda bot, asker, request: check(bot, asker, request.text),
    "another": _another,
}
