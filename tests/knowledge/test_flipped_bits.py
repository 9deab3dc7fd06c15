"""One bit of any stored file: what is shown is the same, or one sentence, never another word."""

import os
import shutil
from collections import defaultdict
from pathlib import Path

from assistant import Assistant
from knowledge.search.embedding import BilingualEmbeddings
from tests.invented import MIRA
from tests.knowledge.flipped_bits import Flip, Reader, flips

QUESTIONS = ("Why do bees dance?", "Would you build a tide mill today?")
CLAIMS = ("Bees dance to point at flowers.", "Ants follow a smell on the ground.")


def test_no_flipped_bit_shows_another_word(assistant: Assistant, embeddings: BilingualEmbeddings) -> None:
    reader = Reader(QUESTIONS, CLAIMS, MIRA, embeddings)
    each = int(os.environ.get("TEST_BITS", "2"))
    found: dict[str, list[Flip]] = defaultdict(list)
    for flip in flips(assistant.settings.home, reader, each=each):
        found[flip.file].append(flip)
    for flip in flips(assistant.settings.home, reader, each=15 * each, seed=1, only="library.db"):
        found[flip.file].append(flip)
    told = [flip for file in found.values() for flip in file]
    assert [flip for flip in told if flip.outcome not in ("same", "refused")] == []
    assert any(flip.outcome == "refused" for flip in told)
    assert all("\n" not in flip.told.strip() for flip in told)
    assert {name.split("/")[0] for name in found} == {"index", "library.db"}


def test_another_word_would_be_seen(assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path) -> None:
    reader = Reader(QUESTIONS[:1], (), MIRA, embeddings)
    before = reader.look(assistant.settings.home)
    shutil.copytree(assistant.settings.home, tmp_path / "other")
    other = Assistant.open(
        assistant.settings.model_copy(update={"home": tmp_path / "other"}), subject=MIRA, embeddings=embeddings
    )
    source = other.library.source("bees")
    changed = source.model_copy(update={"title": "On wasps"})
    other.library.add(changed, other.library.raw(source), origin="/talks/bees.txt")
    other.library.engine.dispose()
    assert reader.look(tmp_path / "other") != before
