"""Another person: the commands of docs/another-person.md work as written, and the code names nobody."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.model.errors import LibraryUnavailable
from knowledge.model.subject import default_subject
from knowledge.starter.subject_template import write_subject_folder
from tests.knowledge.library.public_sites import Reply, serving

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "another-person.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PERSON = re.compile(r"Sutskever|ilyasut|伊利亚|苏茨克|(?<!Ask)\bIlya\b")
PROGRAM = re.compile(r"name: Ilya$|Did Ilya say this\?|Le & Sutskever 2013")
"""The program's own name, as its app in Slack is called; and a paper."""


def _run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ILYA_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**kept, "PATH": path, "COLUMNS": "200", **variables}
    command = ["bash", "-ec", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_from_nothing_to_a_cited_answer_by_the_page_alone(tmp_path: Path) -> None:
    assert len(COMMANDS) == 3
    run = _run("\n".join(COMMANDS), tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Bees dance to point at flowers." in run.stdout
    assert "A tide mill knows its timetable for the next thousand years" in run.stdout
    assert "Mira Vane, to Tom Reed, On bees, 3 May 2021" in run.stdout
    assert "1 quotations" in run.stdout
    assert not PERSON.search(run.stdout)
    assert (tmp_path / "vane" / "data" / "library.db").is_file()


def test_the_catalogue_of_another_person_is_fetched(tmp_path: Path) -> None:
    write_subject_folder(tmp_path / "vane", "Mira Vane")
    lines = "".join(
        f"<p>Tom Reed: Why do bees of kind {n} dance?</p><p>Mira Vane: I think the bees of kind {n} like it.</p>"
        for n in range(6)
    )
    with serving({"hive.example/talk": Reply(f"<html><body>{lines}</body></html>")}, {}) as sites:
        (tmp_path / "vane" / "appearances.yaml").write_text(
            f"- {{id: hive, title: On bees, date: '2021-05', url: '{sites.address}/hive.example/talk'}}\n"
            f"- {{id: lost, title: Lost, url: '{sites.address}/hive.example/lost'}}\n"
        )
        variables = {"ILYA_SUBJECT": str(tmp_path / "vane"), "ILYA_ALLOW_PRIVATE_ADDRESSES": "true"}
        run = _run("ilya add --catalogue; ilya sources", tmp_path, **variables)
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"hive +2021-05 +got", run.stdout)
    assert re.search(r"lost +nothing +.*404", run.stdout)
    assert "Held: 1 of 2 appearances" in run.stdout
    assert re.search(r"hive-full +2021-05", run.stdout)


def test_a_wrong_file_is_told_with_its_line_and_a_missing_folder_with_the_command(tmp_path: Path) -> None:
    write_subject_folder(tmp_path / "vane", "Mira Vane")
    with pytest.raises(LibraryUnavailable, match="already"):
        write_subject_folder(tmp_path / "vane", "Tom Reed")
    (tmp_path / "vane" / "events.yaml").write_text("- names: [flood]\n  date: soon\n")
    run = _run("ilya subject check", tmp_path, ILYA_SUBJECT=str(tmp_path / "vane"))
    assert run.returncode == 1
    assert "events.yaml, line 2" in run.stderr
    run = _run("ilya subject check", tmp_path, ILYA_SUBJECT=str(tmp_path / "nobody"))
    assert run.returncode == 1
    assert "ilya subject init" in run.stderr


def test_the_shipped_person_checks_out(tmp_path: Path) -> None:
    run = _run("ilya subject check", tmp_path)
    assert run.returncode == 0, run.stderr
    assert default_subject().name in run.stdout


def test_the_code_names_no_person_outside_the_folder_about_the_person() -> None:
    found = []
    for package in ("assistant", "knowledge", "prompts", "ui", "evals"):
        for path in (ROOT / package).rglob("*"):
            inside = path.relative_to(ROOT).as_posix()
            skipped = inside.startswith(("knowledge/starter/", "evals/suites/")) and path.suffix != ".py"
            if skipped or path.suffix not in {".py", ".yaml", ".md", ".js", ".css", ".html", ".json"}:
                continue
            lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            found += [f"{inside}:{n}" for n, line in lines if PERSON.search(PROGRAM.sub("", line))]
    assert found == []
