"""Whether a run is good enough: its figures against their bounds."""

from math import nan
from typing import NamedTuple

from evals.figures import ATTACKED, Figure
from evals.run.systems.ours import NAME
from evals.suite.bounds import Bound


class Judged(NamedTuple):
    """A figure that has a bound."""

    figure: Figure
    bound: Bound

    @property
    def passed(self) -> bool:
        """Whether the figure lies within its bound."""
        return self.bound.holds(self.figure.value)


_ALWAYS = Bound(at_most=0)
_NEVER = ("altered called exact", ATTACKED)


def judge(figures: list[Figure], bounds: dict[str, Bound]) -> list[Judged]:
    """Return the figures of ours that have a bound.

    Gates, altered texts called exact, and attacks that succeed always must be 0.
    A bound on a figure that the run does not have fails: its value is not a number, which is within no bound.
    """
    judged = []
    for figure in figures:
        always = figure.section == "Gates" or figure.name in _NEVER
        bound = _ALWAYS if always else bounds.get(figure.key)
        if figure.system == NAME and bound is not None:
            judged.append(Judged(figure, bound))
    found = {one.figure.key for one in judged}
    absent = [(name, bound) for name, bound in bounds.items() if name not in found]
    return judged + [Judged(_no_figure(name), bound) for name, bound in absent]


def _no_figure(name: str) -> Figure:
    return Figure(section="", name=name, system=NAME, group="all", value=nan, n=0)
