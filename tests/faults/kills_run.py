"""`kill -9` of an importer, of a server and of the Slack bot, at random moments while they work.

    python -m tests.faults.kills_run [--count 50] [--only importer|server|slack] [--seed 1]

After every kill all that was acknowledged is looked for: every source byte for byte, every message answered once; the
library is read again as `ilya doctor --deep` reads it. Exit code 1 when something was lost or wrong.
"""

import argparse
import os
import random
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx2

from assistant import Assistant
from knowledge.library.integrity import broken_file, damaged
from knowledge.library.store import Library
from tests.faults.mixed_run import Mixed
from tests.faults.slack_kills import slack_killed
from tests.faults.soak_run import Wrong, hers, is_up, lost, open_home, process
from tests.invented import MIRA


class Tally:
    """What was counted, and what was wrong."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []


def importer_killed(home: Path, kills: int, chance: random.Random) -> Tally:
    """Kill an importer so often, at most two seconds after the first source that it acknowledged."""
    tally, first = Tally(), 0
    (home / "talks").mkdir()
    assistant = open_home(home)
    assistant.index.sync()
    for _ in range(kills):
        arguments = ("--bring", str(home), "--first", str(first), "--seed", str(first))
        with process(*arguments, log=home / "importer.log") as importer:
            said = importer.stdout.readline() if importer.stdout else ""
            time.sleep(chance.uniform(0, 2))
            importer.send_signal(signal.SIGKILL)
            said += importer.communicate()[0]
        lines = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
        added = {int(number) for word, number in lines if word == "added"}
        tally.counts["importer killed"] += 1
        tally.counts["sources acknowledged"] += len(added)
        taken = {int(number) for word, number in lines if word == "takes"}
        tally.wrong += lost(assistant, added, taken) + _unsound(assistant)
        if not added:
            tally.wrong.append("nothing was acknowledged: " + (home / "importer.log").read_text()[-300:])
        first = max([first, *added]) + 2  # the one that was being written is left behind
    return tally


def server_killed(home: Path, kills: int, chance: random.Random) -> Tally:
    """Kill a server so often while two people bring files, one takes some out and one asks."""
    tally, assistant = Tally(), open_home(home)
    assistant.index.sync()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    people = Mixed(home, chance.randrange(1_000), requests=0)
    people.address = f"http://127.0.0.1:{port}"
    for life in range(kills + 1):
        with process("--serve", str(home), "--port", str(port), log=home / "server.log") as server:
            if not is_up(people.address):
                raise Wrong("the server does not start: " + (home / "server.log").read_text()[-500:])
            people.finish()
            tally.wrong += lost(assistant, people.brought, people.removing) + _unsound(assistant)
            held = {summary.id for summary in assistant.library.summaries()}
            tally.wrong += [f"talk-{one} was removed and is held" for one in people.removed if f"talk-{one}" in held]
            if life == kills:
                break
            gone = Event()
            with ThreadPoolExecutor(4) as threads:
                for act in (people.upload, people.upload, people.remove, people.one):
                    threads.submit(_until_gone, people, act, life, gone)
                time.sleep(chance.uniform(0.1, 3))
                server.send_signal(signal.SIGKILL)
                gone.set()
            tally.counts["server killed"] += 1
    tally.counts += people.counts
    tally.counts["uploads acknowledged"] = len(people.brought)
    tally.counts["removals acknowledged"] = len(people.removed)
    tally.wrong += people.wrong
    if not (people.brought and people.counts["words shown"]):
        tally.wrong.append("nothing was brought, or nothing was shown")
    return tally


def _until_gone(people: Mixed, act: Callable[[httpx2.Client, random.Random], None], life: int, gone: Event) -> None:
    chance = random.Random(life)
    with httpx2.Client(timeout=60, trust_env=False) as client:
        try:
            while not gone.wait(0.1):
                act(client, chance)
        except (httpx2.HTTPError, OSError):
            return  # the server is gone
        except Wrong as wrong:
            people.wrong.append(str(wrong))


def _unsound(assistant: Assistant) -> list[str]:
    """Return what `ilya doctor --deep` would say of the library, and what is wrong with an answer from it."""
    wrong = _damage(assistant.settings.home / "library.db")
    for shown in assistant.ask("Who built the weir before the flood?").quotes:
        number = int(shown.quote.source.id.removeprefix("talk-"))
        if not any(shown.quote.text in turn for turn in hers(number)):
            wrong.append(f"not hers: {shown.quote.text!r} of talk-{number}")
    return wrong


def _damage(file: Path) -> list[str]:
    library = Library(f"sqlite:///{file}")
    wrong = [f"{one.source_id}: {one.what}" for one in damaged(library, MIRA, derive=True)]
    if broken := broken_file(library):
        wrong.append(broken)
    library.engine.dispose()
    return wrong


def bot_killed(home: Path, kills: int, chance: random.Random) -> Tally:
    """Kill the Slack bot so often while it is asked."""
    tally = Tally()
    tally.counts, tally.wrong = slack_killed(home, kills, chance, lambda: _damage(home / "library.db"))
    return tally


RUNS = {"importer": importer_killed, "server": server_killed, "slack": bot_killed}


def main(given: Sequence[str] | None = None) -> int:
    """Kill, and tell what was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--only", choices=sorted(RUNS))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(given)
    os.environ.pop("OPENAI_API_KEY", None)
    found = False
    for name in [asked.only] if asked.only else RUNS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="kills-") as folder:
            tally = RUNS[name](Path(folder), asked.count, random.Random(asked.seed))
        sys.stdout.write(f"{name}, {time.monotonic() - began:,.0f} seconds\n")
        sys.stdout.writelines(f"{number:8,}  {what}\n" for what, number in sorted(tally.counts.items()))
        sys.stdout.writelines(f"WRONG: {wrong}\n" for wrong in tally.wrong[:20])
        sys.stdout.flush()
        found = found or bool(tally.wrong)
    sys.stdout.write("something was wrong\n" if found else "nothing was wrong\n")
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
