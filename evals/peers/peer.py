"""One verifier of others: what to install, and the script that asks it."""

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.errors import EvaluationError

ADAPTERS = Path(__file__).parent / "adapters"
_SECONDS = 600


class PeerFailed(EvaluationError):
    """A peer cannot be installed, or its verdicts cannot be read."""


class Peer(NamedTuple):
    """A verifier: `requirement` is what pip installs for it (nothing when it needs nothing)."""

    name: str
    adapter: Path
    requirement: str | None = None

    def accepts(self, claims: Sequence[str], sources: Sequence[str], folder: Path) -> list[bool]:
        """Return for each claim whether the peer takes it for a quotation from the sources.

        Args:
            claims: texts that somebody says are quotations.
            sources: whole texts of the sources, interviewers' words included, as such tools are given them.
            folder: where environments are kept from run to run; ours is never touched.

        Raises:
            PeerFailed: it cannot be installed or gives no verdicts.
        """
        told = json.dumps({"claims": list(claims), "sources": list(sources)})
        verdicts = self._parsed(_run([self._python(folder), "-I", str(self.adapter)], given=told))
        if len(verdicts) != len(claims) or not all(isinstance(verdict, bool) for verdict in verdicts):
            raise PeerFailed(f"{self.name} gave {len(verdicts)} verdicts for {len(claims)} claims.")
        return verdicts

    def _parsed(self, text: str) -> list[Any]:
        try:
            verdicts = json.loads(text)
        except ValueError as error:
            raise PeerFailed(f"The verdicts of {self.name} are not JSON.") from error
        return verdicts if isinstance(verdicts, list) else []

    def _python(self, folder: Path) -> str:
        if self.requirement is None:
            return sys.executable
        home = folder / self.name
        python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        done = home / "installed"
        if not done.exists() or done.read_text() != self.requirement:
            venv.create(home, with_pip=True, clear=True)
            _run([str(python), "-m", "pip", "install", "--quiet", self.requirement])
            done.write_text(self.requirement)
        return str(python)


PEERS = (
    Peer("substring", ADAPTERS / "substring.py"),
    Peer("spancheck", ADAPTERS / "spancheck.py", "spancheck==0.3.1"),
)


def _run(command: list[str], *, given: str | None = None) -> str:
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=_SECONDS, check=True)
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip().splitlines() or ["no message"])[-1]
        raise PeerFailed(f"{' '.join(command[:3])} failed: {last}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerFailed(f"{' '.join(command[:3])} failed: {error}") from error
    return done.stdout
