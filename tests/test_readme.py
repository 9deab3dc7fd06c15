"""Everything the README shows is run."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
CONSOLE = [
    (command, output.strip())
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for command, output in re.findall(r"\$ (.+)\n((?:(?!\$ ).*\n)*)", block)
]


def run(*command: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ILYA_HOME": str(home), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture
def home(book_home: Path) -> Path:
    return book_home


@pytest.mark.parametrize(("command", "output"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_an_answer_prints_as_shown(home: Path, command: str, output: str) -> None:
    done = run(*shlex.split(command), home=home)
    assert done.stdout.strip() == output


def test_the_script_runs(home: Path) -> None:
    (script,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = run(sys.executable, "-c", script, home=home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 ")


def test_the_verbs_exist() -> None:
    verbs = re.findall(r"^make ([a-z-]+)", README, re.MULTILINE)
    assert {"chat", "test"} <= set(verbs)
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{verb}:", targets, re.MULTILINE) for verb in verbs)


def test_the_commands_exist(home: Path) -> None:
    commands = {line.split()[1] for line in re.findall(r"^ilya [a-z]+.*$", README, re.MULTILINE)}
    helped = run("ilya", "--help", home=home).stdout
    assert commands
    assert all(re.search(rf"\b{command}\b", helped) for command in commands)


def test_it_stays_a_front_door() -> None:
    assert len(README.splitlines()) <= 170
