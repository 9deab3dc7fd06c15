"""A suite of a few cases in a folder."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.suite.suite_file import Suite, find_suite


def suite_of(folder: Path, rows: Sequence[Mapping[str, object]]) -> Suite:
    """Write the cases into the folder and read them as a suite."""
    folder.mkdir(exist_ok=True)
    (folder / "cases.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return find_suite(str(folder))
