"""What every test shares: an own data folder, and an assistant that knows two invented interviews."""

import os
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from knowledge.search.embedding import BilingualEmbeddings
from tests.homes import copy_home
from tests.invented import BEES, MIRA, TIDES, labelled_source

SLOW = (
    *("tests/hostile/", "tests/real_model/", "tests/ui/web/", "tests/ui/slack/", "tests/ui/cli/", "tests/ui/mcp/"),
    *("tests/ui/api/", "tests/evals/rivals/", "tests/evals/run/", "tests/evals/hostile/", "evals/test_book.py"),
    *("tests/test_readme.py", "tests/test_wheel.py", "tests/test_another_person.py"),
    "tests/knowledge/test_shared_corpus.py",
    *("tests/assistant/test_assistant", "tests/assistant/test_diagnosis", "tests/assistant/models/"),
    *("tests/assistant/checking/test_checking_speed.py", "tests/assistant/checking/test_checking_mutations.py"),
    *("tests/knowledge/speakers/test_shared_maps.py", "tests/knowledge/search/test_index_stress.py"),
    *("tests/knowledge/test_flipped_bits.py", "tests/knowledge/library/test_kills.py"),
    *("tests/test_python_page.py", "tests/test_read_only_home.py", "tests/evals/benchmarks/"),
    *("tests/knowledge/search/test_chroma_server.py", "tests/faults/test_instruments.py"),
    "tests/knowledge/library/test_bounded_reader.py::test_two_hundred",
    *(
        f"tests/knowledge/library/test_importer.py::test_{name}"
        for name in ("an_import_that_is_killed", "several_importers")
    ),
)
"""Files and folders (by how their path begins) that start processes, browsers or models, or measure for long."""


def pytest_xdist_auto_num_workers() -> int:
    """Return how many workers `-n auto` starts: three for two cores, since tests of pages wait for their browsers."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + cores // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make test-fast` leaves out."""
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from or written to the developer's own data folder or keys."""
    monkeypatch.setenv("ILYA_HOME", str(tmp_path / "home"))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ILYA_MODEL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def embeddings() -> BilingualEmbeddings:
    """The real offline embedder, loaded once."""
    return BilingualEmbeddings()


@pytest.fixture
def empty_assistant(tmp_path: Path, embeddings: BilingualEmbeddings) -> Assistant:
    """An assistant for the invented subject, with nothing in its library."""
    settings = Settings(home=tmp_path / "home", starter=False)
    return Assistant.open(settings, subject=MIRA, embeddings=embeddings)


@pytest.fixture(scope="session")
def _invented_home(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Path:
    home = tmp_path_factory.mktemp("invented") / "home"
    prepared = Assistant.open(Settings(home=home, starter=False), subject=MIRA, embeddings=embeddings)
    for text, name, date in ((BEES, "bees", "2021-05"), (TIDES, "tides", "2023-11-02")):
        source = labelled_source(text, name, title=f"On {name}", date=date)
        prepared.library.add(source, text.encode(), origin=f"/talks/{name}.txt")
    prepared.index.sync()
    return home


@pytest.fixture
def assistant(tmp_path: Path, _invented_home: Path, embeddings: BilingualEmbeddings) -> Assistant:
    """An assistant that knows the two invented interviews, in a folder of its own."""
    home = tmp_path / "home"
    copy_home(_invented_home, home)
    return Assistant.open(Settings(home=home, starter=False), subject=MIRA, embeddings=embeddings)


@pytest.fixture(scope="session")
def book_home(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Path:
    """A data folder that holds the quotation book, prepared once; tests that write to it take a copy."""
    home = tmp_path_factory.mktemp("book") / "home"
    Assistant.open(Settings(home=home), embeddings=embeddings)
    return home
