"""Asking goes on while others import: no failed question, no failed import, nothing acknowledged lost."""

from pathlib import Path

from tests.knowledge.search.index_stress import run


def test_askers_and_importers_do_not_disturb_each_other(tmp_path: Path) -> None:
    assert run(tmp_path, importers=2, askers=3, sources=8) > 0
