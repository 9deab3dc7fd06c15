"""Everything people do with a server, mixed, by several at once: ask, check, search, upload, delete, and nonsense.

    python -m tests.faults.mixed_run [--requests 10000] [--clients 8] [--kills 3] [--seed 1]

The server is killed with SIGKILL some times on the way and started again. Nothing may be answered with a 5xx (but a 503
that says so), no word shown may be another than was brought, every upload that was acknowledged must be held at the
end, every source whose removal was acknowledged must be gone. Exit code 1 when something was wrong.
"""

import argparse
import os
import random
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Lock

import httpx2

from tests.faults.soak_run import Soak, Wrong, is_up, lost, open_home, process, transcript

_UPLOADS = "/api/library/uploads"
_PATIENCE = 600.0
"""Seconds for which the last uploads are waited for."""


class Mixed(Soak):
    """A run of so many requests."""

    def __init__(self, home: Path, seed: int, requests: int) -> None:
        super().__init__(home, random.Random(seed))
        self.left = requests
        self.brought: set[int] = set()
        self.removing: set[int] = set()
        self.removed: set[int] = set()
        self._numbers = count()
        self._taking = Lock()

    def work(self, seed: int) -> None:
        """Be one of the people, until no request is left."""
        chance = random.Random(seed)
        with httpx2.Client(timeout=120, trust_env=False) as client:
            while self._takes_one():
                kind = chance.random()
                try:
                    if kind < 0.05:
                        self.upload(client)
                    elif kind < 0.07:
                        self.remove(client, chance)
                    else:
                        self.one(client, chance)
                except (httpx2.HTTPError, OSError):
                    self.count("cut off")  # the server was killed: this one is asked again
                    with self._taking:
                        self.left += 1
                    time.sleep(0.2)
                except Wrong as wrong:
                    self.wrong.append(str(wrong))

    def _takes_one(self) -> bool:
        with self._taking:
            self.left -= 1
            return self.left >= 0

    def upload(self, client: httpx2.Client, _chance: random.Random | None = None) -> None:
        """Bring one more file."""
        with self._taking:
            number = next(self._numbers)
        raw = transcript(number).encode()
        files = {"files": [{"name": f"talk-{number}.txt", "size": len(raw)}]}
        announced = client.post(f"{self.address}{_UPLOADS}", json=files)
        self._is_answered(announced, "announce")
        item = announced.json()["announced"][0]
        sent = client.put(f"{self.address}{_UPLOADS}/{item}", content=raw)
        self._is_answered(sent, "upload")
        if sent.status_code == 200:
            self.brought.add(number)

    def remove(self, client: httpx2.Client, chance: random.Random) -> None:
        """Take out one of those that were brought."""
        with self._taking:
            free = sorted(self.brought - self.removing)
            if not free:
                return
            number = chance.choice(free)
            self.removing.add(number)
        gone = client.delete(f"{self.address}/api/library/sources/talk-{number}")
        self._is_answered(gone, "remove")
        if gone.status_code == 200:
            self.removed.add(number)
        elif gone.status_code == 404:
            self.removing.discard(number)  # it waits in the queue

    def finish(self) -> None:
        """Wait until every upload is imported.

        Raises:
            Wrong: it takes too long.
        """
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if not httpx2.get(f"{self.address}{_UPLOADS}", trust_env=False, timeout=60).json()["active"]:
                return
            time.sleep(1)
        raise Wrong("uploads are not imported")


def run(requests: int, clients: int, kills: int, seed: int) -> Mixed:
    """Run it all; return what was counted and what was wrong."""
    with tempfile.TemporaryDirectory(prefix="mixed-") as name, ThreadPoolExecutor(clients) as threads:
        home = Path(name)
        open_home(home).index.sync()
        mixed = Mixed(home, seed, requests)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        mixed.address = f"http://127.0.0.1:{port}"
        working: list[Future[None]] = []
        for life in range(kills + 1):
            with process("--serve", str(home), "--port", str(port), log=home / "server.log"):
                if not is_up(mixed.address):
                    raise Wrong("the server does not start: " + (home / "server.log").read_text()[-500:])
                working = working or [threads.submit(mixed.work, seed + number) for number in range(clients)]
                enough = requests * (kills - life) // (kills + 1)
                while mixed.left > enough and not all(one.done() for one in working):
                    time.sleep(0.05)
                if life == kills:
                    for one in working:
                        one.result()
                    mixed.finish()
            mixed.count("server killed")
        mixed.wrong += lost(open_home(home), mixed.brought, mixed.removing)
        held = {summary.id for summary in open_home(home).library.summaries()}
        mixed.wrong += [
            f"talk-{number} was removed and is held" for number in mixed.removed if f"talk-{number}" in held
        ]
        if not (mixed.brought and mixed.counts["words shown"]):
            mixed.wrong.append("nothing was brought, or nothing was shown")
        return mixed


def main(given: Sequence[str] | None = None) -> int:
    """Run it and tell."""
    parser = argparse.ArgumentParser()
    for option, default in (("--requests", 10_000), ("--clients", 8), ("--kills", 3), ("--seed", 1)):
        parser.add_argument(option, type=int, default=default)
    asked = parser.parse_args(given)
    os.environ.pop("OPENAI_API_KEY", None)
    began = time.monotonic()
    mixed = run(asked.requests, asked.clients, asked.kills, asked.seed)
    for name, number in sorted(mixed.counts.items()):
        sys.stdout.write(f"{number:7,}  {name}\n")
    sys.stdout.write(f"{len(mixed.brought):7,}  uploads acknowledged, {len(mixed.removed)} removed again\n")
    sys.stdout.write(f"{time.monotonic() - began:7,.0f}  seconds\n")
    for wrong in mixed.wrong[:20]:
        sys.stdout.write(f"WRONG: {wrong}\n")
    sys.stdout.write("something was wrong\n" if mixed.wrong else "nothing was wrong\n")
    return int(bool(mixed.wrong))


if __name__ == "__main__":
    sys.exit(main())
