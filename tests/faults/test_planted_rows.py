"""The list of planted faults cannot rot: every row still fits the code, and its tests exist."""

import ast

import pytest

from tests.faults.planted import Fault, read_faults
from tests.faults.workshop import ROOT

FAULTS = read_faults()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_text_to_replace_stands_exactly_once_and_the_fault_is_still_python(fault: Fault) -> None:
    source = (ROOT / fault.file).read_text(encoding="utf-8")
    assert source.count(fault.text) == 1, f"“{fault.text}” stands {source.count(fault.text)} times in {fault.file}"
    assert fault.instead != fault.text
    if fault.file.endswith(".py"):
        ast.parse(source.replace(fault.text, fault.instead))


def test_names_are_unique_and_tests_exist() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert FAULTS
    missing = {name for fault in FAULTS for name in fault.tests if not (ROOT / name.partition("::")[0]).is_file()}
    assert not missing
