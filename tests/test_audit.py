"""A known hole in a locked package fails the check; a registry without advisories does not, and says so."""

import pytest

from tests.audit import verdict

HOLE = {"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": []}]}
WELL = {"name": "b", "version": "2", "vulns": []}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("found", "code", "line"),
    [
        (None, 0, "Not audited: no advisories are handed out here."),
        ({"dependencies": [SKIPPED]}, 0, "Not audited: no advisories are handed out here."),
        ({"dependencies": [WELL, SKIPPED]}, 0, "Audited: nothing known against 1 packages."),
        ({"dependencies": [WELL, HOLE, SKIPPED]}, 1, "a 1: X-1, mended in no version"),
    ],
)
def test_the_verdict(found: dict[str, object] | None, code: int, line: str) -> None:
    assert verdict(found) == (code, [line])
