"""Libraries of every age open, or are refused in one sentence; whatever happens on the way, nothing in them is lost."""

import resource
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from knowledge.library import database
from knowledge.library.store import Base, EditionRow, Library
from knowledge.model.errors import LibraryDamaged, LibraryUnavailable
from tests.invented import BEES, TIDES, labelled_source

BEES_SOURCE = labelled_source(BEES, "bees")
NOW, NEXT = database.HEAD, f"{int(database.HEAD) + 1:04}"
REVISION = f"""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{NEXT}", "{NOW}"
def upgrade():
    op.add_column("editions", sa.Column("note", sa.String))
    op.execute("UPDATE editions SET note = 'kept'")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def opened(path: Path) -> Library:
    return Library(f"sqlite:///{path}")


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def with_bees(path: Path) -> Library:
    library = opened(path)
    library.add(BEES_SOURCE, BEES.encode(), origin="bees.txt")
    return library


def shape(path: Path) -> object:
    """What the table of editions looks like: columns, keys, indexes."""
    engine = create_engine(f"sqlite:///{path}")
    seen = inspect(engine)
    columns = [(column["name"], str(column["type"]), column["nullable"]) for column in seen.get_columns("editions")]
    indexes = sorted((index["name"], tuple(index["column_names"])) for index in seen.get_indexes("editions"))
    unique = [tuple(found["column_names"]) for found in seen.get_unique_constraints("editions")]
    engine.dispose()
    return columns, indexes, unique, seen.get_pk_constraint("editions")["constrained_columns"]


def test_the_revisions_make_the_tables_that_the_code_reads(path: Path, tmp_path: Path) -> None:
    opened(path)
    engine = create_engine(f"sqlite:///{tmp_path / 'code.db'}")
    Base.metadata.create_all(engine, tables=[Base.metadata.tables[EditionRow.__tablename__]])
    engine.dispose()
    assert shape(path) == shape(tmp_path / "code.db")


def test_a_library_from_before_versions_opens_and_loses_nothing(path: Path) -> None:
    with_bees(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE alembic_version")
    library = opened(path)
    assert library.source("bees") == BEES_SOURCE
    assert library.raw(BEES_SOURCE) == BEES.encode()
    assert rows(path, "SELECT version_num FROM alembic_version") == [(database.HEAD,)]


def test_a_library_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    with_bees(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(LibraryUnavailable, match=r"newer ask-ilya .* update ask-ilya"):
        opened(path)
    assert rows(path, "SELECT source_id FROM editions") == [("bees",)]
    assert rows(path, "SELECT version_num FROM alembic_version") == [("9999",)]


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program one revision ahead; returns the file of that revision."""
    folder = tmp_path / "migrations"
    shutil.copytree(database._FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(database, "_FOLDER", folder)
    monkeypatch.setattr(database, "HEAD", NEXT)
    revision = folder / "versions" / f"note_{NEXT}.py"
    revision.write_text(REVISION)
    return revision


def test_a_revision_keeps_what_is_there(path: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(database, "HEAD", NOW)
        revision = next_version.read_text()
        next_version.unlink()
        with_bees(path)
    next_version.write_text(revision)
    assert opened(path).source("bees") == BEES_SOURCE
    assert rows(path, "SELECT source_id, note FROM editions") == [("bees", "kept")]


@pytest.mark.parametrize("end", ["raise RuntimeError('power cut')", "import os; os._exit(9)"])
def test_a_revision_that_breaks_off_leaves_the_library_as_it_was(path: Path, next_version: Path, end: str) -> None:
    revision = next_version.read_text()
    next_version.unlink()
    database.bring_up_to_date(create_engine(f"sqlite:///{path}"))
    next_version.write_text(f"{revision}    {end}\n")
    code = (
        "import sys; from pathlib import Path; from knowledge.library import database as schema\n"
        "from knowledge.library.store import Library\n"
        f"schema._FOLDER, schema.HEAD = Path(sys.argv[1]), '{NEXT}'; Library('sqlite:///' + sys.argv[2])"
    )
    run = subprocess.run([sys.executable, "-c", code, next_version.parents[1], path], capture_output=True, check=False)
    assert run.returncode != 0
    assert rows(path, "SELECT version_num FROM alembic_version") == [(NOW,)]
    assert "note" not in str(shape(path))
    next_version.write_text(revision)
    opened(path)
    assert rows(path, "SELECT version_num FROM alembic_version") == [(NEXT,)]


def test_many_may_open_a_new_library_at_once(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        libraries = list(pool.map(lambda _: opened(path), range(8)))
    assert [library.summaries() for library in libraries] == [[]] * 8


def test_a_library_of_today_opens_without_alembic(path: Path) -> None:
    opened(path)
    code = (
        "import sys; from knowledge.library.store import Library; Library(sys.argv[1]); print('alembic' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, f"sqlite:///{path}"], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "no address of a database"),
        ("", "no address"),
        ("mongo://a/b", "no address"),
        ("x://", "no address"),
    ],
)
def test_an_address_that_is_none_is_one_sentence(url: str, sentence: str) -> None:
    with pytest.raises(LibraryUnavailable, match=sentence):
        Library(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgres_that_is_not_there_is_one_sentence_however_it_is_spelled(scheme: str) -> None:
    pytest.importorskip("psycopg", reason="the driver for Postgres is not installed")
    with pytest.raises(LibraryUnavailable, match="cannot be read or written"):
        Library(f"{scheme}://nobody:x@127.0.0.1:9/nothing")


def test_a_full_disk_keeps_nobody_from_reading_and_is_not_told_as_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_bees(path).engine.dispose()
    monkeypatch.setattr(database, "_ENOUGH", 1 << 62)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limit[1]))  # no file grows, as on a full disk
    try:
        library = opened(path)
        text = library.source("bees").text
        with pytest.raises(LibraryUnavailable, match="has room") as refused:
            library.add(labelled_source(TIDES, "tides"), TIDES.encode(), origin="tides.txt")
        monkeypatch.setattr(database, "_has_room", lambda _path: True)  # it was full only afterwards
        with pytest.raises(LibraryUnavailable, match="has room") as unread:
            opened(path).source("bees")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert text == BEES_SOURCE.text
    assert not any(isinstance(one.value, LibraryDamaged) for one in (refused, unread))
    assert [one.id for one in opened(path).summaries()] == ["bees"]
