"""Answers that a killed process owed: given once while they are fresh, else one sentence that asks to ask again.

An answer that was on its way may have arrived. Where its message is known it is written there again, which changes
nothing if it stands there; elsewhere it is left: twice is worse than not at all.
"""

import time
from datetime import timedelta
from threading import Event, Thread

from knowledge.model.errors import AskIlyaError
from ui.slack.bot import Bot
from ui.slack.events import Heard
from ui.slack.slack_logs import LOG, SLACK_FAILED, told
from ui.slack.slack_texts import slack_texts
from ui.slack.state.preferences import ChannelRules
from ui.slack.state.unanswered import Owed
from ui.slack.work.block_kit import notice
from ui.slack.work.daily_posts import ClientOf
from ui.slack.work.private_requests import PrivateRequest, answer_privately
from ui.slack.work.question_answers import language_for
from ui.slack.work.thread_messages import MESSAGE, answer_kept, rules_for
from ui.slack.work.thread_replies import post

_EVERY = 20.0
"""Seconds between two looks for what another process left unanswered."""
_FRESH = timedelta(minutes=10).total_seconds()
"""Age up to which an answer still comes as if nothing had happened."""
_TOLD = timedelta(hours=12).total_seconds()
"""Age up to which whoever asked is told; afterwards nobody waits any more."""
_PRIVATELY = timedelta(minutes=29).total_seconds()
"""For so long Slack lets us answer a command or a button."""


class OwedAnswers:
    """Gives what is owed; `start` looks at once and then every twenty seconds, until `close`."""

    def __init__(self, bot: Bot, client_of: ClientOf) -> None:
        self._bot, self._client_of = bot, client_of
        self._over = Event()

    def start(self) -> None:
        """Look in a thread of its own."""
        Thread(target=self._look, name="slack-owed", daemon=True).start()

    def close(self) -> None:
        """Look no more."""
        self._over.set()

    def give(self) -> int:
        """Renew what this process works at and take over what is owed; return how much that was."""
        self._bot.unanswered.renew()
        owed = self._bot.unanswered.owed()
        for one in owed:
            if one.sending and one.reply_ts is None:
                LOG.warning("an answer was on its way when its process ended: it is not given again")
                self._bot.unanswered.done(one.key)
            elif one.kind == MESSAGE:
                self._bot.crew.answer(self._in_thread, one)
            else:
                self._bot.crew.answer(self._privately, one)
        return len(owed)

    def _in_thread(self, owed: Owed) -> None:
        heard = Heard.model_validate(owed.asked)
        client, age = self._client_of(heard.workspace), time.time() - owed.at
        rules = ChannelRules() if client is None else rules_for(self._bot, heard)
        if client is None or age > _TOLD or not rules.allowed:
            self._bot.unanswered.done(owed.key)
        elif age > _FRESH:
            try:
                if heard.direct or heard.addressed:
                    self._bot.unanswered.sending(owed.key)
                    post(client, heard, [notice(slack_texts(language_for(heard.text, rules)).interrupted)])
            finally:
                self._bot.unanswered.done(owed.key)
        else:
            answer_kept(self._bot, client, heard, rules, owed.key, reply_ts=owed.reply_ts)

    def _privately(self, owed: Owed) -> None:
        request, age = PrivateRequest.model_validate(owed.asked), time.time() - owed.at
        if age > _PRIVATELY:
            self._bot.unanswered.done(owed.key)
        elif age > _FRESH:
            language = language_for(request.text, request.asker.rules(self._bot))
            self._bot.unanswered.sending(owed.key)
            try:
                request.asker.reply_to.send(notice(slack_texts(language).interrupted))
            finally:
                self._bot.unanswered.done(owed.key)
        else:
            answer_privately(self._bot, request, owed.key)

    def _look(self) -> None:
        while True:
            try:
                self.give()
            except (AskIlyaError, *SLACK_FAILED) as error:
                LOG.warning("owed answers were not looked after: %s", told(error))
            if self._over.wait(_EVERY):
                return
