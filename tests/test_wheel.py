"""The built wheel answers outside the checkout, and holds what it needs and nothing of the tests."""

import json
import os
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def ilya(unpacked: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r}); import knowledge\n"
        f"assert knowledge.__file__.startswith({str(unpacked)!r}), knowledge.__file__\n"
        "from ui.cli import main; main()"
    )
    environment = {**os.environ, "ILYA_HOME": str(home)}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=home.parent, env=environment, capture_output=True, text=True)


def test_it_holds_data_types_and_licence_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    packages = ("assistant/", "knowledge/", "prompts/", "ui/", "evals/")
    assert [name for name in tracked if name.startswith(packages) and name not in names] == ["evals/test_book.py"]
    assert [name for name in names if name.startswith("tests/") or "/test_" in name] == []
    assert {f"{package}py.typed" for package in packages} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_it_answers_outside_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    done = ilya(unpacked, tmp_path / "home", "ask", "Why did OpenAI give up on robotics?", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["quotes"]


def test_it_tells_its_version(unpacked: Path, tmp_path: Path) -> None:
    done = ilya(unpacked, tmp_path / "home", "--version")
    assert (done.returncode, done.stdout.strip()) == (0, metadata.version("ask-ilya"))
