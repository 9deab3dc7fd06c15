"""Whether a run is good enough: its figures against their bounds."""

from typing import NamedTuple

from evals.bounds import Bound
from evals.figures import Figure
from evals.systems.ours import NAME


class Judged(NamedTuple):
    """A figure that has a bound."""

    figure: Figure
    bound: Bound

    @property
    def passed(self) -> bool:
        """Whether the figure lies within its bound."""
        return self.bound.holds(self.figure.value)


_ALWAYS = Bound(at_most=0)


def judge(figures: list[Figure], bounds: dict[str, Bound]) -> list[Judged]:
    """Return the figures of ours that have a bound. Gates, and altered texts called exact, always must be 0."""
    judged = []
    for figure in figures:
        always = figure.section == "Gates" or figure.name == "altered called exact"
        bound = _ALWAYS if always else bounds.get(figure.key)
        if figure.system == NAME and bound is not None:
            judged.append(Judged(figure, bound))
    return judged
