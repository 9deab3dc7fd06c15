"""What the English encoder makes of a text, and that the shipped weights are those of the model card."""

from hashlib import sha256

import numpy as np
import pytest

from knowledge.search.late_interaction.english_encoder import LONGEST, WEIGHTS, EnglishEncoder


@pytest.fixture(scope="module")
def encoder() -> EnglishEncoder:
    return EnglishEncoder(workers=1)


def test_the_shipped_weights_are_those_of_the_model_card() -> None:
    card = (WEIGHTS / "MODEL_CARD.md").read_text(encoding="utf-8")
    for name in ("encoder.onnx", "tokenizer.json", "cross_lingual.npz"):
        assert sha256((WEIGHTS / name).read_bytes()).hexdigest() in card


def test_every_piece_has_its_characters_and_a_unit_vector(encoder: EnglishEncoder) -> None:
    text = "Why do bees dance?"
    found = encoder.question(text)
    assert [text[start:end] for start, end in found.spans] == ["Why", "do", "bees", "dance", "?"]
    assert np.allclose(np.linalg.norm(found.short, axis=1), 1, atol=1e-4)
    assert found.states.shape == (5, 384)


def test_a_batch_gives_what_each_text_gives_alone(encoder: EnglishEncoder) -> None:
    texts = ["Bees dance to point at flowers.", "", "Ants follow a smell on the ground, and it fades every hour."]
    together = encoder.passages(texts)
    assert [len(one.short) for one in together] == [len(encoder.passages([text])[0].short) for text in texts]
    for one, text in zip(together, texts, strict=True):
        assert one.mean(0, len(text)) @ encoder.passages([text])[0].mean(0, len(text)) > 0.98 or not text


def test_an_answer_is_nearer_to_its_question_than_to_another(encoder: EnglishEncoder) -> None:
    answers = ["They point at flowers with it.", "The moon pulls the water."]
    asked = [encoder.question(text) for text in ("Why do bees dance?", "What moves the tides?")]
    told = [encoder.passages([text])[0].mean(0, len(text)) for text in answers]
    similar = np.array([[question.mean(0, 99) @ answer for answer in told] for question in asked])
    assert (similar.argmax(axis=1) == [0, 1]).all()


def test_what_is_too_long_is_cut_and_has_the_mean_of_the_whole(encoder: EnglishEncoder) -> None:
    text = "bee " * (LONGEST + 100)
    found = encoder.passages([text])[0]
    assert len(found.short) == LONGEST - 1
    assert np.allclose(found.mean(len(text) - 4, len(text)), found.mean(0, len(text)), atol=1e-5)
