"""Answers of others beside ours with the same scripted model: prose is measured as prose, and faults show."""

from pathlib import Path

import pytest

from assistant import Assistant
from evals.evaluation_errors import SuiteMissing
from evals.hostile.endpoint_server import HostileServer, Script, serving
from evals.hostile.personalities import PERSONALITIES
from evals.hostile.writers import copies, paraphrases
from evals.metrics.standing import Wording, standing
from evals.rivals import Compared, Peer, compare_answers, fidelity_table
from evals.rivals.answer_systems import Answering, LlamaIndex, Ours, Shown, TutorialChain
from evals.rivals.fidelity import Fidelity
from evals.run.worlds import World
from evals.suite.suite_file import Suite
from knowledge.search.embedding import BilingualEmbeddings
from tests.evals.suites import suite_of
from tests.invented import MIRA

ROWS = (
    {
        "id": "a",
        "question": "Who taught bees their dance?",
        "evidence": [{"source": "bees", "text": "Nobody taught them that."}],
    },
    {
        "id": "b",
        "question": "What pulls the water?",
        "evidence": [{"source": "tides", "text": "The moon pulls the water, and the sun helps."}],
    },
)


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return suite_of(tmp_path / "mine", ROWS)


def world_with(server: HostileServer, assistant: Assistant, embeddings: BilingualEmbeddings) -> World:
    settings = assistant.settings.model_copy(update={"model": "writer", "openai_base_url": server.url})
    asked = Assistant.open(settings, subject=MIRA, embeddings=embeddings)
    return World(asked, embeddings, {name: asked.library.source(name) for name in ("bees", "tides")})


def compared(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings, script: Script, peer: Peer | None = None
) -> Compared[Fidelity]:
    with serving(script) as server:
        world = world_with(server, assistant, embeddings)
        settings, sources = world.assistant.settings, list(world.sources.values())
        systems: list[Answering] = [Ours(world.assistant), TutorialChain(sources, embeddings, settings)]
        if peer:
            systems.append(LlamaIndex(sources, settings, suite.folder, peer))
        return compare_answers(suite, world, systems)


def measured(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings, script: Script, peer: Peer | None = None
) -> dict[str, Fidelity]:
    return {one.system: one for one in compared(suite, assistant, embeddings, script, peer).found}


def test_prose_that_copies_stands_in_the_sources_and_prose_that_paraphrases_does_not(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings
) -> None:
    copied = measured(suite, assistant, embeddings, copies)
    told = measured(suite, assistant, embeddings, paraphrases)
    for found in (copied, told):
        assert found["ask-ilya"].answer.words == found["ask-ilya"].answer.his > 0
    prose = copied["langchain-tutorial"].answer
    assert prose.in_source == prose.words
    assert told["langchain-tutorial"].answer.in_source < told["langchain-tutorial"].answer.words
    cited = copied["langchain-tutorial"].cited
    assert cited.in_source == cited.words > cited.his > cited.in_evidence > 0
    assert copied["langchain-tutorial"].tokens is not None
    table = fidelity_table(Compared(list(copied.values()), {}))
    assert "| 2 questions with evidence | ask-ilya | langchain-tutorial |" in table
    assert "| - of them his | 1.000 |" in table


def adapter(folder: Path, code: str) -> Peer:
    script = folder / "adapter.py"
    script.write_text(f"import json, sys\ntold = json.load(sys.stdin)\n{code}", encoding="utf-8")
    return Peer("other", script)


def test_a_peer_in_its_own_process_is_given_sources_questions_and_endpoint(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path
) -> None:
    reply = "{'answer': 'Bees love jazz. [1]', 'cited': [told['sources'][0]], 'seconds': 0.5, 'tokens': [7, 2]}"
    code = f"assert told['base_url'].startswith('http') and told['model'] == 'writer'\nreply = {reply}\n"
    peer = adapter(tmp_path, code + "json.dump([reply for question in told['questions']], sys.stdout)")
    found = measured(suite, assistant, embeddings, copies, peer)["llamaindex citations"]
    assert (found.answer.words, found.answer.in_source) == (6, 0)
    assert found.cited.in_source == found.cited.words > found.cited.his > 0
    assert (found.questions, found.seconds, found.tokens) == (2, 0.5, (7.0, 2.0))


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("raise SystemExit('no index')", "failed: no index"),
        ("print('[]')", "0 answers to 2 questions"),
        ("print('[1, 2]')", "cannot be read"),
    ],
)
def test_an_answering_peer_that_breaks_is_one_sentence(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path, code: str, complaint: str
) -> None:
    told = compared(suite, assistant, embeddings, copies, adapter(tmp_path, code))
    assert complaint in told.failed["llamaindex citations"]
    assert [one.system for one in told.found] == ["ask-ilya", "langchain-tutorial"]


def test_an_endpoint_that_refuses_is_one_sentence(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings
) -> None:
    told = compared(suite, assistant, embeddings, PERSONALITIES["401"])
    assert "endpoint failed while langchain-tutorial" in fidelity_table(told)


def test_no_model_is_one_sentence(assistant: Assistant, embeddings: BilingualEmbeddings) -> None:
    with pytest.raises(SuiteMissing, match="set ILYA_MODEL"):
        TutorialChain([], embeddings, assistant.settings)


class Fixed:
    name = "fixed"

    def __init__(self, *texts: str) -> None:
        self._shown = Shown(texts, texts, 0.0)

    def answers(self, questions: list[str]) -> list[Shown]:
        return [self._shown for _ in questions]


def test_the_interviewers_words_and_silence_show(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings
) -> None:
    world = World(assistant, embeddings, {name: assistant.library.source(name) for name in ("bees", "tides")})
    systems = [Fixed("Why do bees dance at all?"), Fixed()]
    host, silent = compare_answers(suite, world, systems).found  # type: ignore[arg-type]
    assert (host.answer.in_source, host.answer.his) == (host.answer.words, 0)
    assert (silent.silent, silent.answer.words) == (2, 0)
    assert "not counted" in fidelity_table(Compared([silent], {}))


def test_a_changed_word_breaks_a_run_and_a_short_text_counts_only_whole() -> None:
    wording = Wording({"a": "Nobody knows why it works so well."})
    whole = standing(["Nobody knows why it works so well."], wording, his=set(), gold=set())
    broken = standing(["Nobody knows why this works so well."], wording, his=set(), gold=set())
    assert (whole.in_source, broken.in_source) == (7, 0)
    assert standing(["it works"], wording, his=set(), gold=set()).in_source == 2
    assert standing(["it fails"], wording, his=set(), gold=set()).in_source == 0
