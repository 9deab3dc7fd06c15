"""Rows and pieces of passages: as many as the index lays out, of the right words, in either language."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.model.passages import Passage, passages
from knowledge.search.embedding import BilingualEmbeddings
from knowledge.search.late_interaction.passage_encoding import SCALE, Laid, encode_passages, quantised
from knowledge.search.vectors import embed_edition, read_vectors, row_count, write_vectors
from tests.invented import BEES, labelled_source

FOUND = passages(labelled_source(BEES, "bees"))
CHINESE = passages(
    labelled_source("记者: 蜜蜂为什么跳舞？\nMira Vane: 蜜蜂跳舞是为了指向花。没有人教过它们。\n", "zh", language="zh")
)


def test_parts_are_the_question_the_answer_its_sentences_and_pairs() -> None:
    laid = Laid.of(FOUND[0])
    told = [laid.text[start:end] for start, end in laid.parts]
    answer = FOUND[0].text
    sentences = [FOUND[0].source.text[start:end] for start, end in FOUND[0].sentences]
    assert told[:3] == [laid.text, answer, "Why do bees dance at all? "]
    assert told[3:6] == sentences
    assert told[6:] == [" ".join(sentences[:2]), sentences[2]]


@pytest.mark.parametrize("found", [FOUND, CHINESE, [*FOUND, *CHINESE]], ids=["english", "chinese", "both"])
def test_there_are_as_many_rows_as_the_index_lays_out(found: list[Passage], embeddings: BilingualEmbeddings) -> None:
    made = encode_passages(embeddings, found)
    assert len(made.rows) == sum(row_count(len(passage.sentences)) for passage in found)
    assert np.allclose(np.linalg.norm(made.rows, axis=1), 1, atol=1e-3)
    assert len(made.short) == made.pieces.sum()
    edges = np.cumsum([len(passage.sentences) + 1 for passage in found])
    counts = np.split(made.pieces, edges[:-1])
    assert [bool(count.sum()) for count in counts] == [passage in FOUND for passage in found]
    assert all((count > 0).all() or not count.any() for count in counts)


def test_a_byte_a_component_keeps_the_cosines() -> None:
    random = np.random.default_rng(0).standard_normal((50, 96)).astype(np.float32)
    unit = random / np.linalg.norm(random, axis=1, keepdims=True)
    kept = quantised(unit).astype(np.float32) / SCALE
    assert np.abs(kept @ kept.T - unit @ unit.T).max() < 0.02


def test_vectors_are_read_as_they_were_written(tmp_path: Path, embeddings: BilingualEmbeddings) -> None:
    made = embed_edition(embeddings, FOUND, lambda _: None)
    write_vectors(tmp_path / "one.npz", made)
    kept = read_vectors(tmp_path / "one.npz")
    assert kept.ids == made.ids
    assert all((one == other).all() for one, other in zip(kept[1:], made[1:], strict=True))
