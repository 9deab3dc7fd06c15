"""Known holes in what a lock names, by pip-audit: `python -m tests.audit LOCK`. Exit code 1: there are some.

Where the registry hands out no advisories nothing is audited, and one line says so.
"""

import json
import subprocess
import sys
from typing import Any

_OPTIONS = ("--disable-pip", "--require-hashes", "--progress-spinner=off", "--timeout=15", "--format=json")


def audited(lock: str) -> dict[str, Any] | None:
    """Return what pip-audit found, None where it could not ask."""
    command = [sys.executable, "-m", "pip_audit", *_OPTIONS, "-r", lock]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return dict(json.loads(done.stdout))
    except ValueError:
        return None


def verdict(found: dict[str, Any] | None) -> tuple[int, list[str]]:
    """Return the exit code and the lines to print.

    >>> verdict({"dependencies": [{"name": "a", "skip_reason": "not found"}]})
    (0, ['Not audited: no advisories are handed out here.'])
    >>> verdict({"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}]})
    (1, ['a 1: X-1, mended in 2'])
    >>> verdict({"dependencies": [{"name": "a", "version": "1", "vulns": []}]})
    (0, ['Audited: nothing known against 1 packages.'])
    """
    asked = [one for one in (found or {}).get("dependencies", ()) if "vulns" in one]
    if not asked:
        return 0, ["Not audited: no advisories are handed out here."]
    holes = [
        f"{one['name']} {one['version']}: {hole['id']}, mended in {' or '.join(hole['fix_versions']) or 'no version'}"
        for one in asked
        for hole in one["vulns"]
    ]
    return (1, holes) if holes else (0, [f"Audited: nothing known against {len(asked)} packages."])


if __name__ == "__main__":
    code, lines = verdict(audited(sys.argv[1]))
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(code)
