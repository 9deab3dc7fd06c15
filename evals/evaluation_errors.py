"""What can go wrong in an evaluation, as part of the tree in `knowledge.model.errors`.

AskIlyaError
└── EvaluationError
    ├── CaseError         a case file breaks its format, or its evidence is not what it says; names file and line
    ├── SuiteMissing      there is no such suite
    ├── ModelSilent       the endpoint failed while the model was to choose
    └── RunMissing        there is no such run, or it cannot be continued or compared
"""

from pathlib import Path

from knowledge.model.errors import AskIlyaError


class EvaluationError(AskIlyaError):
    """Root of the errors of evaluating."""


class CaseError(EvaluationError):
    """A case cannot be used; `line` counts from 1."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason

    @classmethod
    def of_yaml(cls, path: Path, error: Exception) -> "CaseError":
        """Return the error for a file that is not readable as YAML, with the line where reading ended."""
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        return cls(path, mark.line + 1 if mark else 1, f"not readable as YAML: {problem or error}")


class SuiteMissing(EvaluationError):
    """No suite has this name, and no folder this path."""


class RunMissing(EvaluationError):
    """A folder holds no run that can be used for what is asked."""


class ModelSilent(EvaluationError):
    """The example was to be answered by a model, and its endpoint gave no choice."""
