"""Case files are read with their lines, and evidence is found once, in his own words, or refused."""

import json
from pathlib import Path

import pytest

from evals.evaluation_errors import CaseError, SuiteMissing
from evals.suite.bounds import read_bounds
from evals.suite.case_files import read_cases, read_file
from evals.suite.cases import ClaimCase, ContextCase, ConversationCase, Evidence, QuestionCase
from evals.suite.evidence_places import NotLocated, locate, locate_all
from evals.suite.suite_file import find_suite
from knowledge.model.source import Source
from knowledge.model.subject import default_subject
from knowledge.starter.book import book_files, read_book_file, topics
from tests.invented import BEES, labelled_source

SOURCES = {"bees": labelled_source(BEES, "bees")}


def write(folder: Path, *rows: object) -> Path:
    path = folder / "cases.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def question(id_: str = "q1", text: str = "Nobody taught them that.") -> dict[str, object]:
    return {"id": id_, "question": "Who taught them?", "evidence": [{"source": "bees", "text": text}]}


def test_every_kind_of_case_is_read(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(
        """
- id: a
  question: Who taught them?
  evidence: [{source: bees, text: x}]
- {id: b, claim: Honey is eternal., verdict: altered}
- {id: c, source: bees, sentence: People say., needs: People say. But they err.}
- id: d
  turns:
    - {question: "Who?", evidence: [{source: bees, text: x}]}
    - {question: "How?", evidence: [{source: bees, text: y}]}
""",
        encoding="utf-8",
    )
    found = read_cases(tmp_path)
    assert [type(one.case) for one in found] == [QuestionCase, ClaimCase, ContextCase, ConversationCase]
    assert [one.line for one in found] == [2, 5, 6, 7]


def test_the_other_shape_is_read(tmp_path: Path) -> None:
    row = {
        "id": "x",
        "lang": "en",
        "kind": "trap",
        "question": "Who?",
        "source": "bees",
        "gold": ["It."],
    }
    claim = {"id": "y", "text": "Bees dance.", "expected": "exact", "source": "bees"}
    first, second = read_file(write(tmp_path, row, claim))
    assert isinstance(first.case, QuestionCase)
    assert first.case.evidence == (Evidence(source="bees", text="It."),)
    assert isinstance(second.case, ClaimCase)
    assert second.case.verdict == "exact"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ('{"id": "q1", ', "line 2: not a JSON object"),
        ('["a list"]', "line 2: a case is an object"),
        ({"id": "q2"}, "line 2: a case has a question, a claim, a sentence or turns"),
        ({"id": "q2", "question": ""}, "line 2: question: String should have at least 1 character"),
        ({"id": "q2", "question": "Why?", "evidnce": []}, "line 2: evidnce: Extra inputs are not permitted"),
        ({"id": "q2", "claim": "Bees dance.", "verdict": "maybe"}, "line 2: verdict: Input should be"),
        (question("q1"), "line 2: q1: this id stands already in cases.jsonl, line 1"),
        (
            {"id": "q2", "question": "Why?", "evidence": [{"source": "bees", "text": "x"}], "reason": "not_him"},
            "not both",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: object, complaint: str) -> None:
    write(tmp_path, question("q1"), row)
    with pytest.raises(CaseError, match=complaint):
        read_cases(tmp_path)


def test_broken_yaml_is_named(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text("- id: a\n  question: [\n", encoding="utf-8")
    with pytest.raises(CaseError, match="line 3: not readable as YAML"):
        read_cases(tmp_path)


@pytest.mark.parametrize("name", ["suite.yaml", "thresholds.yaml"])
def test_broken_settings_of_a_suite_are_one_line(tmp_path: Path, name: str) -> None:
    write(tmp_path, question("q1"))
    (tmp_path / name).write_text("title: [\n", encoding="utf-8")
    with pytest.raises(CaseError) as found:
        read_bounds(find_suite(str(tmp_path)).folder)
    assert str(found.value).startswith(f"{tmp_path / name}, line 2: not readable as YAML: ")
    assert "\n" not in str(found.value)


def test_a_folder_without_cases_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(SuiteMissing, match="ilya eval init"):
        find_suite(str(tmp_path))


def test_evidence_is_found_over_line_breaks() -> None:
    (place,) = locate(Evidence(source="bees", text="Nobody\n taught  them that."), SOURCES)
    assert SOURCES["bees"].text[place.start : place.end] == place.text == "Nobody taught them that."


@pytest.mark.parametrize(
    ("evidence", "complaint"),
    [
        (Evidence(source="wasps", text="x"), "no source “wasps”"),
        (Evidence(source="bees", text="Nobody taught us that."), "does not stand in bees"),
        (Evidence(source="bees", text="Is honey eternal?"), "Tom Reed says it"),
        (Evidence(source="bees", text="Bees dance to"), "stands 2 times"),
        (Evidence(source="bees", text="Bees dance to", occurrence=3), "only 2 times"),
        (Evidence(source="bees", text="at all? Bees dance"), "does not stand|not known to be his"),
    ],
)
def test_evidence_that_cannot_be_used_is_refused(evidence: Evidence, complaint: str) -> None:
    twice = BEES + "Mira Vane: Bees dance to music as well, if you ask me.\n"
    with pytest.raises(NotLocated, match=complaint):
        locate(evidence, {"bees": labelled_source(twice, "bees")})


def test_a_fault_in_the_evidence_names_the_line(tmp_path: Path) -> None:
    path = write(tmp_path, question("q1"), question("q2", "Nobody taught us that."))
    with pytest.raises(CaseError, match="line 2: q2: the evidence “Nobody taught us"):
        locate_all(read_file(path), SOURCES)


def test_subsets_choose_by_group_kind_language_and_id() -> None:
    suite = find_suite("book")
    assert {one.case.kind for one in suite.only("paraphrase").written} == {"paraphrase"}
    assert len(suite.only("book-q006").written) == 1
    assert len(suite.only("claims").written) >= 40
    with pytest.raises(SuiteMissing, match="belongs to “nothing”"):
        suite.only("nothing")


@pytest.fixture(scope="module")
def book() -> dict[str, Source]:
    subject = default_subject()
    return {path.stem: read_book_file(path, subject) for path in book_files()}


def test_the_shipped_suite_is_as_large_as_promised_and_every_evidence_stands_in_the_book(
    book: dict[str, Source],
) -> None:
    suite = find_suite("book")
    golds = locate_all(suite.written, book)
    assert len(golds) == len(suite.written)
    sizes = {name: len(suite.only(name).written) for name in ("questions", "unanswerable", "claims", "context")}
    assert sizes["questions"] >= 120
    assert sizes["unanswerable"] >= 60
    assert sizes["claims"] >= 40
    assert sizes["context"] >= 20
    assert len(suite.only("followups").written) >= 15


def test_no_question_is_leaked_by_the_book() -> None:
    """The book's own questions are indexed with its quotations: a case that repeats one would measure nothing."""
    printed = {text.casefold().strip(" ?？。") for topic in topics() for text in (topic.en, topic.zh)}
    asked = {text.casefold().strip(" ?？。") for text in _questions()}
    assert asked & printed == set()


def test_no_gold_of_the_shared_folder_is_leaked() -> None:
    folder = Path(__file__).parents[4] / "shared" / "gold"
    if not folder.exists():
        pytest.skip("no ../shared/gold beside this checkout")
    gold = set()
    for path in folder.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            gold |= {turn["question"] for turn in row.get("turns", ())} | {row.get("question")}
    assert {text.casefold() for text in _questions()} & {text.casefold() for text in gold if text} == set()


def _questions() -> list[str]:
    asked = []
    for one in find_suite("book").written:
        if isinstance(one.case, QuestionCase) and one.case.evidence:
            asked.append(one.case.question)
        elif isinstance(one.case, ConversationCase):
            asked += [turn.question for turn in one.case.turns]
            asked += [turn.standalone for turn in one.case.turns if turn.standalone]
    return asked


def test_the_template_is_a_valid_suite(tmp_path: Path, book: dict[str, Source]) -> None:
    from evals.suite.suite_templates import begin_suite

    begin_suite(tmp_path / "mine")
    suite = find_suite(str(tmp_path / "mine"))
    assert len(locate_all(suite.written, book)) == len(suite.written) == 5
    with pytest.raises(SuiteMissing, match="nothing was overwritten"):
        begin_suite(tmp_path / "mine")


def test_cases_are_proposed_from_questions_and_answers(tmp_path: Path) -> None:
    from evals.suite.suite_templates import suggestions

    (tmp_path / "proposed.yaml").write_text(suggestions(SOURCES["bees"], 2), encoding="utf-8")
    found = read_cases(tmp_path)
    assert [one.case.question for one in found if isinstance(one.case, QuestionCase)] == [
        "Why do bees dance at all?",
        "Do you think ants do something like it?",
    ]
    assert len(locate_all(found, SOURCES)) == 2


def test_an_unlabelled_source_proposes_nothing() -> None:
    from evals.suite.suite_templates import suggestions

    silent = SOURCES["bees"].model_copy(update={"turns": ()})
    with pytest.raises(SuiteMissing, match="speakers must be known"):
        suggestions(silent, 5)
