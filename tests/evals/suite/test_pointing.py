"""Cases name words of the quotation book by their place: read back exactly, or refused with file and line."""

import json
import re
from pathlib import Path

import pytest
import yaml

from evals.evaluation_errors import CaseError
from evals.suite.book_pointers import fingerprint
from evals.suite.case_files import read_cases
from evals.suite.cases import ClaimCase, ContextCase, QuestionCase
from evals.suite.suite_file import SHIPPED
from evals.suite.suite_templates import begin_suite
from knowledge.starter.book import book_files

RUN = 8
# A Chinese word is one or two characters: three characters are counted as two words.
_CHINESE_RUN = RUN * 3 // 2
_WORD = re.compile(r"[^\W_\u3400-\u9fff]+(?:['’][^\W_\u3400-\u9fff]+)*")
_CHARACTER = re.compile(r"[\u3400-\u9fff]")
BOOK = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in book_files()}
FILE = "dwarkesh-2023"
ENTRIES = BOOK[FILE]["quotations"]
RENDERED = next(number for number, entry in enumerate(ENTRIES, start=1) if entry.get("renderings"))
FIRST = " ".join(ENTRIES[RENDERED - 1]["text"].split())


def place(**told: object) -> dict[str, object]:
    return {"source": FILE, "entry": RENDERED, "sha": fingerprint(FIRST)} | told


def written(folder: Path, *rows: object) -> Path:
    (folder / "cases.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def asked(evidence: dict[str, object]) -> dict[str, object]:
    return {"id": "q", "question": "Why?", "evidence": [evidence]}


def runs(text: str) -> set[tuple[str, ...]]:
    words, characters = [word.casefold() for word in _WORD.findall(text)], _CHARACTER.findall(text)
    return {
        tuple(units[at : at + size])
        for units, size in ((words, RUN), (characters, _CHINESE_RUN))
        for at in range(len(units) - size + 1)
    }


def shipped_files(folder: Path) -> list[Path]:
    begin_suite(folder)
    return [path for home in (SHIPPED, folder) for path in home.rglob("*") if path.suffix in (".jsonl", ".yaml")]


def test_no_shipped_case_file_holds_eight_words_of_the_book_in_a_row(tmp_path: Path) -> None:
    his: set[tuple[str, ...]] = set()
    for book in BOOK.values():
        for entry in book["quotations"]:
            for text in (entry["text"], *(rendering["text"] for rendering in entry.get("renderings", ()))):
                his |= runs(text)
    assert len(his) > 2_000
    found = {
        f"{path.name}, line {number}"
        for path in shipped_files(tmp_path / "template")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if runs(line) & his
    }
    assert found == set()


def test_the_words_are_those_of_the_book(tmp_path: Path) -> None:
    rendered = ENTRIES[RENDERED - 1]["renderings"][0]
    claim = place(rendering=rendered["language"], sha=fingerprint(rendered["text"].strip()))
    context = {"id": "x", "source": FILE, "sentence": place(), "needs": {**place(), "source": FILE}}
    question, told, alone = read_cases(
        written(tmp_path, asked(place()), {"id": "c", "claim": [claim], "verdict": "translation"}, context)
    )
    assert isinstance(question.case, QuestionCase)
    assert question.case.evidence[0].text == FIRST
    assert isinstance(told.case, ClaimCase)
    assert told.case.claim == rendered["text"].strip()
    assert isinstance(alone.case, ContextCase)
    assert alone.case.sentence == FIRST


def test_a_claim_is_made_of_altered_and_stitched_pieces(tmp_path: Path) -> None:
    word = FIRST.split()[0]
    altered = {"id": "a", "claim": [place(replace={word: "Perhaps"}), "I made that up."], "verdict": "altered"}
    (one,) = read_cases(written(tmp_path, altered))
    assert isinstance(one.case, ClaimCase)
    assert one.case.claim == FIRST.replace(word, "Perhaps") + " I made that up."


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"source": "nowhere-1999"}, "the quotation book has no file “nowhere-1999”"),
        ({"entry": 999}, f"{FILE} has {len(ENTRIES)} entries, not 999"),
        ({"entry": 0}, "entry: Input should be greater than or equal to 1"),
        ({"sentences": "7-9"}, ".* sentences, not 7-9"),
        ({"sentences": "two"}, "sentences: String should match"),
        ({"rendering": "fr"}, ".*no rendering in “fr”"),
        ({"sha": "00000000"}, f"entry {RENDERED} of {FILE} now reads “.*”: if that is still meant, its sha is"),
        ({"sah": "1"}, "sah: Extra inputs are not permitted"),
        ({"replace": {"zebra": "horse"}}, "“zebra” stands 0 times in entry"),
    ],
)
def test_a_place_that_cannot_be_used_names_the_line(tmp_path: Path, told: dict[str, object], complaint: str) -> None:
    folder = written(tmp_path, {"id": "first", "question": "How?"}, asked(place(**told)))
    with pytest.raises(CaseError, match=rf"cases\.jsonl, line 2: q: {complaint}"):
        read_cases(folder)


def test_a_place_without_a_fingerprint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="line 1: q: sha: Field required"):
        read_cases(written(tmp_path, asked({"source": FILE, "entry": 1})))


def test_an_entry_is_named_by_its_question(tmp_path: Path) -> None:
    question = ENTRIES[RENDERED - 1]["question"]["en"]
    case = next(iter(read_cases(written(tmp_path, asked({"source": FILE, "asked": question}))))).case
    assert isinstance(case, QuestionCase)
    assert " ".join(case.evidence[0].text.split()) == FIRST


def test_a_question_that_no_entry_answers_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no entry of dwarkesh-2023 answers “Why do bees dance\\?”"):
        list(read_cases(written(tmp_path, asked({"source": FILE, "asked": "Why do bees dance?"}))))
