"""Answers that only the asker sees: by the command or a button; another quote, and sharing with the channel."""

from dataclasses import dataclass
from typing import Any

from knowledge.model.errors import AskIlyaError
from ui.slack.bot import Bot
from ui.slack.slack_client import ReplyTo
from ui.slack.slack_logs import LOG, told
from ui.slack.slack_texts import slack_texts
from ui.slack.state.preferences import ChannelRules
from ui.slack.work.block_kit import COMMAND, Shown, answer_messages, help_message, notice
from ui.slack.work.question_answers import another, answer, framed, framed_again, language_for, refusal


@dataclass(frozen=True)
class Asker:
    """Somebody who used a command, a button or a shortcut, and where to answer them."""

    workspace: str
    channel: str
    user: str
    reply_to: ReplyTo

    @classmethod
    def of(cls, body: dict[str, Any], workspace: str) -> "Asker | None":
        """Return who sent a request; None where there is no address to answer, as on the App Home."""
        reply_to = ReplyTo.of(body)
        channel = body.get("channel_id") or (body.get("channel") or {}).get("id") or ""
        user = body.get("user_id") or (body.get("user") or {}).get("id") or ""
        return cls(workspace, channel, user, reply_to) if reply_to else None

    def rules(self, bot: Bot) -> ChannelRules:
        """Return the rules of the channel they are in."""
        return bot.channels.rules(self.workspace, self.channel)


def ask(bot: Bot, asker: Asker, question: str) -> None:
    """Answer a question."""
    _answer(bot, asker, question, Shown(answers=(), language=language_for(question, asker.rules(bot))))


def ask_for_another(bot: Bot, asker: Asker, shown: Shown) -> None:
    """Show the next best quote about the same question."""
    saved = bot.records.answer(shown.answers[-1])
    if saved is None:
        asker.reply_to.send(notice(slack_texts(shown.language).gone))
    else:
        _answer(bot, asker, saved.question, shown)


def share(bot: Bot, asker: Asker, shown: Shown, message_ts: str) -> None:
    """Post the answer that a private message shows for everybody in the channel, and take the private one away."""
    saved = bot.records.answer(shown.answers[-1])
    if saved is None or not saved.quotes:
        asker.reply_to.send(notice(slack_texts(shown.language).gone))
        return
    if not bot.seen.claim("share", asker.workspace, asker.channel, message_ts, saved.id):
        return
    messages = answer_messages(
        framed_again(bot, saved, shown.language),
        saved.id,
        language=shown.language,
        page_url=bot.settings.page_url,
        shared_by=asker.user,
    )
    asker.reply_to.send(*messages, everybody=True)
    asker.reply_to.remove()


def show_help(bot: Bot, asker: Asker) -> None:
    """Say what the bot can do."""
    language = language_for("", asker.rules(bot))
    asker.reply_to.send(help_message(language, subject=bot.subject, examples=bot.examples(language)))


def _answer(bot: Bot, asker: Asker, question: str, shown: Shown) -> None:
    rules, language = asker.rules(bot), shown.language
    own = slack_texts(language)
    if not rules.allowed:
        asker.reply_to.send(notice(own.switched_off.format(command=COMMAND)))
        return
    wishes = bot.preferences.wishes(asker.workspace, asker.user)
    before = [one.quote for saved in map(bot.records.answer, shown.answers) if saved for one in saved.quotes]
    try:
        if before:
            found = another(bot, question, before, rules=rules, wishes=wishes)
        else:
            found = answer(bot, question, rules=rules, wishes=wishes)
    except Exception as error:  # noqa: BLE001 - whoever asked is told, in our words; the log says what and where
        if not isinstance(error, AskIlyaError):
            LOG.error("not answered: %s", told(error))
        asker.reply_to.send(notice(refusal(error, question, language)))
        return
    if found is None:
        asker.reply_to.send(notice(own.no_other))
        return
    framing, private = framed(bot, found, language), shown.then(found.id)
    url = bot.settings.page_url
    asker.reply_to.send(*answer_messages(framing, found.id, language=language, page_url=url, private=private))
