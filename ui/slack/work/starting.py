"""A conversation that the bot begins for somebody: a question picked on the App Home, asked in direct messages."""

from slack_sdk import WebClient

from ui.slack.bot import Bot
from ui.slack.events import Heard
from ui.slack.state.conversations import Thread
from ui.slack.work.block_kit import notice
from ui.slack.work.thread_messages import take_up


def begin_directly(bot: Bot, client: WebClient, workspace: str, user: str, question: str) -> None:
    """Post a question to somebody alone and answer it in its thread."""
    asked = notice(question)
    posted = client.chat_postMessage(channel=user, text=asked.text, blocks=asked.blocks)
    channel, ts = str(posted["channel"]), str(posted["ts"])
    take_up(
        bot,
        client,
        Heard(
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
        ),
    )
