"""A judge of relevance tells its opinion and how far it agrees with gold; it decides nothing."""

import json
import os
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from evals.evaluation_errors import RunMissing, SuiteMissing
from evals.figures import figures
from evals.hostile.endpoint_server import Exchange, serving
from evals.hostile.personalities import PERSONALITIES, says
from evals.report.comparison import compare
from evals.run.judge import Judge
from evals.run.run_records import Run
from evals.run.runner import begin
from evals.run.worlds import World
from evals.suite.suite_file import find_suite
from knowledge.search.embedding import BilingualEmbeddings

ROWS = (
    {"id": "a", "question": "Who taught bees?", "evidence": [{"source": "bees", "text": "Nobody taught them that."}]},
    {"id": "b", "question": "How do ants find a path?", "evidence": [{"source": "tides", "text": "we get the spring"}]},
)


def judge_at(url: str, model: str = "judge") -> Judge | None:
    os.environ["ILYA_JUDGE_MODEL"] = model  # put back by the fixture below
    return Judge.from_settings(Settings(openai_base_url=url))


@pytest.fixture(autouse=True)
def _no_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILYA_JUDGE_MODEL", "")


def run(assistant: Assistant, embeddings: BilingualEmbeddings, folder: Path, judge: Judge | None) -> Run:
    cases = folder / "mine"
    cases.mkdir(parents=True)
    (cases / "cases.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    world = World(assistant, embeddings, {name: assistant.library.source(name) for name in ("bees", "tides")})
    options = {"selector": "extractive", "subset": None, "jobs": 1, "judge": judge}
    return begin(find_suite(str(cases)), world, folder=folder / "run", **options).run()  # type: ignore[arg-type]


def test_opinions_are_told_with_their_agreement_with_gold(
    assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path
) -> None:
    def judges(exchange: Exchange) -> None:
        case = json.loads(exchange.body["messages"][-1]["content"].split("\n")[0])
        exchange.answer(json.dumps({"relevant": ["bees" in case["question"]]}))

    with serving(judges) as server:
        done = run(assistant, embeddings, tmp_path, judge_at(server.url))
    found = {figure.name: figure for figure in figures(done.records)}
    assert (found["judged P@1"].value, found["judged P@1"].n) == (0.5, 2)
    assert found["judge's agreement with gold (kappa)"].value == 1.0
    assert done.header.judge
    assert " judge " in done.header.judge


@pytest.mark.parametrize("script", [says("Certainly! LEAK"), PERSONALITIES["401"], says('{"relevant":["yes"]}')])
def test_a_judge_without_an_opinion_counts_nowhere(
    script: object, assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path
) -> None:
    with serving(script) as server:  # type: ignore[arg-type]
        done = run(assistant, embeddings, tmp_path, judge_at(server.url))
    assert done.missing == []
    assert not [figure for figure in figures(done.records) if figure.section == "Judged by a model"]


def test_runs_of_two_judges_are_not_compared(
    assistant: Assistant, embeddings: BilingualEmbeddings, tmp_path: Path
) -> None:
    with serving(says('{"relevant":[true]}')) as server:
        one = run(assistant, embeddings, tmp_path / "one", judge_at(server.url, "first"))
        two = run(assistant, embeddings, tmp_path / "two", judge_at(server.url, "second"))
    with pytest.raises(RunMissing, match="judged by different models"):
        compare(one, two)


def test_nobody_judges_unless_named_and_a_judge_without_an_address_is_one_sentence() -> None:
    assert Judge.from_settings(Settings(openai_api_key="k")) is None
    os.environ["ILYA_JUDGE_MODEL"] = "judge"
    with pytest.raises(SuiteMissing, match="ILYA_JUDGE_API_KEY"):
        Judge.from_settings(Settings())
