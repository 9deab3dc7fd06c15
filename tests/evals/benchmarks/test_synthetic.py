"""Synthetic interviews are read like real ones, and their vectors are told apart from real texts."""

import numpy as np
from langchain_core.embeddings import DeterministicFakeEmbedding

from evals.benchmarks.synthetic import MARK, SyntheticEmbeddings, interviews
from knowledge.model.passages import passages
from knowledge.search.embedding import fingerprint
from knowledge.search.vectors import rows
from tests.invented import BEES, labelled_source

LIKE = passages(labelled_source(BEES, "bees"))


def test_as_many_passages_as_wanted_and_all_quotable() -> None:
    made = [passages(source) for source, _raw in interviews(LIKE, 260, subject="Mira Vane")]
    assert [len(found) for found in made] == [250, 10]
    assert all(MARK in passage.text for found in made for passage in found)
    assert {passage.turn.speaker for found in made for passage in found} == {"Mira Vane"}


def test_real_texts_keep_their_vectors() -> None:
    real = DeterministicFakeEmbedding(size=8)
    mixed = SyntheticEmbeddings(real, LIKE)
    first, second, third = mixed.embed_documents([f"{MARK} one.", "Bees dance.", f"{MARK} two."])
    assert second == real.embed_documents(["Bees dance."])[0]
    assert np.isclose(np.linalg.norm([first, third], axis=1), 1).all()
    assert first != third
    assert fingerprint(mixed) == fingerprint(real)


def test_every_field_of_a_synthetic_passage_is_drawn_like_the_real_ones() -> None:
    real = DeterministicFakeEmbedding(size=8)
    mixed = SyntheticEmbeddings(real, LIKE)
    source, _raw = next(interviews(LIKE, 1, subject="Mira Vane"))
    told = list(rows(passages(source)[0]))
    assert len(mixed.embed_documents([row.text for row in told if not row.as_query])) == len(told) - 1
    asked = next(row.text for row in told if row.as_query)
    assert mixed.embed_query(asked) != real.embed_query(asked)
