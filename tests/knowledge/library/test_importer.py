"""Importing: one report per file, broken files passed over, nothing done twice, nothing lost when it is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from knowledge.library.importer import MAX_BYTES, FileReport, Outcome, import_paths, source_slug
from knowledge.library.store import Library
from knowledge.model.errors import LibraryUnavailable, SourceRefused
from knowledge.model.provenance import Provenance
from tests.invented import BEES, MIRA, TIDES


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(f"sqlite:///{tmp_path / 'library.db'}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    talks = tmp_path / "talks"
    (talks / "more").mkdir(parents=True)
    (talks / "Bees (2021).txt").write_text(BEES)
    (talks / "more" / "tides.md").write_text(TIDES)
    return talks


def run(library: Library, *paths: Path | str) -> list[FileReport]:
    return list(import_paths(paths, library, MIRA))


def test_a_report_tells_what_was_understood(library: Library, folder: Path) -> None:
    report = run(library, folder / "Bees (2021).txt")[0]
    assert (report.outcome, report.source_id, report.kind) == (Outcome.NEW, "bees-2021", "labelled")
    assert (report.provenance, report.speakers) == (Provenance.TRANSCRIPT, ("Tom Reed", "Mira Vane"))
    assert 0 < report.quotable_words < report.words
    assert report.notes
    assert library.raw(library.source("bees-2021")) == BEES.encode()


def test_a_folder_is_walked_and_nothing_is_done_twice(library: Library, folder: Path) -> None:
    assert [(one.source_id, one.outcome) for one in run(library, folder)] == [
        ("bees-2021", Outcome.NEW),
        ("tides", Outcome.NEW),
    ]
    before = library.editions()
    again = run(library, folder)
    assert {one.outcome for one in again} == {Outcome.UNCHANGED}
    assert [one.quotable_words > 0 for one in again] == [True, True]
    assert library.editions() == before


def test_a_changed_file_replaces_its_source_and_the_old_edition_stays(library: Library, folder: Path) -> None:
    old = run(library, folder)[0]
    sha256 = library.source("bees-2021").sha256
    (folder / "Bees (2021).txt").write_text(BEES + "Tom Reed: Thanks.\n")
    new = run(library, folder)[0]
    assert (new.outcome, new.source_id) == (Outcome.REPLACED, old.source_id)
    assert library.source("bees-2021").sha256 != sha256
    assert library.source("bees-2021", sha256).sha256 == sha256


def test_two_files_of_one_name_are_two_sources_and_two_copies_are_one(library: Library, tmp_path: Path) -> None:
    for name, text in (("a", BEES), ("b", TIDES), ("c", BEES)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "talk.txt").write_text(text)
    reports = run(library, tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert [(one.source_id, one.outcome) for one in reports] == [
        ("talk", Outcome.NEW),
        ("talk-2", Outcome.NEW),
        ("talk", Outcome.UNCHANGED),
    ]


def test_broken_files_are_reported_and_the_rest_is_imported(library: Library, folder: Path) -> None:
    (folder / "a-empty.txt").write_bytes(b"")
    (folder / "a-binary.bin").write_bytes(bytes(range(256)) * 9)
    (folder / ".hidden.txt").write_text(BEES)
    with (folder / "a-large.txt").open("wb") as large:
        large.truncate(MAX_BYTES + 1)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    reports = {Path(one.origin).name: one for one in run(library, folder, folder / "missing.txt")}
    assert ".hidden.txt" not in reports
    refused = {name: one.reason or "" for name, one in reports.items() if one.outcome is Outcome.REFUSED}
    assert set(refused) == {"a-empty.txt", "a-binary.bin", "a-large.txt", "missing.txt"}
    assert "empty" in refused["a-empty.txt"]
    assert "50" in refused["a-large.txt"]
    assert "no such file" in refused["missing.txt"]
    assert {summary.id for summary in library.summaries()} == {"bees-2021", "tides"}


def test_a_link_that_leads_back_is_not_followed_for_ever(library: Library, folder: Path) -> None:
    (folder / "more" / "back").symlink_to(folder)
    assert len(run(library, folder)) == 2


def test_a_folder_without_files_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = run(library, tmp_path / "empty")[0]
    assert (report.outcome, report.origin) == (Outcome.REFUSED, str(tmp_path / "empty"))
    assert "no readable files" in (report.reason or "")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_refused(library: Library, folder: Path) -> None:
    (folder / "more" / "tides.md").chmod(0)
    assert "permissions" in (run(library, folder)[1].reason or "")


def test_progress_is_told_before_each_file_and_at_the_end(library: Library, folder: Path) -> None:
    heard: list[tuple[int, int]] = []
    list(import_paths([folder], library, MIRA, on_progress=lambda done, total: heard.append((done, total))))
    assert heard == [(0, 2), (1, 2), (2, 2)]


def test_a_full_disk_stops_the_import_and_loses_nothing(library: Library, folder: Path) -> None:
    run(library, folder / "more")
    (folder / "large.txt").write_text(
        BEES + "".join(f"Tom Reed: And hive {number}?{' So it is.' * 60}\n" for number in range(1000))
    )
    event.listen(library.engine, "checkout", lambda raw, *_: raw.execute("PRAGMA max_page_count = 1").close())
    with pytest.raises(LibraryUnavailable, match="full"):
        run(library, folder / "large.txt")
    assert [summary.id for summary in library.summaries()] == ["tides"]


def test_a_private_address_is_refused_and_the_rest_goes_on(library: Library, folder: Path) -> None:
    reports = run(library, "http://127.0.0.1:9/talk.html", folder / "more")
    assert [one.outcome for one in reports] == [Outcome.REFUSED, Outcome.NEW]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("lex-094-2020-whisper-large.vtt", "lex-094-2020-whisper-large"),
        ("Mira Vane – Über Bienen.md", "mira-vane-über-bienen"),
        ("访谈 2023.txt", "访谈-2023"),
        ("???.txt", "source"),
        ("x" * 300 + ".txt", "x" * 100),
    ],
)
def test_ids_are_made_of_the_files_name(name: str, slug: str) -> None:
    assert source_slug(name) == slug


KILLED = """
import sys
from pathlib import Path
from knowledge.library.importer import import_paths
from knowledge.library.store import Library
from tests.invented import MIRA
print("ready", flush=True)
for report in import_paths([Path(sys.argv[1])], Library(sys.argv[2]), MIRA):
    print(report.source_id, flush=True)
