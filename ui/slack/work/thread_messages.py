"""Messages in threads: whether one is for us, its answer, and a conversation the bot begins from the App Home."""

from pathlib import Path

from slack_sdk import WebClient

from knowledge.model.errors import AskIlyaError
from knowledge.model.word_rules import RuleFile
from ui.rendering import Frame
from ui.slack.bot import Bot
from ui.slack.events import Heard
from ui.slack.slack_logs import LOG, told
from ui.slack.slack_texts import slack_texts
from ui.slack.state.conversations import Thread
from ui.slack.state.preferences import ChannelRules
from ui.slack.work.block_kit import COMMAND, Message, answer_messages, help_message, notice
from ui.slack.work.question_answers import answer, framed, language_for, refusal
from ui.slack.work.thread_replies import Kept, Reply, post, set_status

WANTS = RuleFile(Path(__file__).with_suffix(".yaml"))

MESSAGE = "message"


def admit(bot: Bot, heard: Heard) -> bool:
    """Keep a message until it is answered; False where it is not for us, or was taken up before."""
    rules = rules_for(bot, heard)
    if not (heard.direct or heard.addressed) and not _follows_up(bot, heard, rules):
        return False
    asked = heard.model_dump(mode="json")
    return bot.unanswered.take(_key(heard), MESSAGE, asked, workspace=heard.workspace, user=heard.user)


def take_up(bot: Bot, client: WebClient, heard: Heard) -> None:
    """Answer a message that was admitted."""
    try:
        rules = rules_for(bot, heard)
        if rules.allowed and heard.text:
            if _expects_reply(heard):
                set_status(client, heard, slack_texts(language_for(heard.text, rules)).working)
            bot.threads.enter(heard.thread)
    except Exception:
        bot.unanswered.release(_key(heard))
        raise
    if rules.allowed and heard.text:
        bot.crew.answer(answer_kept, bot, client, heard, rules, _key(heard))
        return
    bot.unanswered.sending(_key(heard))
    try:
        _say_why_not(bot, client, heard, rules)
    finally:
        bot.unanswered.done(_key(heard))


def _say_why_not(bot: Bot, client: WebClient, heard: Heard, rules: ChannelRules) -> None:
    """Say that the bot is switched off here; to a message without words, what it can do."""
    language = language_for(heard.text, rules)
    if not rules.allowed:
        said = notice(slack_texts(language).switched_off.format(command=COMMAND))
        client.chat_postEphemeral(channel=heard.channel, user=heard.user, text=said.text, blocks=said.blocks)
    else:
        post(client, heard, [help_message(language, subject=bot.subject, examples=bot.examples(language))])


def rules_for(bot: Bot, heard: Heard) -> ChannelRules:
    """Return the rules of the channel a message stands in."""
    return ChannelRules() if heard.direct else bot.channels.rules(heard.workspace, heard.channel)


def answer_kept(
    bot: Bot, client: WebClient, heard: Heard, rules: ChannelRules, key: str, *, reply_ts: str | None = None
) -> None:
    """Answer a message that is kept under a key, and forget it; `reply_ts`: in the message begun for it before."""
    try:
        _reply(bot, client, heard, rules, Kept(bot.unanswered, key, reply_ts))
    finally:
        bot.unanswered.done(key)


def _reply(bot: Bot, client: WebClient, heard: Heard, rules: ChannelRules, kept: Kept) -> None:
    """Answer a message in its thread; what nobody asked us and nothing answers is left alone."""
    language = language_for(heard.text, rules)
    live = Reply(client, heard, language, kept) if _expects_reply(heard) else None
    try:
        found = answer(
            bot,
            heard.text,
            rules=rules,
            wishes=bot.preferences.wishes(heard.workspace, heard.user),
            history=bot.threads.questions(heard.thread),
            watch=live.watch if live else lambda _event: None,
        )
    except Exception as error:  # noqa: BLE001 - whoever asked is told, in our words; the log says what and where
        if not isinstance(error, AskIlyaError):
            LOG.error("not answered: %s", told(error))
        if live:
            live.fail(notice(refusal(error, heard.text, language)))
        return
    if not live and not found.answered:
        return
    bot.threads.add(heard.thread, found.id)
    shown = framed(bot, found, language)
    messages = _messages(bot, shown, found.id, language)
    if live:
        live.finish(messages, shown)
    else:
        kept.leaves()
        post(client, heard, messages)


def _key(heard: Heard) -> str:
    return f"{MESSAGE}:{heard.workspace}:{heard.channel}:{heard.ts}"


def _messages(bot: Bot, shown: Frame, answer_id: str, language: str) -> list[Message]:
    return answer_messages(shown, answer_id, language=language, page_url=bot.settings.page_url)


def _follows_up(bot: Bot, heard: Heard, rules: ChannelRules) -> bool:
    """Whether a message that mentions nobody goes on in a thread in which we have answered."""
    if not heard.in_thread or heard.to_others or not heard.text:
        return False
    return rules.allowed and not rules.mention_only and bot.threads.knows(heard.thread)


def _expects_reply(heard: Heard) -> bool:
    """Whether even “nothing found” is worth saying: people in a thread also talk with each other."""
    return heard.direct or heard.addressed or WANTS.found("asks", heard.text)


# A conversation that the bot begins for somebody: a question picked on the App Home, asked in direct messages.
def begin_directly(bot: Bot, client: WebClient, workspace: str, user: str, question: str) -> None:
    """Post a question to somebody alone and answer it in its thread."""
    asked = notice(question)
    posted = client.chat_postMessage(channel=user, text=asked.text, blocks=asked.blocks)
    channel, ts = str(posted["channel"]), str(posted["ts"])
    heard = Heard(
        workspace=workspace,
        channel=channel,
        user=user,
        ts=ts,
        thread=Thread(workspace, channel, ts),
        text=question,
        direct=True,
        in_thread=False,
        addressed=True,
        to_others=False,
    )
    if admit(bot, heard):
        take_up(bot, client, heard)
