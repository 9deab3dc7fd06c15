"""Did he say this? The verdict, seen by who asked, and shared when they wish."""

from pydantic import BaseModel, ConfigDict

from assistant.checking import ClaimRefused
from knowledge.model.errors import AskIlyaError
from ui.rendering import slack_messages, verdict_blocks, verdict_frame, verdict_line
from ui.rendering.page_texts import page_texts
from ui.rendering.slack_blocks import Block, remark, rich_text, section, text
from ui.rendering.verdicts import refusal
from ui.slack.bot import Bot
from ui.slack.slack_logs import LOG, told
from ui.slack.slack_texts import slack_texts
from ui.slack.work.block_kit import COMMAND, Message, actions, button, notice, permalink, user
from ui.slack.work.private_replies import Asker
from ui.slack.work.question_answers import language_for

CHECK_MESSAGE = "check_message"
SHARE_CHECK = "share_check"
_MAX_VALUE = 2_000
"""Characters that a button can carry."""


class Checked(BaseModel):
    """A text that was checked, on the button that shares the verdict: it is checked again when it is shared."""

    model_config = ConfigDict(frozen=True)

    text: str
    language: str


def check(bot: Bot, asker: Asker, claim: str) -> None:
    """Check a text and show the verdict to who asked."""
    rules = asker.rules(bot)
    language = language_for(claim, rules)
    own = slack_texts(language)
    if not rules.allowed:
        asker.reply_to.send(notice(own.switched_off.format(command=COMMAND)))
        return
    try:
        blocks, line = _verdict(bot, claim, language)
    except Exception as error:  # noqa: BLE001 - whoever asked is told, in our words; the log says what and where
        asker.reply_to.send(notice(_refused(error, claim, language)))
        return
    checked = Checked(text=claim, language=language)
    sharing = actions(button(own.share, SHARE_CHECK, checked)) if _fits(checked) else remark(own.too_long_to_share)
    asker.reply_to.send(*_messages([*blocks, sharing], line))


def share_check(bot: Bot, asker: Asker, checked: Checked, message_ts: str) -> None:
    """Post the verdict for everybody in the channel, with the text it is about."""
    if not bot.seen.claim("share", asker.workspace, asker.channel, message_ts, SHARE_CHECK):
        return
    own = slack_texts(checked.language)
    blocks, line = _verdict(bot, checked.text, checked.language)
    head = rich_text([section(text(own.shared_by), user(asker.user)), section(text(own.claim), text(checked.text))])
    asker.reply_to.send(*_messages([*head, *blocks], line), everybody=True)
    asker.reply_to.remove()


def check_usage(bot: Bot, asker: Asker) -> None:
    """Say how to check a quotation."""
    own = slack_texts(language_for("", asker.rules(bot)))
    asker.reply_to.send(notice(own.check_usage.format(command=COMMAND)))


def nothing_to_check(bot: Bot, asker: Asker) -> None:
    """Say that a message has no text."""
    asker.reply_to.send(notice(slack_texts(language_for("", asker.rules(bot))).nothing_to_check))


def _verdict(bot: Bot, claim: str, language: str) -> tuple[list[Block], str]:
    shown = verdict_frame(bot.assistant.check(claim), subject=bot.subject, language=language)
    url, own = bot.settings.page_url, slack_texts(language)
    return verdict_blocks(shown, lambda place: permalink(place.quote_id, url, own)), verdict_line(shown)


def _messages(blocks: list[Block], line: str) -> list[Message]:
    return [Message(text=line, blocks=part) for part in slack_messages(blocks)]


def _fits(checked: Checked) -> bool:
    return len(checked.model_dump_json()) <= _MAX_VALUE


def _refused(error: Exception, claim: str, language: str) -> str:
    if isinstance(error, ClaimRefused):
        return refusal(claim, language=language)
    if isinstance(error, AskIlyaError):
        return str(error)
    LOG.error("not checked: %s", told(error))
    return page_texts(language).failed
