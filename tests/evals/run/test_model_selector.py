"""A run in which a model selects: a model that knows the answers must reach figures that show it."""

from pathlib import Path

import pytest

from assistant import Assistant
from evals.figures import Figure, figures
from evals.hostile.endpoint_server import Exchange, Script, serving
from evals.hostile.personalities import picks, says
from evals.hostile.writers import knows
from evals.report import summary
from evals.run.run_records import Run
from evals.run.runner import begin
from evals.run.session import report
from evals.run.systems.ours import NAME
from evals.run.worlds import World
from evals.suite.suite_file import Suite
from knowledge.search.embedding import BilingualEmbeddings
from tests.evals.suites import suite_of
from tests.hostile.serve_scholar import gold_of
from tests.invented import MIRA

ROWS = (
    {"id": "a", "question": "Who taught bees?", "evidence": [{"source": "bees", "text": "Nobody taught them that."}]},
    {
        "id": "b",
        "question": "When is the spring tide?",
        "evidence": [{"source": "tides", "text": "When both pull together we get the spring tide."}],
    },
    {"id": "c", "question": "What is honey?", "evidence": [{"source": "bees", "text": "But honey is only patient."}]},
    {"id": "d", "question": "How deep is the harbour of Lisbon?", "evidence": [], "reason": "no_evidence"},
)


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return suite_of(tmp_path / "mine", ROWS)


def run(suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings, script: Script, folder: Path) -> Run:
    with serving(script) as server:
        chosen = {"model": "scholar", "openai_base_url": server.url, "answer_cache": False, "model_retries": 0}
        settings = assistant.settings.model_copy(update=chosen)
        asked = Assistant.open(settings, subject=MIRA, embeddings=embeddings)
        world = World(asked, embeddings, {name: asked.library.source(name) for name in ("bees", "tides")})
        return begin(suite, world, folder=folder, selector="model", subset=None, jobs=1).run()


def value(found: list[Figure], name: str) -> float:
    return next(one.value for one in found if (one.name, one.system, one.group) == (name, NAME, "all"))


def test_nothing_after_selection_loses_what_a_good_model_chose(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path
) -> None:
    done = run(suite, assistant, embeddings, knows(gold_of(suite)), tmp_path / "run")
    found = figures(done.records)
    assert {record.selector for record in done.records if record.system == NAME} == {"scholar"}
    assert value(found, "sufficient quote first") == 1.0
    assert value(found, "quoted words inside evidence") >= 0.7  # a choice is widened where it would not stand alone
    assert value(found, "false refusals") == 0.0
    assert value(found, "abstention recall") == 1.0
    assert done.header.model == "scholar"


def test_a_model_that_chooses_badly_is_seen_in_the_figures(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path
) -> None:
    done = run(suite, assistant, embeddings, says(picks((4, 1, 1))), tmp_path / "run")
    found = figures(done.records)
    assert value(found, "sufficient quote first") < 1.0
    assert value(found, "abstention recall") == 0.0
    assert value(found, "exactness misses") == 0


def test_an_endpoint_that_dies_in_the_middle_leaves_examples_to_be_continued(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path
) -> None:
    good = knows(gold_of(suite))

    def dies(exchange: Exchange) -> None:
        good(exchange) if exchange.attempt <= 2 else exchange.refuse(500)

    stopped = run(suite, assistant, embeddings, dies, tmp_path / "run")
    assert [record.case for record in stopped.records if record.selector == "scholar"] == ["a"]
    assert len(stopped.missing) == 3
    assert "b@ask-ilya (the model did not choose: endpoint failed" in summary(stopped, [])
    assert not report(stopped).passed
    assert run(suite, assistant, embeddings, good, tmp_path / "run").missing == []


def test_a_model_that_answers_nonsense_is_measured_not_left_out(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path
) -> None:
    done = run(suite, assistant, embeddings, says("I would rather talk about bees."), tmp_path / "run")
    assert done.missing == []


def test_a_model_that_changes_its_mind_is_told_and_no_gate(
    suite: Suite, assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path
) -> None:
    def wavers(exchange: Exchange) -> None:
        exchange.answer(picks((1 + exchange.attempt % 2, 1, 1)), usage=(exchange.attempt, 1))

    found = figures(run(suite, assistant, embeddings, wavers, tmp_path / "run").records)
    assert value(found, "same choice twice") == 0.0
    assert value(found, "determinism misses") == 0
