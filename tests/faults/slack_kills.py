"""The Slack bot, killed at random moments while messages arrive; what it acknowledged is answered once."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from knowledge.library.store import Library
from tests.invented import BEES, TIDES, labelled_source
from tests.ui.slack.conftest import envelope, message
from tests.ui.slack.fake import FakeSlack, fake_slack
from tests.ui.slack.reading import quotes
from tests.ui.slack.socket import FakeSocket, fake_socket
from tests.ui.slack.test_process import running

_QUESTIONS = ("Why do bees dance?", "What moves the tides?", "Would you build a tide mill today?")
_PATIENCE = 120.0
"""Seconds in which the last bot has to answer what is owed."""


def slack_killed(
    home: Path, kills: int, chance: random.Random, damage: Callable[[], list[str]]
) -> tuple[Counter[str], list[str]]:
    """Kill it so often; return what was counted, and what was lost, said twice or wrong."""
    counts, wrong = Counter[str](), list[str]()
    library = Library(f"sqlite:///{home / 'library.db'}")
    for name, text in (("bees", BEES), ("tides", TIDES)):
        library.add(labelled_source(text, name), text.encode(), origin=f"{name}.txt")
    library.engine.dispose()
    acknowledged: list[dict[str, Any]] = []
    waiting: list[tuple[dict[str, Any], str]] = []
    with fake_slack() as slack, fake_socket() as bridge:
        slack.socket_url = bridge.url
        for life in range(kills + 1):
            with running(home, slack, home / f"slack-{life}.log", ILYA_SLACK_WORKERS="2") as bot:
                bridge.wait_for_connections(life + 1, 1)
                if life < kills:
                    waiting += [_asked(f"Ev{life}x{number}", chance) for number in range(3)]
                sent = {bridge.deliver(envelope(event, event_id)): (event, event_id) for event, event_id in waiting}
                if life < kills:
                    time.sleep(chance.uniform(0, 0.8))
                    bot.send_signal(signal.SIGKILL)
                    bot.wait()
                    counts["bot killed"] += 1
                else:
                    _let_finish(slack, bridge, sent, acknowledged)
            told = {ack["envelope_id"] for ack in bridge.acks}
            acknowledged += [event for sent_id, (event, _) in sent.items() if sent_id in told]
            waiting = [one for sent_id, one in sent.items() if sent_id not in told]  # Slack sends these again
            bridge.wait_for_connections(life + 1, 0)
            wrong += damage()
        wrong += _reconciled(slack, acknowledged, counts)
    counts["messages acknowledged"] = len(acknowledged)
    if not acknowledged:
        wrong.append("nothing was acknowledged")
    return counts, wrong


def _asked(event_id: str, chance: random.Random) -> tuple[dict[str, Any], str]:
    return message(f"<@UBOT> {chance.choice(_QUESTIONS)}", type="app_mention"), event_id


def _let_finish(slack: FakeSlack, bridge: FakeSocket, sent: dict[str, Any], acknowledged: list[dict[str, Any]]) -> None:
    """Wait until the last bot has acknowledged what was sent again and nothing is left to say."""
    for sent_id in sent:
        bridge.wait_for_ack(sent_id)
    threads = {event["ts"] for event in acknowledged} | {event["ts"] for event, _ in sent.values()}
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and threads - set(_answers(slack)):
        time.sleep(0.2)


def _answers(slack: FakeSlack) -> dict[str, set[str]]:
    """Return the messages that hold quotes at last, by the thread they stand in."""
    shown = [body["ts"] for body in slack.of("chat.stopStream", "chat.update") if quotes(body["blocks"])]
    found: dict[str, set[str]] = {}
    for ts, thread in list(slack.written.items()):
        if ts in shown:
            found.setdefault(thread, set()).add(ts)
    for number, body in enumerate(slack.of("chat.postMessage")):
        if quotes(body["blocks"]):
            found.setdefault(body["thread_ts"], set()).add(f"posted {number}")
    return found


def _reconciled(slack: FakeSlack, acknowledged: list[dict[str, Any]], counts: Counter[str]) -> list[str]:
    """Return which acknowledged messages were answered not at all, or twice."""
    answers = _answers(slack)
    wrong = []
    for event in acknowledged:
        found = answers.get(event["ts"], set())
        counts[f"answered {len(found)} times"] += 1
        if len(found) != 1:
            wrong.append(f"{event['ts']} was acknowledged and answered {len(found)} times")
    return wrong
