"""Case files as values: JSON Lines (`*.jsonl`) or YAML lists (`*.yaml`), each case with the line it stands on."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from evals.evaluation_errors import CaseError, SuiteMissing
from evals.suite.book_pointers import NotPointed, with_words
from evals.suite.cases import AttackCase, Case, ClaimCase, ContextCase, ConversationCase, QuestionCase

NOT_CASES = ("suite.yaml", "thresholds.yaml")


class Written(NamedTuple):
    """A case and where it is written."""

    case: Case
    path: Path
    line: int

    def error(self, reason: str) -> CaseError:
        """Return an error that names the place."""
        return CaseError(self.path, self.line, f"{self.case.id}: {reason}")


def read_cases(folder: Path) -> list[Written]:
    """Read every case file of a folder, by name.

    Raises:
        SuiteMissing: the folder holds no case file.
        CaseError: a line is not a case, or an id stands twice.
    """
    paths = sorted(path for path in folder.glob("*") if path.suffix in (".jsonl", ".yaml", ".yml"))
    written = [one for path in paths if path.name not in NOT_CASES for one in read_file(path)]
    if not written:
        raise SuiteMissing(
            f"There are no cases in {folder}: write some in cases.jsonl, or run `ilya eval init {folder}`."
        )
    first: dict[str, Written] = {}
    for one in written:
        before = first.setdefault(one.case.id, one)
        if before is not one:
            raise one.error(f"this id stands already in {before.path.name}, line {before.line}")
    return written


def read_file(path: Path) -> list[Written]:
    """Read one case file.

    Raises:
        CaseError: a line is not a case.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(path, 1, f"not readable as UTF-8 text: {error}") from error
    rows = _json_lines(path, text) if path.suffix == ".jsonl" else _yaml_items(path, text)
    return [Written(_case(row, path, line), path, line) for row, line in rows]


def _json_lines(path: Path, text: str) -> Iterator[tuple[Any, int]]:
    for line, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            try:
                yield json.loads(row), line
            except json.JSONDecodeError as error:
                raise CaseError(path, line, f"not a JSON object: {error.msg} at column {error.colno}") from error


def _yaml_items(path: Path, text: str) -> Iterator[tuple[Any, int]]:
    try:
        root, value = yaml.compose(text, Loader=yaml.CSafeLoader), yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise CaseError.of_yaml(path, error) from error
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise CaseError(path, 1, "a case file is a list of cases, each starting with “- id: …”")
    for node, item in zip(root.value, value, strict=True):
        yield item, node.start_mark.line + 1


def _case(row: Any, path: Path, line: int) -> Case:
    if not isinstance(row, dict):
        raise CaseError(path, line, "a case is an object with an id")
    try:
        fields = with_words(_as_ours(row))
    except NotPointed as error:
        raise CaseError(path, line, f"{row.get('id', 'no id')}: {error}") from error
    kinds: tuple[tuple[str, type[Case]], ...] = (
        ("attack", AttackCase),
        ("turns", ConversationCase),
        ("sentence", ContextCase),
        ("claim", ClaimCase),
        ("question", QuestionCase),
    )
    model = next((model for key, model in kinds if key in fields), None)
    if model is None:
        raise CaseError(path, line, "a case has a question, a claim, a sentence or turns")
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CaseError(path, line, f"{where}: {first['msg']}" if where else first["msg"]) from error


def _as_ours(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row in our names; the other shape (`gold`, `lang`, `text` + `expected`) is read as well."""
    fields = dict(row)
    if "lang" in fields:
        fields["language"] = fields.pop("lang")
    if "expected" in fields and "text" in fields:
        fields["claim"], fields["verdict"] = fields.pop("text"), fields.pop("expected")
        fields.pop("source", None)
    if "turns" in fields and isinstance(fields["turns"], list):
        fields["turns"] = [_with_evidence(turn) if isinstance(turn, dict) else turn for turn in fields["turns"]]
    return _with_evidence(fields)


def _with_evidence(fields: dict[str, Any]) -> dict[str, Any]:
    if "gold" not in fields:
        return fields
    rest = {key: value for key, value in fields.items() if key not in ("gold", "source")}
    return rest | {"evidence": [{"source": fields.get("source"), "text": text} for text in fields["gold"]]}
