"""The revisions make, on SQLite and on Postgres, exactly the tables that the stores of the code read and write."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import create_engine, inspect

import ui.api.keys
import ui.slack.state.conversations
import ui.slack.state.preferences
import ui.slack.state.seen_events
import ui.slack.state.unanswered
import ui.web.access.failed_tries
import ui.web.access.sessions  # noqa: F401 - each of these brings its tables
from assistant.records.saved_answers import Records
from knowledge.library import database
from knowledge.library.store import Base, Library
from tests.invented import BEES, labelled_source
from tests.postgres import Postgres, running_postgres


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A real Postgres."""
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, Postgres by either spelling."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'library.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    name = f"db_{request.param}_{abs(hash(request.node.name)) % 10**9}"
    server.new_database(name)
    return server.url(name, scheme=request.param)


def metadata() -> list[object]:
    """Return what the code of each store says of its tables."""
    engine = create_engine("sqlite://")
    stores = (SQLAlchemyInstallationStore("id", engine), SQLAlchemyOAuthStateStore(600, engine))
    return [Base.metadata, *(store.metadata for store in stores)]


def differences(library: Library) -> list[object]:
    """Return in what the tables differ from what the code says."""
    with library.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata()))  # type: ignore[arg-type]


def test_the_revisions_make_every_table_as_the_code_reads_it(url: str) -> None:
    library = Library(url)
    assert differences(library) == []
    assert {"answers", "api_keys", "sign_ins", "feedback", "slack_seen", "slack_bots"} <= set(
        inspect(library.engine).get_table_names()
    )
    library.engine.dispose()


def test_a_table_that_differs_is_seen(tmp_path: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    with library.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE feedback ADD COLUMN remark VARCHAR")
    assert "remark" in str(differences(library))


def test_a_library_whose_stores_made_their_own_tables_is_brought_up_to_date_and_keeps_its_rows(url: str) -> None:
    engine = database.connect(url)
    for one in metadata():
        one.create_all(engine)  # type: ignore[attr-defined]
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        connection.exec_driver_sql("INSERT INTO sign_ins VALUES ('x', 'ada', 1.5)")
    engine.dispose()
    library = Library(url)
    assert differences(library) == []
    with library.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM sign_ins").all() == [("ada",)]
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").all() == [(database.HEAD,)]
    library.engine.dispose()


def test_what_sqlite_keeps_postgres_keeps(url: str) -> None:
    library = Library(url)
    source = labelled_source(BEES, "bees")
    library.add(source, BEES.encode(), origin="bees.txt")
    assert library.source("bees") == source
    assert library.raw(source) == BEES.encode()
    assert Records(library).answer("none") is None
    assert library.engine.dialect.name == ("sqlite" if url.startswith("sqlite") else "postgresql")
    library.engine.dispose()


def test_a_postgres_that_goes_away_is_told_and_comes_back(tmp_path: Path) -> None:
    with running_postgres() as server:
        library = Library(server.url())
        library.add(labelled_source(BEES, "bees"), BEES.encode(), origin="bees.txt")
        server.stop()
        with pytest.raises(database.LibraryUnavailable):
            library.summaries()
        server.start()
        assert [summary.id for summary in library.summaries()] == ["bees"]
        library.engine.dispose()
