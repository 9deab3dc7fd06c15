"""The deployment files name what there is: settings, files, versions of the lock; nothing is open that need not be."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import typer
import yaml

from tests.test_settings_page import KINDS, variables
from ui.cli.commands import app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_every_setting_that_is_given_is_one() -> None:
    known = {variable for kind in KINDS for variable in variables(kind)}
    given = {
        name for service in SERVICES.values() for name in service.get("environment", {}) if name.startswith("ILYA_")
    }
    given |= set(re.findall(r"\b(ILYA_[A-Z_]+)=", DOCKERFILE))
    assert given >= {"ILYA_DATABASE_URL", "ILYA_CHROMA_URL", "ILYA_HOME"}
    assert given <= known


def test_what_has_to_be_filled_in_stands_in_the_example() -> None:
    told = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE))
    wanted = re.findall(r"\$\{(\w+)([^}]*)\}", (DEPLOY / "compose.yaml").read_text())
    without = {name for name, more in wanted if not more.startswith(":-") or name.startswith("SLACK")}
    assert without == told


def test_images_are_pinned_and_chroma_is_the_locks() -> None:
    images = {name: service["image"] for name, service in SERVICES.items()}
    assert all(":" in image and not image.endswith(":latest") for image in images.values())
    [locked] = re.findall(r"^chromadb==(\S+)", (ROOT / "locks/run.txt").read_text(), re.MULTILINE)
    assert images["chroma"] == f"chromadb/chroma:{locked}"


def test_only_the_proxy_is_open_and_the_stores_reach_nothing() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == SERVICES["chroma"]["networks"] == ["inside"]
    assert SERVICES["proxy"]["networks"] == ["outside"]
    for name in ("web", "slack"):
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_every_volume_and_network_is_declared() -> None:
    named = {mount.partition(":")[0] for service in SERVICES.values() for mount in service.get("volumes", ())}
    assert {name for name in named if not name.startswith(".")} == set(COMPOSE["volumes"])
    assert {name for service in SERVICES.values() for name in service["networks"]} == set(COMPOSE["networks"])


def test_the_image_copies_what_there_is_and_all_that_the_wheel_needs() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert all((ROOT / name).exists() for name in names)
    ignored = set((ROOT / ".dockerignore").read_text().split())
    assert not names & ignored
    packages = re.search(r"packages = (\[[^\]]+\])", (ROOT / "pyproject.toml").read_text())
    assert packages
    assert names >= {*yaml.safe_load(packages[1]), "pyproject.toml", "README.md", "LICENSE", "locks"}
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)


def test_the_files_that_the_page_names_are_there() -> None:
    page = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"\bdeploy/([\w.]+)", page):
        assert (DEPLOY / name).exists() or name == ".env"


def test_a_linter_has_nothing_to_say() -> None:
    # versions of Debian's packages go when they are replaced, so they are not pinned
    command = [str(Path(sys.executable).with_name("hadolint")), "--ignore", "DL3008", str(DEPLOY / "Dockerfile")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def commands() -> list[list[str]]:
    """Return what the page and the services give to `ilya`, each as its arguments."""
    page = (DEPLOY / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    typed = re.findall(r"(?:\bweb ilya|ask-ilya:local(?! \.)|ILYA_HOME=\S+ +ilya) +([^`'#\n]+)", page)
    services = [one["command"] for one in COMPOSE["services"].values() if "ask-ilya" in one.get("image", "")]
    return [shlex.split(one) for one in typed] + [shlex.split(one) if isinstance(one, str) else one for one in services]


def test_every_command_of_the_page_and_of_the_services_is_one_that_ilya_takes() -> None:
    assert (DEPLOY / "Dockerfile").read_text().count('ENTRYPOINT ["ilya"]') == 1
    names = set()
    for given in commands():
        command: Any = typer.main.get_command(app)
        arguments = list(given)
        while hasattr(command, "commands"):
            command = command.commands[arguments.pop(0)]
        command.make_context(" ".join(given), arguments)  # refuses an option or an argument that it does not know
        names.add(given[0])
    assert {"password", "doctor", "move", "key", "privacy", "chat", "slack"} <= names
