from pathlib import Path

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from assistant import Assistant
from knowledge.embedding import embeddable
from knowledge.errors import IndexMismatch
from knowledge.index import Index, open_chroma
from knowledge.library import Library
from tests.invented import BEES, TIDES, labelled_source


def test_a_second_sync_embeds_nothing(assistant: Assistant) -> None:
    assert assistant.index.sync() == 0


def test_a_removed_source_leaves_the_search_and_a_new_one_enters(assistant: Assistant) -> None:
    assistant.library.remove("bees")
    assistant.index.sync()
    assert {hit.passage.source.id for hit in assistant.search("Why do bees dance?")} == {"tides"}
    assistant.library.add(labelled_source(BEES, "hive"), BEES.encode(), origin="hive.txt")
    assert assistant.index.sync() == 3
    assert assistant.search("Why do bees dance?")[0].passage.source.id == "hive"


def test_an_interrupted_sync_is_completed_by_the_next(tmp_path: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    library.add(labelled_source(BEES, "bees"), BEES.encode(), origin="bees.txt")
    library.add(labelled_source(TIDES, "tides"), TIDES.encode(), origin="tides.txt")
    index = Index(open_chroma(tmp_path / "index"), library, DeterministicFakeEmbedding(size=8))

    class Interrupted(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        index.sync(stop)
    assert index.sync() > 0
    assert index.sync() == 0
    found = index.by_meaning([0.0] * 7 + [1.0], 50)
    assert {key.split(":")[0] for key in found} == {"bees", "tides"}


def test_an_index_of_another_embedder_is_refused_and_left_alone(tmp_path: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    library.add(labelled_source(BEES, "bees"), BEES.encode(), origin="bees.txt")
    first = Index(open_chroma(tmp_path / "index"), library, DeterministicFakeEmbedding(size=8))
    first.sync()

    class Another(DeterministicFakeEmbedding):
        pass

    with pytest.raises(IndexMismatch, match="ilya reindex"):
        Index(open_chroma(tmp_path / "index"), library, Another(size=8)).sync()
    assert first.sync() == 0


def test_what_would_stall_the_embedder_is_cut_away() -> None:
    assert embeddable("\x00a\ud800b") == " a b"
    assert len(embeddable("x" * 600_000)) == 2_000
    assert embeddable("") == " "
