import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from assistant import Assistant
from knowledge.library.store import Library
from knowledge.model.errors import AskIlyaError, IndexMismatch, IndexUnavailable
from knowledge.model.passages import Passage, passages
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.search import Field, Index, open_chroma
from knowledge.search.embedding import embeddable
from knowledge.search.vectors import read_vectors, rows, write_vectors
from tests.invented import BEES, TIDES, labelled_source

if TYPE_CHECKING:
    from chromadb.api import ClientAPI


def test_a_second_sync_embeds_nothing(assistant: Assistant) -> None:
    assert assistant.index.sync() == 0


def test_a_removed_source_leaves_the_search_and_a_new_one_enters(assistant: Assistant) -> None:
    assistant.library.remove("bees")
    assistant.index.sync()
    assert {hit.passage.source.id for hit in assistant.search("Why do bees dance?")} == {"tides"}
    assistant.library.add(labelled_source(BEES, "hive"), BEES.encode(), origin="hive.txt")
    assert assistant.index.sync() == 3
    assert assistant.search("Why do bees dance?")[0].passage.source.id == "hive"


def index_in(folder: Path, library: Library, embeddings: Embeddings) -> Index:
    return Index(None, folder, library, embeddings)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    library.add(labelled_source(BEES, "bees"), BEES.encode(), origin="bees.txt")
    library.add(labelled_source(TIDES, "tides"), TIDES.encode(), origin="tides.txt")
    return library


