"""Votes on a quote: kept next to its answer; a bad one asks for the reason."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from slack_sdk import WebClient

from assistant.records.saved_answers import Verdict
from ui.rendering.page_texts import page_texts
from ui.slack.bot import Bot
from ui.slack.slack_client import ReplyTo
from ui.slack.slack_texts import slack_texts
from ui.slack.work.block_kit import Vote, notice, plain
from ui.slack.work.private_replies import Asker

WRONG = "wrong_quote"
REASON = "reason"


class Complaint(BaseModel):
    """What the dialogue for the reason remembers."""

    model_config = ConfigDict(frozen=True)

    vote: Vote
    url: str
    thread_ts: str | None


def vote(bot: Bot, client: WebClient, asker: Asker, given: Vote, trigger_id: str) -> None:
    """Keep a good vote; open the dialogue that asks what is wrong after a bad one."""
    if given.good:
        judge(bot, asker.workspace, asker.user, given, Verdict.GOOD, asker.reply_to)
        return
    remembered = Complaint(vote=given, url=asker.reply_to.url, thread_ts=asker.reply_to.thread_ts)
    client.views_open(trigger_id=trigger_id, view=reasons_view(remembered))


def judge(bot: Bot, workspace: str, user: str, given: Vote, verdict: Verdict, reply_to: ReplyTo) -> None:
    """Keep a verdict on a quote and thank who gave it."""
    owner = f"slack:{workspace}:{user}"
    kept = bot.records.judge(given.quote, verdict, answer_id=given.answer, owner=owner)
    page = page_texts(given.language)
    reply_to.send(notice(page.thanks if kept else page.missing))


def reasons_view(complaint: Complaint) -> dict[str, Any]:
    """Return the dialogue that asks what is wrong."""
    page, own = page_texts(complaint.vote.language), slack_texts(complaint.vote.language)
    options = [{"text": plain(label), "value": verdict.value} for verdict, label in page.reasons.items()]
    return {
        "type": "modal",
        "callback_id": WRONG,
        "private_metadata": complaint.model_dump_json(),
        "title": plain(own.wrong_title),
        "submit": plain(own.send),
        "close": plain(own.cancel),
        "blocks": [
            {
                "type": "input",
                "block_id": REASON,
                "label": plain(own.wrong_question),
                "element": {"type": "radio_buttons", "action_id": REASON, "options": options},
            }
        ],
    }
