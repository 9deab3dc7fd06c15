"""How fast and how steady the bot is, measured on a process of its own: `python -m tests.ui.slack.benchmark`.

First status after an event; acknowledgements while a model hangs; a burst of events; memory over many events. Figures
depend on the machine, so no test holds them; run it by hand on a quiet one.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from time import monotonic, sleep

from evals.hostile.endpoint_server import serving
from knowledge.search.embedding import BilingualEmbeddings
from tests.ui.slack.conftest import envelope, message
from tests.ui.slack.fake import Call, FakeSlack, fake_slack
from tests.ui.slack.socket import FakeSocket, fake_socket
from tests.ui.slack.test_process import running
from tests.ui.web.conftest import furnish

QUESTIONS = ("Why do bees dance?", "Do ants dance?", "Is honey eternal?", "What moves the tides in the harbour?")


def main(arguments: Sequence[str]) -> None:
    """Run the measurements named, or all."""
    measures: dict[str, Callable[[Path], None]] = {
        "status": first_status, "hanging": hanging_model, "burst": burst, "memory": memory
    }  # fmt: skip
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measure", nargs="*", metavar="|".join(measures), help="what to measure; all by default")
    wanted = parser.parse_args(arguments).measure or list(measures)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        furnish(home, BilingualEmbeddings())
        for name in wanted:
            measures[name](home)


def first_status(home: Path, number: int = 100) -> None:
    """Measure the time from an event to the first status, one event after the other."""
    with company(home) as (slack, socket, _):
        found = []
        for turn in range(number):
            event = mention(turn)
            started = monotonic()
            socket.deliver(envelope(event))
            slack.wait_for("chat.stopStream", turn + 1)
            (shown,) = (call for call in statuses(slack) if call.body["thread_ts"] == event["ts"])
            found.append(shown.at - started)
    tell(f"first status, n={number}, one after the other", found)


def hanging_model(home: Path, number: int = 60) -> None:
    """Measure acknowledgements of commands while every answer waits for a model that never speaks."""
    with (
        serving(lambda exchange: exchange.silence(120)) as model,
        company(home, OPENAI_BASE_URL=model.url, OPENAI_API_KEY="k", ILYA_MODEL="mute") as (slack, socket, _),
    ):
        found = []
        for turn in range(number):
            body = {"command": "/ilya", "text": QUESTIONS[turn % 4], "team_id": "T1", "channel_id": "C1"}
            body |= {"user_id": "U1", "trigger_id": "t", "response_url": slack.response_url("b")}
            started = monotonic()
            found.append(socket.wait_for_ack(socket.deliver(body, "slash_commands"))["at"] - started)
    tell(f"acknowledged while the model hangs, n={number}", found)


def burst(home: Path, number: int = 100) -> None:
    """Measure a burst: what is answered, how late the first statuses and the last answer are."""
    with company(home) as (slack, socket, _):
        events = [mention(turn) for turn in range(number)]
        started = monotonic()
        sent = {socket.deliver(envelope(event)) for event in events}
        slack.wait_for("chat.stopStream", number, seconds=300)
        acks = [ack["at"] - started for ack in socket.acks if ack["envelope_id"] in sent]
        shown = [call.at - started for call in statuses(slack)]
        done = [call for call in slack.calls if call.method == "chat.stopStream"]
        threads = [call.body["thread_ts"] for call in slack.calls if call.method == "chat.startStream"]
    tell(f"burst of {number}: acknowledged", acks)
    tell(f"burst of {number}: first status", shown)
    tell(f"burst of {number}: answered", [call.at - started for call in done])
    lost = {event["ts"] for event in events} - set(threads)
    print(f"burst of {number}: {len(done)} answers, {len(lost)} lost, {len(threads) - len(set(threads))} twice")  # noqa: T201


def memory(home: Path, number: int = 5_000) -> None:
    """Print the process's resident memory while it answers many events."""
    with company(home) as (slack, socket, pid):
        for turn in range(number):
            socket.deliver(envelope(mention(turn)))
            if turn % 20 == 19:
                slack.wait_for("chat.stopStream", turn + 1, seconds=300)
            if turn % 500 == 499:
                print(f"memory after {turn + 1:>5} events: {resident(pid):.1f} MB")  # noqa: T201


@contextmanager
def company(home: Path, **variables: str) -> Iterator[tuple[FakeSlack, FakeSocket, int]]:
    """Run one process; yield both ends of Slack and the process's id, after it has answered once."""
    with fake_slack() as slack, fake_socket() as socket:
        slack.socket_url = socket.url
        with running(home, slack, home / "bench.log", **variables) as process:
            socket.wait_for_connections(1, 1)
            if not variables:
                socket.deliver(envelope(mention(0)))
                slack.wait_for("chat.stopStream")
                sleep(0.5)
                slack.calls.clear()
            yield slack, socket, process.pid


def mention(turn: int) -> dict[str, object]:
    """Return an event with one of the questions."""
    return message(f"<@UBOT> {QUESTIONS[turn % len(QUESTIONS)]}", type="app_mention")


def statuses(slack: FakeSlack) -> list[Call]:
    """Return the calls that showed a status."""
    return [call for call in slack.calls if call.method == "assistant.threads.setStatus"]


def resident(pid: int) -> float:
    """Return a process's resident memory in megabytes."""
    (line,) = (line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def tell(what: str, seconds: list[float]) -> None:
    """Print the median, the 95th percentile and the greatest of some durations."""
    cuts = quantiles(seconds, n=100)
    print(f"{what}: median {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, max {max(seconds) * 1000:.0f} ms")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