def test_an_interrupted_sync_is_completed_by_the_next(tmp_path: Path, library: Library) -> None:
    index = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))

    class Interrupted(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        index.sync(stop)
    assert index.sync() == 5
    assert index.sync() == 0
    assert {passage_id.split(":")[0] for passage_id in index.current().ids} == {"bees", "tides"}


def test_lost_files_are_made_again_from_the_library(tmp_path: Path, library: Library) -> None:
    index = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    index.sync()
    shutil.rmtree(tmp_path / "index" / "vectors")
    shutil.rmtree(tmp_path / "index" / "snapshots")
    again = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    assert again.sync() == 5
    assert again.current().ids == index.current().ids


def test_what_another_process_adds_is_found_without_a_restart(tmp_path: Path, library: Library) -> None:
    serving = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    serving.sync()
    importing = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    library.add(labelled_source(BEES, "hive"), BEES.encode(), origin="hive.txt")
    assert len(serving.current()) == 5
    importing.sync()
    assert len(serving.current()) == 8


def test_reviewed_speakers_are_indexed_anew(tmp_path: Path, library: Library) -> None:
    index = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    index.sync()
    source = library.source("bees")
    hers = [turn for turn in source.turns if turn.role is not Role.SUBJECT]
    library.add(source.model_copy(update={"turns": tuple(hers)}), BEES.encode(), origin="bees.txt")
    index.sync()
    assert {passage_id.split(":")[0] for passage_id in index.current().ids} == {"tides"}


def test_an_index_of_another_embedder_is_refused_and_left_alone(tmp_path: Path, library: Library) -> None:
    first = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    first.sync()

    class Another(DeterministicFakeEmbedding):
        pass

    with pytest.raises(IndexMismatch, match="ilya doctor --mend"):
        index_in(tmp_path / "index", library, Another(size=8)).sync()
    assert first.sync() == 0


def test_scores_are_those_of_the_vectors_themselves(tmp_path: Path, library: Library) -> None:
    embeddings = DeterministicFakeEmbedding(size=8)
    index = index_in(tmp_path / "index", library, embeddings)
    index.sync()
    snapshot = index.current()
    question = np.asarray(embeddings.embed_query("q"), dtype=np.float32)
    question /= np.linalg.norm(question)
    scored = snapshot.score(question, np.arange(len(snapshot)))
    for number, passage_id in enumerate(snapshot.ids):
        passage = index.passage(passage_id)
        sentences = [row.text for row in rows(passage) if row.field is Field.SENTENCE]
        vectors = np.asarray(embeddings.embed_documents(sentences))
        cosines = vectors @ question / np.linalg.norm(vectors, axis=1)
        assert scored.plain[number] == pytest.approx(cosines.max(), abs=0.01)
        assert len(scored.of_sentences(number)) == len(sentences)
        assert scored.fields[number, Field.SENTENCE] == scored.of_sentences(number).max()
        assert scored.fields[number, Field.PAIR] == scored.of_pairs(number).max()


def test_rare_words_weigh_more(tmp_path: Path, library: Library) -> None:
    index = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    index.sync()
    snapshot = index.current()
    found = snapshot.by_words({"timet": 1.0})
    assert [index.passage(snapshot.ids[n]).source.id for n in np.flatnonzero(found > 0)] == ["tides"]
    once, often = snapshot.rarity("timet"), snapshot.rarity("danc")
    assert once is not None
    assert often is not None
    assert once > often
    assert snapshot.rarity("zebra") is None
    assert not snapshot.by_words({"zebra": 1.0}).any()
    half, whole = snapshot.by_words({"timet": 0.5}), snapshot.by_words({"timet": 1.0})
    assert np.allclose(2 * half, whole)


def test_chroma_finds_the_nearest_that_comparing_all_finds(tmp_path: Path, library: Library) -> None:
    embeddings = DeterministicFakeEmbedding(size=8)
    index = Index(lambda: open_chroma(tmp_path / "chroma"), tmp_path / "index", library, embeddings)
    index.sync()
    library.remove("bees")
    library.add(labelled_source(BEES, "hive"), BEES.encode(), origin="hive.txt")
    index.sync()
    snapshot, alone = index.current(), index_in(tmp_path / "index", library, embeddings)
    for text in ("bees", "tides", "honey"):
        vector = np.asarray(embeddings.embed_query(text), dtype=np.float32)
        vector /= np.linalg.norm(vector)
        near = index.nearest(snapshot, vector, 2)
        assert set(near) == set(alone.nearest(alone.current(), vector, 2))
        assert len(near) == 2


def test_while_chroma_cannot_be_reached_the_same_is_found_without_it_and_told(tmp_path: Path, library: Library) -> None:
    embeddings = DeterministicFakeEmbedding(size=8)
    away = [True]

    def open_client() -> "ClientAPI":
        if away[0]:
            raise ConnectionRefusedError("no answer")
        return open_chroma(tmp_path / "chroma")

    index = Index(open_client, tmp_path / "index", library, embeddings)
    index.sync()
    vector = np.ones(8, dtype=np.float32) / np.sqrt(8, dtype=np.float32)
    found = set(index.nearest(index.current(), vector, 2))
    assert found == set(index.current().nearest(vector, 2))
    assert index.trouble is not None
    assert "ILYA_CHROMA_URL" in index.trouble
    away[0] = False
    index.sync()
    assert index.trouble is None
    assert set(index.nearest(index.current(), vector, 2)) == found


def test_rows_that_chroma_lacks_are_found_without_it(tmp_path: Path, library: Library) -> None:
    index = Index(
        lambda: open_chroma(tmp_path / "chroma"), tmp_path / "index", library, DeterministicFakeEmbedding(size=8)
    )
    index.sync()
    open_chroma(tmp_path / "chroma").get_collection("passages").delete(ids=index.current().ids[:3])
    vector = np.ones(8, dtype=np.float32) / np.sqrt(8, dtype=np.float32)
    assert set(index.nearest(index.current(), vector, 4)) == set(index.current().nearest(vector, 4))


def test_who_does_not_wait_leaves_large_sources_to_those_who_do(tmp_path: Path, library: Library) -> None:
    index = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    assert index.sync(wait=False) == 5  # without anything to search it waits
    long = "".join(f"Tom Reed: Why {n}?\nMira Vane: Because bees count to {n}. They do.\n" for n in range(150))
    library.add(labelled_source(long, "long"), long.encode(), origin="long.txt")
    library.add(labelled_source(BEES, "hive"), BEES.encode(), origin="hive.txt")
    assert index.sync(wait=False) == 3
    assert index.waiting == 1
    assert {passage_id.split(":")[0] for passage_id in index.current().ids} == {"bees", "tides", "hive"}
    assert index.sync() == 150
    assert index.waiting == 0


def test_a_taken_out_source_is_not_found_before_the_index_is_made_anew(tmp_path: Path, library: Library) -> None:
    index = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    index.sync()
    library.remove("bees")
    snapshot = index.current()
    vector = np.ones(8, dtype=np.float32) / np.sqrt(8, dtype=np.float32)
    assert {snapshot.ids[n].split(":")[0] for n in index.nearest(snapshot, vector, 9)} == {"tides"}
    assert not snapshot.by_words({"danc": 1.0}).any()
    assert list(snapshot.by_source) == ["tides"]
    assert len(snapshot.score_sample(vector).plain) == 2
    library.remove("tides")
    assert not len(index.current())


def test_words_that_a_review_took_from_her_are_not_read_for_an_older_state(tmp_path: Path, library: Library) -> None:
    index = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    index.sync()
    found = next(passage_id for passage_id in index.current().ids if passage_id.startswith("bees"))
    source = library.source("bees")
    unknown = [turn.model_copy(update={"role": Role.UNKNOWN, "speaker": None}) for turn in source.turns]
    library.add(source.model_copy(update={"turns": tuple(unknown)}), BEES.encode(), origin="bees.txt")
    with pytest.raises(IndexUnavailable, match="ask again"):
        index.passage(found)
    library.add(source.model_copy(update={"turns": ()}), BEES.encode(), origin="bees.txt")
    with pytest.raises(IndexUnavailable, match="ask again"):
        index.passage(found)


def test_a_review_in_one_process_is_read_by_the_others(tmp_path: Path, library: Library) -> None:
    serving = Library(f"sqlite:///{tmp_path / 'library.db'}")
    source = serving.source("tides")
    unknown = [turn.model_copy(update={"role": Role.UNKNOWN, "speaker": None}) for turn in source.turns]
    library.add(source.model_copy(update={"turns": tuple(unknown)}), TIDES.encode(), origin="tides.txt")
    assert {turn.role for turn in serving.source("tides").turns} == {Role.UNKNOWN}


def _files_of_newest(folder: Path) -> list[Path]:
    newest = max((folder / "snapshots").glob("0*"))
    return sorted(path for path in newest.rglob("*") if path.is_file() and path.stat().st_size)


def _flip(path: Path) -> None:
    found = bytearray(path.read_bytes())
    found[len(found) // 2] ^= 1
    path.write_bytes(found)


@pytest.mark.parametrize("damage", [_flip, lambda path: path.write_bytes(bytes(path.stat().st_size)), Path.unlink])
def test_whatever_file_is_damaged_is_told_and_healed_from_the_library(
    tmp_path: Path, library: Library, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "index"
    embeddings = DeterministicFakeEmbedding(size=8)
    index_in(folder, library, embeddings).sync()
    whole = index_in(folder, library, embeddings).current().ids
    for number in range(len(_files_of_newest(folder))):
        damage(_files_of_newest(folder)[number])
        with pytest.raises(IndexUnavailable, match=r"damaged .* `ilya doctor --mend`"):
            index_in(folder, library, embeddings).current()
        mended = index_in(folder, library, embeddings)
        mended.sync()
        assert mended.current().ids == whole
    for path in (folder / "vectors").glob("*.npz"):
        damage(path)
    shutil.rmtree(folder / "snapshots")
    mended = index_in(folder, library, embeddings)
    mended.sync()
    assert mended.current().ids == whole


def test_vectors_of_passages_that_are_cut_otherwise_now_are_made_anew(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "index"
    embeddings = DeterministicFakeEmbedding(size=8)
    index_in(folder, library, embeddings).sync()
    whole = index_in(folder, library, embeddings).current().ids
    for path in (folder / "vectors").glob("*.npz"):
        held = read_vectors(path)
        write_vectors(path, held._replace(ids=[f"{one}0" for one in held.ids]))
    shutil.rmtree(folder / "snapshots")
    mended = index_in(folder, library, embeddings)
    mended.sync()
    assert mended.current().ids == whole


def test_an_index_that_cannot_be_written_is_one_clear_sentence_and_loses_nothing(
    tmp_path: Path, library: Library
) -> None:
    (tmp_path / "index").write_text("not a folder")
    with pytest.raises(AskIlyaError, match=r"free some room|ilya doctor --mend"):
        index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8)).sync()
    assert len(library.summaries()) == 2


def test_what_would_stall_the_embedder_is_cut_away() -> None:
    assert embeddable("\x00a\ud800b") == " a b"
    assert len(embeddable("x" * 600_000)) == 2_000
    assert embeddable("") == " "


def test_vectors_of_passages_that_are_cut_otherwise_today_are_made_anew(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of the program cut the same words elsewhere."""
    cut = passages

    def coarser(source: Source, *, admit_inferred: bool = False) -> list[Passage]:
        return cut(source, admit_inferred=admit_inferred)[:1]

    with monkeypatch.context() as patch:
        patch.setattr("knowledge.search.embedded_editions.passages", coarser)
        index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8)).sync()
    library.add(labelled_source(BEES, "hive"), BEES.encode(), origin="hive.txt")
    index = index_in(tmp_path / "index", library, DeterministicFakeEmbedding(size=8))
    index.sync()
    snapshot = index.current()
    assert len(snapshot) == len(snapshot.by_words({"bee": 1.0})) == 8
