"""The bounds that figures must keep to: a small YAML file beside the cases decides the exit code."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from evals.evaluation_errors import CaseError

FILE = "thresholds.yaml"


class Bound(BaseModel):
    """What one figure of ours must be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at_least: float | None = None
    at_most: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a value lies within."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        parts = [f"≥ {self.at_least:g}"] if self.at_least is not None else []
        return " and ".join([*parts, *([f"≤ {self.at_most:g}"] if self.at_most is not None else [])])


def read_bounds(folder: Path) -> dict[str, Bound]:
    """Return the bounds of a suite by figure name; none when it has no `thresholds.yaml`.

    Raises:
        CaseError: the file breaks its format.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        return TypeAdapter(dict[str, Bound]).validate_python(told)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CaseError.of_yaml(path, error) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CaseError(path, 1, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
