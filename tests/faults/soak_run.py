"""A day's work in minutes: people ask, files come and go, processes are killed; no wrong word may be shown.

    python -m tests.faults.soak_run [--minutes 10] [--seed 1]

A server answers over HTTP while importers add sources and take them out; both are killed with SIGKILL at random
moments and started again. One request in twenty is hostile. At the end every acknowledged source must be held, its
file byte for byte. Exit code 1 when something was wrong.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock
from typing import Any

import httpx2

from assistant import Assistant, Settings
from knowledge.library.importer import import_paths
from tests.invented import MIRA

ROOT = Path(__file__).parents[2]
_THINGS = "kiln weir loom gable sluice barn mast quay hedge spire trellis vault ferry dune lathe".split()
_ASKERS = 4
_HOSTILE = (
    b"{",
    b'{"question": NaN}',
    b'{"question": "bees", "max_quotes": 1e400}',
    b'{"question": "\\u0000"}',
    json.dumps({"question": "bees " * 5_000}).encode(),
    b'{"question": ["bees"]}',
    b"\xff\xfe\x00",
)


class Wrong(AssertionError):
    """Something that may never happen."""


def transcript(number: int) -> str:
    """Return the interview with this number; no two say the same."""
    thing = _THINGS[number % len(_THINGS)]
    return (
        f"Tom Reed: What do you know of {thing} number {number}?\n\n"
        f"Mira Vane: The {thing} with number {number} was built before the flood. Nobody has painted it since.\n\n"
        f"Tom Reed: Would you build {thing} number {number} again?\n\n"
        f"Mira Vane: I would build {thing} {number} of slower wood. It has to outlive whoever measures it.\n"
    )


def hers(number: int) -> list[str]:
    """Return what Mira Vane says in it, turn by turn."""
    return [line.removeprefix("Mira Vane: ") for line in transcript(number).split("\n\n")[1::2]]


class Soak:
    """What is known of the run: acknowledged sources, and everything that was counted."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        self.home = home
        self.chance = chance
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.stop = Event()
        self.address = ""
        self._lock = Lock()

    def count(self, name: str) -> None:
        """Count one more of these."""
        with self._lock:
            self.counts[name] += 1

    def ask(self, seed: int) -> None:
        """Ask until the end; note every wrong word and every bare failure of the server."""
        chance = random.Random(seed)
        with httpx2.Client(timeout=60, trust_env=False) as client:
            while not self.stop.is_set():
                try:
                    self.one(client, chance)
                except (httpx2.HTTPError, OSError):
                    self.count("cut off")  # the server was killed
                    time.sleep(0.2)
                except Wrong as wrong:
                    self.wrong.append(str(wrong))

    def one(self, client: httpx2.Client, chance: random.Random) -> None:
        """Ask, check, search or send nonsense once."""
        if chance.random() < 0.05:
            body = chance.choice(_HOSTILE)
            answer = client.post(
                f"{self.address}/api/v1/ask", content=body, headers={"content-type": "application/json"}
            )
            self._is_answered(answer, "hostile")
            if answer.status_code < 400 and answer.json()["answered"]:
                raise Wrong(f"{body[:40]!r} was answered")
            return
        number = chance.randrange(60)
        thing = _THINGS[number % len(_THINGS)]
        kind = chance.choice(["ask", "ask", "ask", "search", "check", "sources"])
        if kind == "sources":
            self._is_answered(client.get(f"{self.address}/api/v1/sources"), kind)
            return
        asked = {"text": hers(number)[0]} if kind == "check" else {"question": f"Who built {thing} number {number}?"}
        answer = client.post(f"{self.address}/api/v1/{kind}", json=asked)
        self._is_answered(answer, kind)
        if answer.status_code == 200:
            for quote in _quotes(answer.json()):
                self._is_hers(quote)

    def _is_answered(self, answer: httpx2.Response, kind: str) -> None:
        self.count(f"{kind} {answer.status_code}")
        if answer.status_code >= 500 and not (answer.headers.get("x-request-id") and answer.status_code == 503):
            raise Wrong(f"{kind}: {answer.status_code} {answer.text[:200]}")

    def _is_hers(self, quote: dict[str, Any]) -> None:
        self.count("words shown")
        number = int(quote["source"]["id"].removeprefix("talk-"))
        if not any(quote["text"] in turn for turn in hers(number)):
            raise Wrong(f"not hers: {quote['text']!r} of talk-{number}")


def _quotes(found: Any) -> Iterator[dict[str, Any]]:
    """Yield every record that shows words as hers, of an answer, a search or a check."""
    if isinstance(found, list):
        yield from found
        return
    yield from found.get("quotes", [])
    yield from (place for place in found.get("places", []) if place["speaker"] == MIRA.name)


# --- the processes ---------------------------------------------------------------------------------------------------


def open_home(home: Path) -> Assistant:
    """Open the invented library of a home."""
    return Assistant.open(Settings(home=home, starter=False), subject=MIRA)


def serve(home: Path, port: int) -> None:
    """Be a server of everything but the chat."""
    import uvicorn

    from assistant.records.saved_answers import Records
    from ui.web.chat.streaming import Answering
    from ui.web.page_settings import WebSettings
    from ui.web.services import build_services

    assistant = open_home(home)
    app = build_services(Answering(assistant, Records(assistant.library)), WebSettings())
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


