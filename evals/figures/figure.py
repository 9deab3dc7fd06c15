"""One number of a run, and how the numbers of many examples become one."""

from collections.abc import Sequence
from statistics import fmean

from pydantic import BaseModel, ConfigDict

from evals.metrics.intervals import bootstrap
from evals.run.run_records import Record


class Figure(BaseModel):
    """One number with its 95 % interval (None where none is meaningful) and the number of examples behind it."""

    model_config = ConfigDict(frozen=True)

    section: str
    name: str
    system: str
    group: str
    value: float
    low: float | None = None
    high: float | None = None
    n: int

    @property
    def key(self) -> str:
        """Return the name under which thresholds and comparisons know it."""
        return self.name if self.group == "all" else f"{self.name} [{self.group}]"


def mean_of(section: str, name: str, system: str, group: str, values: Sequence[float]) -> list[Figure]:
    """Return the mean of the values with its bootstrap interval as one figure; nothing without values."""
    if not values:
        return []
    low, high = bootstrap(values)
    figure = Figure(
        section=section, name=name, system=system, group=group, value=fmean(values), low=low, high=high, n=len(values)
    )
    return [figure]


def groups_of(records: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    """Return (name, members): all, each kind and each language, where there is more than one."""
    kinds = sorted({record.kind for record in records})
    languages = sorted({record.language for record in records})
    groups = [("all", list(records))]
    if len(kinds) > 1:
        groups += [(kind, [record for record in records if record.kind == kind]) for kind in kinds]
    if len(languages) > 1:
        groups += [
            (f"language {language}", [record for record in records if record.language == language])
            for language in languages
            if language not in kinds
        ]
    return groups
