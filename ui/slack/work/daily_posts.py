"""The quotation of the day in channels whose admins asked for it, at their hour; once, whatever number of processes."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from threading import Event, Thread
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_bolt import App
from slack_sdk import WebClient

from assistant.answers import NumberedQuote
from assistant.daily_quote import DailyQuotes
from knowledge.model.errors import AskIlyaError
from ui.rendering.answer_texts import texts
from ui.rendering.framing import card, spoken_date
from ui.rendering.slack_blocks import SlackExtras, card_blocks, escape_mrkdwn, rich_text, section, text
from ui.slack.bot import Bot
from ui.slack.slack_client import web_client
from ui.slack.slack_logs import LOG, SLACK_FAILED, told
from ui.slack.slack_texts import slack_texts
from ui.slack.state.preferences import ChannelRules
from ui.slack.work.block_kit import Message, permalink

_EVERY = 30.0
"""Seconds between two looks at the clock."""
_LATE = timedelta(hours=2)
"""How long after its hour a quotation is still posted by a bot that was not running."""
ClientOf = Callable[[str], WebClient | None]
"""Returns the client for a workspace, None where the bot is not installed any more."""


class DailyPosts:
    """Posts what is due; `start` looks every half minute until `close`."""

    def __init__(self, bot: Bot, client_of: ClientOf) -> None:
        self._bot, self._client_of = bot, client_of
        self._daily = DailyQuotes(bot.assistant.library)
        self._over = Event()

    def start(self) -> None:
        """Look in a thread of its own."""
        Thread(target=self._look, name="slack-daily", daemon=True).start()

    def close(self) -> None:
        """Look no more."""
        self._over.set()

    def post_due(self, now: datetime) -> int:
        """Post in every channel whose hour has come today and that has none yet; return in how many."""
        posted = 0
        for workspace, channel, rules in self._bot.channels.with_daily():
            local = now.astimezone(zone_of(rules))
            late = local - datetime.combine(local.date(), time.fromisoformat(rules.daily_at or ""), local.tzinfo)
            if not rules.allowed or not timedelta(0) <= late < _LATE:
                continue
            if self._bot.seen.claim("daily", workspace, channel, local.date().isoformat()):
                posted += self._post(workspace, channel, rules, local)
        return posted

    def _post(self, workspace: str, channel: str, rules: ChannelRules, local: datetime) -> bool:
        client, message = self._client_of(workspace), daily_message(self._bot, self._daily, rules, local)
        if client is None or message is None:
            return False
        try:
            client.chat_postMessage(channel=channel, unfurl_links=False, **message.model_dump())
        except SLACK_FAILED as error:
            LOG.warning("the quotation of the day was not posted: %s", told(error))
            return False
        return True

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            try:
                self.post_due(datetime.now(UTC))
            except (AskIlyaError, *SLACK_FAILED) as error:
                LOG.warning("the quotations of the day were not looked after: %s", told(error))


def daily_message(bot: Bot, daily: DailyQuotes, rules: ChannelRules, local: datetime) -> Message | None:
    """Return the message for a day; None where there is no quotation, or not one of the kinds the channel allows."""
    quote = daily.of(local.date())
    if quote is None or (rules.provenances and quote.attribution.provenance not in rules.provenances):
        return None
    language = rules.language or "en"
    own, words = slack_texts(language), texts(language)
    title = own.daily.format(date=spoken_date(local.date().isoformat(), words))
    shown = card(NumberedQuote(number=1, quote=quote), language=language)
    extras = SlackExtras(link=lambda card: permalink(card.quote_id, bot.settings.page_url, own))
    blocks = [*rich_text([section(text(title, bold=True))]), *card_blocks(shown, extras)]
    return Message(text=escape_mrkdwn(title), blocks=blocks)


def zone_of(rules: ChannelRules) -> ZoneInfo:
    """Return the time zone that a channel's hour is meant in; UTC where it is none."""
    try:
        return ZoneInfo(rules.daily_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def clients_of(app: App, bot: Bot) -> ClientOf:
    """Return how a client for a workspace is found: by the one token, or by what was installed there."""
    flow = app.oauth_flow
    if flow is None:
        return lambda _workspace: app.client

    def installed(workspace: str) -> WebClient | None:
        store = flow.settings.installation_store
        found = store.find_bot(enterprise_id=None, team_id=workspace, is_enterprise_install=False)
        return web_client(bot.settings, found.bot_token) if found else None

    return installed
