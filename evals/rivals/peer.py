"""One tool of others: what to install, the script that asks it, and going on when one cannot be asked."""

import json
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from evals.evaluation_errors import EvaluationError
from knowledge.search import Progress

ADAPTERS = Path(__file__).parent / "adapters"
SECONDS = 600.0


class PeerFailed(EvaluationError):
    """A peer cannot be installed, or its verdicts cannot be read."""


class Peer(NamedTuple):
    """A verifier: `requirement` is what pip installs for it, apart by spaces (nothing when it needs nothing)."""

    name: str
    adapter: Path
    requirement: str | None = None
    arguments: tuple[str, ...] = ()
    """What its adapter is told on the command line."""

    def accepts(self, claims: Sequence[str], sources: Sequence[str], folder: Path) -> list[bool]:
        """Return for each claim whether the peer takes it for a quotation from the sources.

        Args:
            claims: texts that somebody says are quotations.
            sources: whole texts of the sources, interviewers' words included, as such tools are given them.
            folder: where environments are kept from run to run; ours is never touched.

        Raises:
            PeerFailed: it cannot be installed or gives no verdicts.
        """
        verdicts = self.reply({"claims": list(claims), "sources": list(sources)}, folder)
        if not isinstance(verdicts, list):
            verdicts = []
        if len(verdicts) != len(claims) or not all(isinstance(verdict, bool) for verdict in verdicts):
            raise PeerFailed(f"{self.name} gave {len(verdicts)} verdicts for {len(claims)} claims.")
        return verdicts

    def reply(self, told: Mapping[str, Any], folder: Path, *, seconds: float = SECONDS) -> Any:
        """Return what the peer's adapter answers to a JSON object, after installing the peer where it is not yet.

        Raises:
            PeerFailed: it cannot be installed, fails, takes longer than `seconds` or answers no JSON.
        """
        command = [self._python(folder), "-I", str(self.adapter), *self.arguments]
        text = _run(command, given=json.dumps(told), seconds=seconds)
        try:
            return json.loads(text)
        except ValueError as error:
            raise PeerFailed(f"The reply of {self.name} is not JSON.") from error

    def _python(self, folder: Path) -> str:
        if self.requirement is None:
            return sys.executable
        home = folder / self.requirement.split()[0].replace("==", "-")
        python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        done = home / "installed"
        if not done.exists() or done.read_text() != self.requirement:
            venv.create(home, with_pip=True, clear=True)
            _run([str(python), "-m", "pip", "install", "--quiet", *self.requirement.split()])
            done.write_text(self.requirement)
        return str(python)


PEERS = (
    Peer("substring", ADAPTERS / "substring.py"),
    Peer("spancheck", ADAPTERS / "spancheck.py", "spancheck==0.3.1"),
    Peer("verbatim-core", ADAPTERS / "verbatim_core.py", "verbatim-core==0.2.8", ("exact",)),
    Peer("verbatim-core fuzzy", ADAPTERS / "verbatim_core.py", "verbatim-core==0.2.8", ("fuzzy",)),
    Peer("krokai", ADAPTERS / "krokai.py", "krokai==0.15.0"),
    Peer("gtrex", ADAPTERS / "gtrex.py", "gtrex==1.1.0"),
    Peer("verbatimeter", ADAPTERS / "verbatimeter.py", "verbatimeter==0.1.3"),
)


def _run(command: list[str], *, given: str | None = None, seconds: float = SECONDS) -> str:
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=seconds, check=True)
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip().splitlines() or ["no message"])[-1]
        raise PeerFailed(f"{' '.join(command[:3])} failed: {last}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerFailed(f"{' '.join(command[:3])} failed: {error}") from error
    return done.stdout


# Asking one system after another: what one cannot do is told, and the others are still asked.
T = TypeVar("T")


class Compared(NamedTuple, Generic[T]):
    """What was measured of each system, and for each that failed, by name, why."""

    found: list[T]
    failed: dict[str, str]

    @property
    def complaints(self) -> str:
        """Return one line for each system that failed."""
        return "".join(f"Not compared: {name}. {why}\n" for name, why in self.failed.items())


def attempt(systems: Sequence[tuple[str, Callable[[], T]]], progress: Progress | None = None) -> Compared[T]:
    """Ask each system, by name; `progress` hears how many are done."""
    found: list[T] = []
    failed: dict[str, str] = {}
    for done, (name, ask) in enumerate(systems):
        if progress:
            progress(done, len(systems))
        try:
            found.append(ask())
        except PeerFailed as error:
            failed[name] = str(error)
    return Compared(found, failed)
