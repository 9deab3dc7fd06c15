"""`pytest evals`: every case of the shipped suite as one test, then the bounds over all of them.

A gate for continuous integration; `ilya eval` runs the same examples and writes a report.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.figures import figures
from evals.figures.thresholds import judge
from evals.run.run_records import Record
from evals.run.runner import Session, begin
from evals.run.systems.ours import NAME
from evals.run.worlds import open_world
from evals.suite.bounds import read_bounds
from evals.suite.suite_file import Suite, find_suite

SUITE = find_suite("book")
_EXECUTED: dict[str, list[Record]] = {}


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The suite on a clean copy of the shipped book."""
    home: Path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ILYA_HOME", str(home))
        world = open_world(SUITE, selector="extractive")
        yield begin(SUITE, world, folder=home / "run", selector="extractive", subset=None, jobs=1)


@pytest.mark.parametrize("case", [one.case.id for one in SUITE.written])
def test_case(session: Session, case: str) -> None:
    """Every example of the case can be executed, and no gate is missed."""
    found = session.execute_case(case)
    _EXECUTED[case] = found
    assert found
    assert [record.error for record in found if record.error] == []
    assert [miss for record in found for gate in record.gates.values() for miss in gate.misses] == []


def test_bounds(session: Session) -> None:
    """The figures over all cases reach their bounds; runs only together with every case."""
    if len(_EXECUTED) < len(SUITE.written):
        pytest.skip("only some of the cases were run")
    records = [record for found in _EXECUTED.values() for record in found]
    failed = [one for one in judge(figures(records), read_bounds(SUITE.folder)) if not one.passed]
    assert [f"{one.figure.key} is {one.figure.value:.3f}, must be {one.bound}" for one in failed] == []


def test_suite_is_whole() -> None:
    """The shipped suite keeps its size: a gate with fewer cases is a weaker gate."""
    suite: Suite = SUITE
    assert len(suite.written) >= 340
    assert NAME == "ask-ilya"
