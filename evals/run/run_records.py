"""What a run writes: one line per example, complete enough that every figure can be recomputed without the system."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.evaluation_errors import RunMissing
from evals.metrics.ranking import Place
from evals.metrics.spans import Statement
from evals.run.systems.system import Ranked
from evals.suite.bounds import Bound

RECORDS = "records.jsonl"
HEADER = "run.json"

Type = Literal["question", "unanswerable", "claim", "context", "followup", "standalone", "attack"]


class Checked(BaseModel):
    """One gate on one example: how many things were looked at, and a sentence for each miss."""

    model_config = ConfigDict(frozen=True)

    count: int
    misses: tuple[str, ...] = ()


class Record(BaseModel):
    """One example on one system."""

    model_config = ConfigDict(frozen=True)

    case: str
    system: str
    type: Type
    kind: str
    language: str
    asked: str
    """The question, or the claimed text."""
    history: tuple[str, ...] = ()
    gold: tuple[Place, ...] = ()
    """Evidence; for a context case the sentence and what it needs."""
    expected: str | None = None
    """The reason for refusing, or the verdict, that is right."""
    ranked: tuple[Ranked, ...] = ()
    answered: bool | None = None
    reason: str | None = None
    selector: str | None = None
    verdict: str | None = None
    confidence: float | None = None
    quoted: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    gates: dict[str, Checked] = Field(default_factory=dict)
    seconds: dict[str, float] = Field(default_factory=dict)
    tokens: tuple[int, int] | None = None
    """Read and written by a model for the answer, where its endpoint reports them."""
    repeated: bool | None = None
    """Whether a model chose the same places when it was asked again."""
    judged: bool | None = None
    """Whether a model that judges finds that the first quote addresses the question."""
    error: str | None = None
    """What went wrong, when the example could not be executed."""

    @property
    def key(self) -> str:
        """Return the name of the example within its run."""
        return f"{self.case}@{self.system}"


class Header(BaseModel):
    """What was run, on what, with what: two runs are comparable when `suite_sha256` and `judge` agree."""

    model_config = ConfigDict(frozen=True)

    suite: str
    title: str
    suite_sha256: str
    subset: str | None
    selector: str
    model: str | None
    embedder: str
    sources: dict[str, str]
    """SHA-256 of the raw files by source id."""
    planned: tuple[str, ...]
    """Keys of all examples that belong to the run."""
    started: str
    versions: dict[str, str]
    bounds: dict[str, Bound] = Field(default_factory=dict)
    jobs: int = 1
    judge: str | None = None


class Run(BaseModel):
    """A run as it stands on disk."""

    model_config = ConfigDict(frozen=True)

    folder: Path
    header: Header
    records: tuple[Record, ...]

    @property
    def missing(self) -> list[str]:
        """Return the keys of the examples that were not executed, or failed."""
        done = {record.key for record in self.records if record.error is None}
        return [key for key in self.header.planned if key not in done]


def write_header(folder: Path, header: Header) -> None:
    """Begin a run."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / HEADER).write_text(header.model_dump_json(indent=2) + "\n", encoding="utf-8")


def record_line(record: Record) -> str:
    """Return a record as one line of JSON; empty fields are left out."""
    told: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(told, ensure_ascii=False) + "\n"


def read_run(folder: Path) -> Run:
    """Read a run; an unfinished last line, as a killed process leaves it, is not counted.

    Raises:
        RunMissing: the folder holds no run, or one of its records is broken.
    """
    try:
        header = Header.model_validate_json((folder / HEADER).read_text(encoding="utf-8"))
        text = (folder / RECORDS).read_text(encoding="utf-8") if (folder / RECORDS).exists() else ""
    except (OSError, ValidationError) as error:
        raise RunMissing(f"{folder} holds no run of `ilya eval`.") from error
    lines = text.split("\n")
    whole, unfinished = lines[:-1], lines[-1]
    try:
        records = {record.key: record for record in _parsed(whole)}
    except ValidationError as error:
        raise RunMissing(f"{folder / RECORDS} is broken: {error.errors()[0]['msg']}.") from error
    if unfinished:
        (folder / RECORDS).write_text("\n".join([*whole, ""]), encoding="utf-8")
    return Run(folder=folder, header=header, records=tuple(records.values()))


def _parsed(lines: Iterable[str]) -> Iterable[Record]:
    return (Record.model_validate_json(line) for line in lines if line.strip())
