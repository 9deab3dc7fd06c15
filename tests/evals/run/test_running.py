"""A run keeps every finished example, says what is missing, repeats its figures offline, and can be compared."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from evals.evaluation_errors import RunMissing
from evals.figures import Figure, figures
from evals.figures.thresholds import judge
from evals.report import page, summary
from evals.report.comparison import compare, comparison_text
from evals.run.run_records import RECORDS, Record, Run, read_run, record_line
from evals.run.runner import begin
from evals.run.session import report, rescore
from evals.run.systems.ours import NAME, Ours
from evals.run.worlds import World
from evals.suite.bounds import Bound
from evals.suite.suite_file import Suite, find_suite
from knowledge.search.embedding import BilingualEmbeddings

ROWS: Sequence[dict[str, object]] = (
    {
        "id": "taught",
        "question": "Who taught bees to dance?",
        "evidence": [{"source": "bees", "text": "Nobody taught them that."}],
    },
    {
        "id": "moon",
        "question": "What pulls the water of the harbour?",
        "kind": "paraphrase",
        "evidence": [{"source": "tides", "text": "The moon pulls the water, and the sun helps."}],
    },
    {"id": "altman", "question": "What does Sam Altman think about honey?", "evidence": [], "reason": "not_him"},
    {
        "id": "honey",
        "source": "bees",
        "sentence": "People say honey is eternal.",
        "needs": "People say honey is eternal. But honey is only patient.",
    },
)


@pytest.fixture
def world(assistant: Assistant, embeddings: BilingualEmbeddings) -> World:
    return World(assistant, embeddings, {name: assistant.library.source(name) for name in ("bees", "tides")})


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "cases.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    (folder / "thresholds.yaml").write_text("recall@5: {at_least: 0.5}\n", encoding="utf-8")
    return find_suite(str(folder))


def run(suite: Suite, world: World, folder: Path, jobs: int = 1) -> Run:
    return begin(suite, world, folder=folder, selector="extractive", subset=None, jobs=jobs).run()


def value(found: Sequence[Figure], name: str, system: str = NAME) -> float:
    return next(one.value for one in found if (one.name, one.system, one.group) == (name, system, "all"))


def test_a_run_executes_every_example_and_its_figures_come_from_the_records_alone(
    suite: Suite, world: World, tmp_path: Path
) -> None:
    done = run(suite, world, tmp_path / "run")
    assert done.missing == []
    assert {record.system for record in done.records} == {NAME, "bm25", "nearest-passages", "langchain-tutorial"}
    found = figures(done.records)
    assert value(found, "recall@5") == 1.0
    assert value(found, "exactness misses") == 0
    first = report(done)
    assert first.passed
    assert rescore(tmp_path / "run") == first


def test_the_tutorial_baseline_shows_the_interviewers_words(suite: Suite, world: World, tmp_path: Path) -> None:
    found = figures(run(suite, world, tmp_path / "run").records)
    assert value(found, "first passage holds others' words", "langchain-tutorial") == 1.0
    assert value(found, "first passage holds others' words") == 0.0


def test_examples_side_by_side_give_the_same_figures(suite: Suite, world: World, tmp_path: Path) -> None:
    def told(folder: str, jobs: int) -> list[Figure]:
        return [one for one in figures(run(suite, world, tmp_path / folder, jobs).records) if one.section != "Cost"]

    assert told("one", 1) == told("two", 2)


def test_an_interrupted_run_keeps_what_is_finished_and_goes_on(
    suite: Suite, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Ours.answer
    asked: list[str] = []

    def stopping(self: Ours, question: str, history: Sequence[str] = ()) -> Answer:
        if "harbour" in question:
            raise KeyboardInterrupt
        return original(self, question, history)

    def counting(self: Ours, question: str, history: Sequence[str] = ()) -> Answer:
        asked.append(question)
        return original(self, question, history)

    monkeypatch.setattr(Ours, "answer", stopping)
    with pytest.raises(KeyboardInterrupt):
        run(suite, world, tmp_path / "run")
    stopped = read_run(tmp_path / "run")
    assert stopped.records
    assert stopped.missing
    outcome = report(stopped)
    assert not outcome.passed
    assert "Not all cases were executed" in summary(stopped, outcome.judged)

    monkeypatch.setattr(Ours, "answer", counting)
    assert run(suite, world, tmp_path / "run").missing == []
    assert not any("taught" in question for question in asked)


def test_an_example_that_fails_is_missing_not_dropped(
    suite: Suite, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_self: Ours, _question: str, _history: Sequence[str] = ()) -> Answer:
        raise ConnectionError("the endpoint is gone")

    monkeypatch.setattr(Ours, "answer", dies)
    done = run(suite, world, tmp_path / "run")
    assert len(done.missing) == len(ROWS)
    assert "the endpoint is gone" in summary(done, [])
    assert not report(done).passed


def test_a_half_written_last_line_is_run_again(suite: Suite, world: World, tmp_path: Path) -> None:
    done = run(suite, world, tmp_path / "run")
    path = tmp_path / "run" / RECORDS
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    assert len(read_run(tmp_path / "run").missing) == 1
    assert run(suite, world, tmp_path / "run").missing == []
    assert len(done.records) == len(read_run(tmp_path / "run").records)


def test_a_folder_with_another_suites_run_is_not_continued(suite: Suite, world: World, tmp_path: Path) -> None:
    run(suite.only("taught"), world, tmp_path / "run")
    with pytest.raises(RunMissing, match="a run of other cases"):
        run(suite, world, tmp_path / "run")


def test_a_bound_that_is_not_reached_fails(suite: Suite, world: World, tmp_path: Path) -> None:
    done = run(suite, world, tmp_path / "run")
    worse = [lost(record) for record in done.records]
    (failed,) = [one for one in judge(figures(worse), done.header.bounds) if not one.passed]
    assert failed.figure.key == "recall@5"


def test_a_bound_on_a_figure_that_nobody_prints_fails(suite: Suite, world: World, tmp_path: Path) -> None:
    done = run(suite, world, tmp_path / "run")
    (misspelt,) = [one for one in judge(figures(done.records), {"recal@5": Bound(at_least=0)}) if not one.passed]
    assert misspelt.figure.key == "recal@5"


def lost(record: Record) -> Record:
    return record.model_copy(update={"ranked": (), "quoted": ()})


def test_a_loss_shows_in_a_comparison_with_the_examples_that_changed(
    suite: Suite, world: World, tmp_path: Path
) -> None:
    done = run(suite, world, tmp_path / "a")
    worse = Run(folder=tmp_path / "b", header=done.header, records=tuple(lost(record) for record in done.records))
    found = compare(done, worse)
    moved = {one.name: one.difference for one in found.moved}
    assert moved["recall@5"].mean == -1.0
    assert moved["recall@5"].high < 0
    assert "taught" in {change.case for change in found.changes}
    assert "recall@5" in comparison_text(found)
    assert compare(done, done).changes == []


def test_runs_of_other_cases_are_not_compared(suite: Suite, world: World, tmp_path: Path) -> None:
    first, second = run(suite, world, tmp_path / "a"), run(suite.only("taught"), world, tmp_path / "b")
    with pytest.raises(RunMissing, match="different cases"):
        compare(first, second)


def test_a_quote_without_what_it_needs_is_caught(suite: Suite, world: World, tmp_path: Path) -> None:
    done = run(suite.only("context"), world, tmp_path / "run")
    (record,) = (one for one in done.records if one.system == NAME)
    alone = record.model_copy(update={"quoted": (record.gold[0],)})
    whole = record.model_copy(update={"quoted": (record.gold[1],)})
    assert value(figures([alone]), "context kept") == 0.0
    assert value(figures([whole]), "context kept") == 1.0


def test_the_report_opens_without_a_network_and_escapes_what_it_shows(
    suite: Suite, world: World, tmp_path: Path
) -> None:
    done = run(suite, world, tmp_path / "run")
    poisoned = done.records[0].model_copy(update={"asked": "<script>alert(1)</script>"})
    text = page(done.model_copy(update={"records": (poisoned, *done.records[1:])}), [])
    assert "<script" not in text
    assert "http" not in text.replace("https://www.youtube.com", "")
    assert text.count("<svg") >= 3
    assert "<h2>Targets</h2>" in text
    assert 'name="viewport"' in text
    assert summary(done, []).startswith("# mine")


def test_a_record_survives_its_line(suite: Suite, world: World, tmp_path: Path) -> None:
    for record in run(suite, world, tmp_path / "run").records:
        assert Record.model_validate_json(record_line(record)) == record
