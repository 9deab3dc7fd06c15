"""Two pages and a Slack bot over one Postgres and one Chroma, both real; each of these is taken away and brought back.

    python -m tests.faults.machines_run [--away 60]

Needs Debian's `postgresql`. While Chroma is away everything is answered; while Postgres is away every question gets one
sentence with status 503; afterwards all answer again by themselves. Exit code 1 when something was wrong.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event

import httpx2

from tests.faults.flips_run import TALK
from tests.faults.soak_run import is_up
from tests.knowledge.search.test_chroma_server import running_chroma
from tests.postgres import running_postgres
from tests.programs import free_port
from tests.ui.slack.conftest import envelope, message
from tests.ui.slack.fake import fake_slack
from tests.ui.slack.reading import quotes
from tests.ui.slack.socket import fake_socket
from tests.ui.slack.test_process import ILYA, running

_ASKED = "What holds the river back?"

_LATER = TALK.replace("weir", "sluice")
_PATIENCE = 90.0


class Askers:
    """People who ask both pages all the time; what they are told is counted by the phase it was told in."""

    def __init__(self, pages: Sequence[str]) -> None:
        self.pages = pages
        self.phase = "all there"
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.stop = Event()

    def ask(self, number: int) -> None:
        """Ask until the end."""
        chance = random.Random(number)
        with httpx2.Client(timeout=120, trust_env=False) as client:
            while not self.stop.is_set():
                phase = self.phase
                answer = client.post(f"{chance.choice(self.pages)}/api/v1/ask", json={"question": _ASKED})
                same = phase == self.phase
                self.counts[f"{phase}: {answer.status_code}"] += same
                if answer.status_code == 200:
                    shown = [one["text"] for one in answer.json()["quotes"]]
                    if not shown or any(text not in TALK + _LATER for text in shown):
                        self.wrong.append(f"{phase}: shown {shown}")
                elif answer.status_code != 503 or (same and phase != "no Postgres" and phase != "back"):
                    self.wrong.append(f"{phase}: {answer.status_code} {answer.text[:200]}")
                time.sleep(0.1)


@contextmanager
def page(home: Path, settings: dict[str, str]) -> Iterator[str]:
    """Yield the address of an `ilya chat`."""
    port = free_port()
    given = os.environ | settings | {"ILYA_HOME": str(home), "ILYA_PORT": str(port)}
    log = home.with_suffix(".log")
    with log.open("w") as told, subprocess.Popen([ILYA, "chat"], env=given, stdout=told, stderr=told) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            if not is_up(address):
                raise AssertionError(log.read_text()[-1_000:])
            yield address
        finally:
            process.kill()


def until(true: Callable[[], bool], seconds: float = _PATIENCE) -> float | None:
    """Wait for something; return after how many seconds it was so, None when it was not."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if true():
            return time.monotonic() - began
        time.sleep(0.2)
    return None


