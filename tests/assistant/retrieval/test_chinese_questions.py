"""A Chinese question finds English words of any field, also of one that no glossary was written for."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from knowledge.search.embedding import BilingualEmbeddings
from tests.invented import MIRA
from tests.ui.web.library import sources


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Assistant:
    home: Path = tmp_path_factory.mktemp("chinese")
    opened = Assistant.open(Settings(home=home, starter=False), subject=MIRA, embeddings=embeddings)
    for source, raw in sources():
        opened.library.add(source, raw, origin=source.id)
    opened.index.sync()
    return opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("为什么蜜蜂会跳舞？", "Bees dance"),
        ("是什么推动港口的潮汐？", "The moon pulls"),
        ("蚂蚁会跳舞吗？", "ants dance"),
        ("月亮（the moon）对潮水有什么作用？", "The moon pulls"),
    ],
)
def test_the_words_are_found_by_the_dictionary(furnished: Assistant, question: str, said: str) -> None:
    assert said in furnished.ask(question).quotes[0].quote.text


def test_what_nobody_spoke_of_stays_unanswered(furnished: Assistant) -> None:
    assert furnished.ask("比特币会涨吗？").quotes == ()
    assert furnished.ask("她怎么看火箭发动机？").quotes == ()
