"""A suite: cases, the sources they are about, and the figures that must be reached."""

import hashlib
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from evals.evaluation_errors import CaseError, SuiteMissing
from evals.suite.case_files import Written, read_cases
from evals.suite.cases import AttackCase, ClaimCase, ContextCase, ConversationCase, QuestionCase

SHIPPED = Path(__file__).parent.parent / "suites"
SUBSETS = ("questions", "unanswerable", "claims", "context", "followups", "attacks")


class SuiteFile(BaseModel):
    """`suite.yaml`: which sources the cases are about. Everything has a default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str | None = None
    about: str | None = None
    library: Literal["book", "own", "files"] = "own"
    """The shipped quotation book; the library of whoever runs it; or `corpus`, read into a clean library."""
    cases: str = "."
    """Folder of the case files, relative to the suite's folder."""
    corpus: str | None = None
    """Folder of the raw files that cases name, by file name without ending; relative to the suite's folder."""
    lenient: bool = False
    """Evidence found twice counts at every place instead of being refused."""


class Suite(BaseModel):
    """A suite, read and ready to run."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    name: str
    folder: Path
    file: SuiteFile
    written: tuple[Written, ...]

    @property
    def case_folder(self) -> Path:
        """Return the folder of the case files."""
        return (self.folder / self.file.cases).resolve()

    @property
    def sha256(self) -> str:
        """Return the fingerprint of every case, in order."""
        told = "\n".join(one.case.model_dump_json() for one in self.written)
        return hashlib.sha256(told.encode()).hexdigest()

    def only(self, subset: str) -> "Suite":
        """Return the suite with the cases of one subset: a group, a kind, a language, or one id.

        Raises:
            SuiteMissing: no case belongs to it.
        """
        kept = tuple(one for one in self.written if subset in tags(one))
        if not kept:
            raise SuiteMissing(f"No case of “{self.name}” belongs to “{subset}”; groups are {', '.join(SUBSETS)}.")
        return self.model_copy(update={"written": kept})


def find_suite(name: str, *, corpus: Path | None = None) -> Suite:
    """Return a suite by the name of a shipped one, or by its folder; `corpus` says where its raw files are.

    Raises:
        SuiteMissing: there is none.
        CaseError: a case file or `suite.yaml` is wrong.
    """
    shipped = SHIPPED / name
    folder = shipped if name.isidentifier() and shipped.is_dir() else Path(name)
    if not folder.is_dir():
        ours = ", ".join(sorted(path.name for path in SHIPPED.iterdir() if (path / "suite.yaml").exists()))
        raise SuiteMissing(f"There is no suite “{name}”: name one of ours ({ours}) or a folder with case files.")
    file = read_suite_file(folder)
    if corpus is not None:
        file = file.model_copy(update={"library": "files", "corpus": str(corpus.resolve())})
    written = tuple(read_cases((folder / file.cases).resolve()))
    return Suite(name=folder.resolve().name, folder=folder, file=file, written=written)


def read_suite_file(folder: Path) -> SuiteFile:
    """Return what `suite.yaml` says, or the defaults when there is none.

    Raises:
        CaseError: it breaks its format.
    """
    path = folder / "suite.yaml"
    if not path.exists():
        return SuiteFile()
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return SuiteFile.model_validate(told or {})
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CaseError.of_yaml(path, error) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CaseError(path, 1, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def tags(one: Written) -> set[str]:
    """Return every name by which `--subset` can choose a case."""
    case = one.case
    groups = {AttackCase: "attacks", ClaimCase: "claims", ContextCase: "context", ConversationCase: "followups"}
    group = groups.get(type(case), "questions")
    if isinstance(case, QuestionCase) and not case.evidence:
        group = "unanswerable"
    return {group, case.kind, case.language or "", case.id} - {""}
