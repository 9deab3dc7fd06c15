"""A data folder that may only be read can be asked: nothing is written to answer."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.homes import copy_home

_NOT_AS_ROOT = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")
"""Root may write everywhere, but for this right."""


@pytest.fixture
def home(book_home: Path, tmp_path: Path) -> Iterator[Path]:
    """A prepared folder that nobody may write."""
    home = copy_home(book_home, tmp_path / "read-only")
    for path in [*home.rglob("*"), home]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield home
    for path in [home, *home.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def run(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    as_others = _NOT_AS_ROOT if os.getuid() == 0 else ()
    environment = {**os.environ, "ILYA_HOME": str(home), "OMP_NUM_THREADS": "1"}
    ilya = [*as_others, sys.executable, "-c", "from ui.cli import main; main()"]
    return subprocess.run([*ilya, *command], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(os.getuid() == 0 and not shutil.which("setpriv"), reason="root may write everywhere")
def test_a_folder_that_may_only_be_read_can_be_asked_and_checked(home: Path) -> None:
    asked = run(home, "ask", "Why did OpenAI give up on robotics?")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "no path to data on robotics" in asked.stdout
    checked = run(home, "check", "There was no path to data on robotics.")
    assert (checked.returncode, checked.stderr) in ((0, ""), (3, ""))
    added = run(home, "add", __file__)
    assert added.returncode == 1
    assert "Traceback" not in added.stderr
    assert len(added.stderr.strip().splitlines()) == 1
