"""A question of the quotation book, asked in its words or nearly so, is answered by its quotation first."""

from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant, Settings
from assistant.retrieval.known_questions import KnownQuestions
from knowledge.search.embedding import BilingualEmbeddings
from knowledge.starter.book import book_files, read_book_file
from knowledge.text.chinese import is_chinese
from tests.invented import MIRA, labelled_source

BOOK = """\
id: bees-2021
title: On bees
date: "2021-05"
venue: Field Notes
hosts: [Tom Reed]
language: en
provenance: quotation
basis: Printed in a magazine.
quotations:
  - topic: bees
    question: {en: "Is honey worth the work?", zh: "蜂蜜值得吗？"}
    also: ["What does she think of wasps?", "她怎么看黄蜂？"]
    text: |-
      Every summer I would do all of it again without a second thought.
  - topic: bees
    question: {en: "Why do wasps sting?", zh: "黄蜂为什么蜇人？"}
    text: |-
      Wasps sting because wasps defend what wasps have built.
  - topic: bees
    question: {en: "What did she believe about hives in 1999?", zh: "汤姆说蜂巢没有用，她怎么看？"}
    text: |-
      Back then I took every hive for a small town with streets of its own.
"""


@pytest.fixture
def beekeeper(empty_assistant: Assistant, tmp_path: Path) -> Assistant:
    path = tmp_path / "bees-2021.yaml"
    path.write_text(BOOK, encoding="utf-8")
    empty_assistant.library.add(read_book_file(path, MIRA), path.read_bytes(), origin="book")
    talk = "Tom Reed: And wasps?\nMira Vane: Wasps are wasps, and a wasp is what a wasp does all day.\n"
    empty_assistant.library.add(labelled_source(talk, "wasps"), talk.encode(), origin="wasps.txt")
    empty_assistant.index.sync()
    return empty_assistant


@pytest.mark.parametrize(
    "question", ["What does she think of wasps?", "What does Mira Vane think about wasps?", "Is honey worth this work?"]
)
def test_another_wording_counts_more_than_the_words_of_others(beekeeper: Assistant, question: str) -> None:
    answer = beekeeper.ask(question)
    assert answer.quotes
    assert answer.quotes[0].quote.text.startswith("Every summer")


@pytest.mark.parametrize("question", ["What did she believe about hives in 1999?", "汤姆说蜂巢没有用，她怎么看？"])
def test_a_year_or_another_person_in_a_known_question_limits_nothing(beekeeper: Assistant, question: str) -> None:
    assert [shown.quote.text[:9] for shown in beekeeper.ask(question).quotes][:1] == ["Back then"]


def test_another_question_about_the_same_is_answered_as_before(beekeeper: Assistant) -> None:
    answer = beekeeper.ask("Why do wasps sting people?")
    assert answer.quotes[0].quote.text.startswith("Wasps sting")


def test_nearly_every_question_of_the_book_finds_its_own_quotation(
    book_home: Path, embeddings: BilingualEmbeddings
) -> None:
    assistant = Assistant.open(Settings(home=book_home), embeddings=embeddings)
    turns = [
        (source, turn)
        for source in (read_book_file(path, assistant.subject) for path in book_files())
        for turn in source.turns
        if turn.renders is None
    ][::12]
    missed = []
    for source, turn in turns:
        for question in filter(None, (turn.question, turn.question_zh)):
            first = assistant.search(question, 1)[0].passage
            if (first.source.id, first.turn.start) != (source.id, turn.start):
                missed.append(question)
    assert len(missed) <= len(turns) // 10, missed


BEES = [
    f"Do {kind} bees {verb}?"
    for kind in ("old", "young", "wild", "tame", "small", "large", "red", "late")
    for verb in ("dance", "sting", "sleep", "fly", "eat", "fight", "learn")
]


def test_a_question_worded_otherwise_is_near_by_its_vector(embeddings: BilingualEmbeddings) -> None:
    asked = [*BEES, "Will the keepers run out of honey?", "养蜂人有蜂蜜吗？"]
    vectors = np.array([np.zeros(384) if is_chinese(one) else embeddings.embed_query(one) for one in asked])
    known = KnownQuestions(list(enumerate(asked)), MIRA, vectors)

    def near(question: str) -> dict[int, float]:
        return known.near(np.array(embeddings.embed_query(question), dtype=np.float32))

    assert not known.like("Could keepers ever run short of honey?")
    found = near("Could keepers ever run short of honey?")
    assert max(found, key=found.__getitem__) == len(BEES)
    assert all(0 < share < 0.5 for share in found.values())
    assert len(BEES) not in near("Who invented the telephone?")
    assert not KnownQuestions(list(enumerate(asked[:20])), MIRA, vectors[:20]).near(vectors[0].astype(np.float32))


def test_the_index_keeps_a_vector_of_every_english_wording(beekeeper: Assistant) -> None:
    snapshot = beekeeper.index.current()
    kept = {
        wording: bool(vector.any()) for (_, wording), vector in zip(snapshot.questions, snapshot.asked, strict=True)
    }
    assert kept["What does she think of wasps?"]
    assert not kept["她怎么看黄蜂？"]
    assert len(kept) == 8
