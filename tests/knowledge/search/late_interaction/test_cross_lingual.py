"""The map from e5's space into the English encoder's: fitted rightly, and shipped to be of use."""

import numpy as np

from knowledge.search.embedding import BilingualEmbeddings
from knowledge.search.late_interaction.cross_lingual import fit

PAIRS = [
    ("Why do bees dance?", "蜜蜂为什么跳舞？"),
    ("What moves the tides?", "潮汐是怎么产生的？"),
    ("Will robots do all the work?", "机器人会做所有的工作吗？"),
    ("How does the brain learn?", "大脑是怎么学习的？"),
    ("Should children study mathematics?", "孩子应该学数学吗？"),
    ("What is the price of electricity?", "电价是多少？"),
    ("Are you afraid of war?", "你害怕战争吗？"),
    ("Who wrote this novel?", "这部小说是谁写的？"),
]


def test_a_linear_relation_is_found() -> None:
    random = np.random.default_rng(0)
    vectors = random.standard_normal((200, 6)).astype(np.float32)
    turn = random.standard_normal((6, 6))
    known = fit(vectors, (vectors @ turn + 2).astype(np.float32), ridge=1e-6)
    assert np.allclose(known.matrix, turn, atol=0.01)
    assert np.allclose((vectors - known.mean) @ known.matrix + known.offset, vectors @ turn + 2, atol=0.05)


def test_chinese_questions_lie_near_their_english(embeddings: BilingualEmbeddings) -> None:
    english = np.array([embeddings.embed_query(text) for text, _ in PAIRS])
    chinese = np.array([embeddings.embed_query(text) for _, text in PAIRS])
    assert ((chinese @ english.T).argmax(axis=1) == np.arange(len(PAIRS))).sum() >= len(PAIRS) - 1


def test_documents_of_both_languages_keep_their_order(embeddings: BilingualEmbeddings) -> None:
    texts = ["蜜蜂跳舞。", "Bees dance.", "潮汐。", ""]
    found = np.array(embeddings.embed_documents(texts))
    alone = np.array([embeddings.embed_documents([text])[0] for text in texts])
    assert np.allclose(found, alone, atol=0.05)
    assert np.allclose(np.linalg.norm(found[:3], axis=1), 1, atol=1e-3)