def run(folder: Path, away: float) -> Askers:
    """Run it all."""
    chroma_port = free_port()
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres())
        settings = {
            "ILYA_DATABASE_URL": postgres.url(),
            "ILYA_CHROMA_URL": f"http://127.0.0.1:{chroma_port}",
            "ILYA_STARTER": "false",
        }
        chroma = ExitStack()
        chroma.enter_context(running_chroma(folder, chroma_port))
        (folder / "talk.txt").write_text(TALK, encoding="utf-8")
        (folder / "later.txt").write_text(_LATER, encoding="utf-8")
        given = os.environ | settings | {"ILYA_HOME": str(folder / "first")}
        subprocess.run([ILYA, "add", str(folder / "talk.txt")], env=given, check=True, capture_output=True)
        pages = [stack.enter_context(page(folder / name, settings)) for name in ("one", "two")]
        slack, bridge = stack.enter_context(fake_slack()), stack.enter_context(fake_socket())
        slack.socket_url = bridge.url
        stack.enter_context(running(folder / "slack", slack, folder / "slack.log", **settings))
        bridge.wait_for_connections(1, 1)
        askers = Askers(pages)
        threads = stack.enter_context(ThreadPoolExecutor(4))
        asking = [threads.submit(askers.ask, number) for number in range(4)]

        def told(name: str, seconds: float | None) -> None:
            if seconds is None:
                askers.wrong.append(f"{name}: not within {_PATIENCE:.0f} s")
            else:
                sys.stdout.write(f"{seconds:7.1f}  seconds until {name}\n")
                sys.stdout.flush()

        def ask_slack(count: int) -> None:
            bridge.deliver(envelope(message(f"<@UBOT> {_ASKED}", type="app_mention")))
            told(f"Slack is answered ({count})", until(lambda: len(_shown(slack)) >= count))

        try:
            time.sleep(5)
            ask_slack(1)
            _brought(pages[0], "later", _LATER)
            told("the other page finds what one was brought", until(lambda: _has(pages[1], "sluice")))
            askers.phase = "no Chroma"
            chroma.close()
            time.sleep(away)
            ask_slack(2)
            askers.phase = "no Postgres"
            postgres.stop()
            time.sleep(away)
            askers.phase = "back"
            postgres.start()
            for number, address in enumerate(pages):
                told(f"page {number} answers again", until(lambda address=address: _finds(address, _ASKED)))
            ask_slack(3)
            chroma.enter_context(running_chroma(folder, chroma_port))
            askers.phase = "all back"
            time.sleep(5)
        finally:
            askers.stop.set()
            chroma.close()
        for one in asking:
            one.result()
        for name in ("one.log", "two.log", "slack.log"):
            if _ASKED in (log := (folder / name).read_text()) or "Traceback" in log:
                askers.wrong.append(f"{name}: {log[-1_500:]}")
        return askers


def _shown(slack: object) -> list[object]:
    return [body for body in slack.of("chat.stopStream") if quotes(body["blocks"])]  # type: ignore[attr-defined]


def _finds(address: str, question: str) -> bool:
    answer = httpx2.post(f"{address}/api/v1/ask", json={"question": question}, timeout=120, trust_env=False)
    return answer.status_code == 200 and bool(answer.json()["quotes"])


def _has(address: str, word: str) -> bool:
    answer = httpx2.post(f"{address}/api/v1/search", json={"question": word}, timeout=120, trust_env=False)
    return answer.status_code == 200 and any(word in one["text"] for one in answer.json())


def _brought(address: str, name: str, text: str) -> None:
    """Upload a file."""
    raw = text.encode()
    files = {"files": [{"name": f"{name}.txt", "size": len(raw)}]}
    announced = httpx2.post(f"{address}/api/library/uploads", json=files, timeout=60, trust_env=False)
    item = announced.json()["announced"][0]
    httpx2.put(f"{address}/api/library/uploads/{item}", content=raw, timeout=60, trust_env=False).raise_for_status()


def main(given: Sequence[str] | None = None) -> int:
    """Run it and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--away", type=float, default=60)
    asked = parser.parse_args(given)
    os.environ.pop("OPENAI_API_KEY", None)
    with tempfile.TemporaryDirectory(prefix="machines-") as folder:
        askers = run(Path(folder), asked.away)
    sys.stdout.writelines(f"{number:7,}  {name}\n" for name, number in sorted(askers.counts.items()))
    for phase, status in (("all there", 200), ("no Chroma", 200), ("no Postgres", 503), ("all back", 200)):
        if not askers.counts[f"{phase}: {status}"]:
            askers.wrong.append(f"{phase}: nobody was told {status}")
    sys.stdout.writelines(f"WRONG: {wrong}\n" for wrong in askers.wrong[:20])
    sys.stdout.write("something was wrong\n" if askers.wrong else "nothing was wrong\n")
    return int(bool(askers.wrong))


if __name__ == "__main__":
    sys.exit(main())