"""


@pytest.mark.parametrize("after", [0, 1, 7])
def test_an_import_that_is_killed_is_completed_by_the_next(tmp_path: Path, after: int) -> None:
    talks = tmp_path / "talks"
    talks.mkdir()
    for number in range(30):
        (talks / f"talk-{number:02}.txt").write_text(BEES.replace("honey", f"honey {number}"))
    url = f"sqlite:///{tmp_path / 'library.db'}"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(talks), url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert process.stdout is not None
    for _ in range(after + 1):
        process.stdout.readline()
    time.sleep(0.002 * after)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    library = Library(url)
    for summary in library.summaries():  # wholly in
        assert library.raw(library.source(summary.id)) == (talks / f"{summary.id}.txt").read_bytes()
    list(import_paths([talks], library, MIRA))
    assert len(library.summaries()) == 30


def test_a_refusal_names_the_file() -> None:
    assert str(SourceRefused("talk.txt", "the file is empty.")) == "talk.txt: the file is empty."


_IMPORT = """
import sys
from pathlib import Path
from knowledge.library.importer import import_paths
from knowledge.library.store import Library
from tests.invented import MIRA
library = Library(sys.argv[1])
sys.stdin.readline()
outcomes = [report.outcome for folder in sys.argv[2:] for report in import_paths([Path(folder)], library, MIRA)]
print(outcomes.count("new"), outcomes.count("unchanged"), len(outcomes))
"""


def test_several_importers_of_the_same_folders_lose_and_double_nothing(tmp_path: Path) -> None:
    folders = []
    for number in range(6):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        (folder / "talk.txt").write_text(BEES.replace("honey", f"honey {number}"))
        folders.append(str(folder))
    url = f"sqlite:///{tmp_path / 'library.db'}"
    command = [sys.executable, "-c", _IMPORT, url]
    Library(url)
    running = [
        subprocess.Popen([*command, *order], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for order in (folders, folders[::-1], folders[3:] + folders[:3])
    ]
    told = [process.communicate("go\n")[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert sum(int(new) for new, _, _ in told) == 6
    assert all(int(new) + int(unchanged) == int(count) == 6 for new, unchanged, count in told)
    library = Library(url)
    assert sorted(edition.source_id for edition in library.editions()) == ["talk", *(f"talk-{n}" for n in range(2, 7))]
    assert len({edition.sha256 for edition in library.editions()}) == 6
