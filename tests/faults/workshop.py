"""A copy of the tree in which faults are planted, and a process that runs tests in it without loading libraries anew.

Nothing is ever changed in the tree one works in.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

ROOT = Path(__file__).parents[2]
_TAKEN = ("assistant", "knowledge", "prompts", "ui", "evals", "tests", "docs", "deploy", "examples", "locks", ".ci")
"""Folders that tests read; the files beside them are taken too."""


class Outcome(NamedTuple):
    """What became of a run of tests."""

    code: int
    """pytest's exit code; 1: a test failed; below 0: the signal that ended it, such as that of the CPU limit."""
    told: str
    """The last lines that pytest printed."""


class Workshop:
    """A copy of the tree, and a server of test runs in it."""

    def __init__(self, folder: Path, server: "subprocess.Popen[str]") -> None:
        self.folder = folder
        self._server = server

    def run(self, tests: Sequence[str], *, cpu_seconds: int = 120) -> Outcome:
        """Run tests until the first fails.

        Raises:
            RuntimeError: the server ended.
        """
        _stream(self._server.stdin).write(json.dumps({"tests": list(tests), "cpu_seconds": cpu_seconds}) + "\n")
        _stream(self._server.stdin).flush()
        line = _stream(self._server.stdout).readline()
        if not line:
            raise RuntimeError("the process that runs the tests ended")
        return Outcome(**json.loads(line))

    @contextmanager
    def changed(self, file: str, text: str) -> Iterator[None]:
        """Give a file of the copy another text for a while."""
        path = self.folder / file
        before, stat = path.read_text(encoding="utf-8"), path.stat()
        path.write_text(text, encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(before, encoding="utf-8")
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # so that what was compiled of it still counts


def _stream(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise RuntimeError("the process that runs the tests has no pipes")
    return stream


@contextmanager
def workshop() -> Iterator[Workshop]:
    """Open a copy of the tree; it is gone afterwards."""
    with TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name) / "tree"
        folder.mkdir()
        for path in ROOT.iterdir():
            if path.is_file():
                shutil.copy2(path, folder)
            elif path.name in _TAKEN:
                shutil.copytree(path, folder / path.name)
        environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "tests.faults.run_server"]
        with subprocess.Popen(
            command, cwd=folder, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as server:
            yield Workshop(folder, server)
            _stream(server.stdin).close()
