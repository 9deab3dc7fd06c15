"""180 layouts of an attribution, each with other people's words in the same form beside his."""

import pytest

from tests.assistant.documents.attribution_grid import LAYOUTS, cases, right_and_wrong

TURNS = 2


@pytest.mark.parametrize("seed", [11, 12])
def test_what_is_his_is_found_and_nothing_else(seed: int) -> None:
    gold = right = wrong = 0
    faults = []
    for case in cases(TURNS * len(LAYOUTS), seed):
        missed, other = right_and_wrong(case)
        gold, right, wrong = gold + len(case.his), right + len(case.his) - len(missed), wrong + len(other)
        faults += [(case.layout, case.text, missed, other)] if missed or other else []
    assert right >= 0.99 * gold, faults
    assert right >= 0.99 * (right + wrong), faults
