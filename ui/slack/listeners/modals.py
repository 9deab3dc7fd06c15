"""Dialogues that were filled in: what is wrong with a quote, the rules of a channel."""

from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from assistant.records.saved_answers import Verdict
from ui.slack.bot import Bot
from ui.slack.events import workspace_of
from ui.slack.slack_client import ReplyTo
from ui.slack.work.block_kit import read_value
from ui.slack.work.channel_setup import RULES, Place, read_rules, set_rules
from ui.slack.work.votes import REASON, WRONG, Complaint, judge


def register(app: App, bot: Bot) -> None:
    """Listen for dialogues."""

    @app.view(WRONG)
    def complained(ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext) -> None:
        ack()
        complaint = read_value(Complaint, view.get("private_metadata"))
        chosen = view["state"]["values"][REASON][REASON].get("selected_option")
        if complaint and chosen:
            reply_to = ReplyTo(complaint.url, complaint.thread_ts)
            verdict = Verdict(chosen["value"])
            user = str(body["user"]["id"])
            bot.crew.at_once(judge, bot, workspace_of(context), user, complaint.vote, verdict, reply_to)

    @app.view(RULES)
    def ruled(ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        ack()
        place = read_value(Place, view.get("private_metadata"))
        if place:
            rules = read_rules(view["state"]["values"])
            bot.crew.at_once(set_rules, bot, client, workspace_of(context), str(body["user"]["id"]), place, rules)