def bring(home: Path, first: int, seed: int) -> None:
    """Be an importer: add sources from `first` on, take some out, and acknowledge each when it is done."""
    assistant, chance = open_home(home), random.Random(seed)
    held: list[int] = []
    for number in range(first, first + 10_000):
        path = home / "talks" / f"talk-{number}.txt"
        path.write_text(transcript(number), encoding="utf-8")
        list(import_paths([path], assistant.library, MIRA))
        assistant.index.sync()
        sys.stdout.write(f"added {number}\n")
        sys.stdout.flush()
        held.append(number)
        if len(held) > 4 and chance.random() < 0.5:
            gone = held.pop(chance.randrange(len(held)))
            sys.stdout.write(f"takes {gone}\n")
            sys.stdout.flush()
            assistant.library.remove(f"talk-{gone}")


@contextmanager
def process(*arguments: str, log: Path) -> Iterator["subprocess.Popen[str]"]:
    """Be beside one of the processes of the run until the block ends; then it is killed."""
    command = [sys.executable, "-u", "-m", "tests.faults.soak_run", *arguments]
    with (
        log.open("a") as errors,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True) as started,
    ):
        try:
            yield started
        finally:
            started.send_signal(signal.SIGKILL)


def _serving(soak: Soak, until: float) -> None:
    """Serve, kill and serve again; a server has begun before its time is counted."""
    port = soak.address.rpartition(":")[2]
    while time.monotonic() < until:
        with process("--serve", str(soak.home), "--port", port, log=soak.home / "server.log"):
            if not is_up(soak.address):
                raise Wrong("the server does not start: " + (soak.home / "server.log").read_text()[-500:])
            soak.stop.wait(soak.chance.uniform(20, 60))
        soak.count("server killed")


def is_up(address: str) -> bool:
    """Whether a server answers within five minutes."""
    for _ in range(300):
        try:
            return httpx2.get(f"{address}/healthz", trust_env=False).status_code == 200
        except httpx2.HTTPError:
            time.sleep(1)
    return False


def _importing(soak: Soak, until: float) -> tuple[set[int], set[int]]:
    """Import, kill and import again; return the numbers that were acknowledged and those that were being taken out."""
    added: set[int] = set()
    taken: set[int] = set()
    first = 0
    while time.monotonic() < until:
        arguments = ("--bring", str(soak.home), "--first", str(first), "--seed", str(first))
        with process(*arguments, log=soak.home / "importer.log") as importer:
            said = importer.stdout.readline() if importer.stdout else ""
            soak.stop.wait(soak.chance.uniform(3, 20))
            importer.send_signal(signal.SIGKILL)
            said += importer.communicate()[0]
        soak.count("importer killed")
        for line in said.splitlines(keepends=True):
            word, _, number = line.partition(" ")
            if line.endswith("\n"):
                (added if word == "added" else taken).add(int(number))
        first = max([first, *added]) + 2  # the one that was being written is left behind
    return added, taken


def run(minutes: float, seed: int) -> Soak:
    """Run it all; return what was counted and what was wrong."""
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        home = Path(name)
        (home / "talks").mkdir()
        first = open_home(home)
        first.index.sync()
        soak = Soak(home, random.Random(seed))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            soak.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        until = time.monotonic() + 60 * minutes
        with ThreadPoolExecutor(_ASKERS + 2) as threads:
            serving = threads.submit(_serving, soak, until)
            importing = threads.submit(_importing, soak, until)
            asking = [threads.submit(soak.ask, seed + number) for number in range(_ASKERS)]
            try:
                added, taken = importing.result()
                serving.result()
            finally:
                soak.stop.set()
            for one in asking:
                one.result()
        soak.wrong += lost(open_home(home), added, taken)
        soak.counts["acknowledged"] = len(added)
        if not (added and soak.counts["words shown"]):
            soak.wrong.append(
                "nothing was imported, or nothing was shown: " + (home / "importer.log").read_text()[-500:]
            )
        return soak


def lost(again: Assistant, added: set[int], taken: set[int]) -> list[str]:
    """Return what was acknowledged and is not held as it was brought; what was being taken out may be either."""
    again.index.sync()
    wrong = []
    held = {summary.id for summary in again.library.summaries()}
    for number in sorted(added - taken):
        name = f"talk-{number}"
        if name not in held:
            wrong.append(f"{name} was acknowledged and is lost")
        elif again.library.raw(again.library.source(name)) != transcript(number).encode():
            wrong.append(f"{name} is not what was brought")
    return wrong


def main(given: Sequence[str] | None = None) -> int:
    """Run the soak, or be one of its processes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--serve", type=Path)
    parser.add_argument("--port", type=int)
    parser.add_argument("--bring", type=Path)
    parser.add_argument("--first", type=int)
    asked = parser.parse_args(given)
    os.environ.pop("OPENAI_API_KEY", None)
    if asked.serve:
        serve(asked.serve, asked.port)
    elif asked.bring:
        bring(asked.bring, asked.first, asked.seed)
    else:
        soak = run(asked.minutes, asked.seed)
        for name, count in sorted(soak.counts.items()):
            sys.stdout.write(f"{count:8,} {name}\n")
        sys.stdout.write("\n".join(["Wrong:", *soak.wrong[:20]]) + "\n" if soak.wrong else "Nothing was wrong.\n")
        return int(bool(soak.wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
