"""Rare words of a question count more than common ones, and words without a topic hardly at all."""

import numpy as np

from assistant import Assistant
from assistant.retrieval.piece_likeness import piece_weights, words_of
from knowledge.search.embedding import BilingualEmbeddings


def test_the_rarer_the_word_the_more_its_pieces_count(assistant: Assistant, embeddings: BilingualEmbeddings) -> None:
    snapshot, text = assistant.index.current(), "Why do the bees play the piano?"
    pieces = embeddings.question(text)
    told = [text[start:end] for start, end in pieces.spans]
    weights = dict(zip(told, piece_weights(snapshot, words_of(text, pieces)).tolist(), strict=True))
    assert weights["piano"] > weights["bees"] > weights["Why"] == weights["?"] > 0


def test_pieces_of_one_word_share_its_rarity(assistant: Assistant, embeddings: BilingualEmbeddings) -> None:
    snapshot, text = assistant.index.current(), "Zygomorphic honey"
    pieces = embeddings.question(text)
    weights = piece_weights(snapshot, words_of(text, pieces))
    parts = weights[pieces.spans[:, 1] <= len("Zygomorphic")]
    assert len(parts) > 1
    assert np.allclose(parts, parts[0])
    assert parts[0] < weights[-1] * 2
