"""Plants every fault of `planted.yaml`, one at a time, and tells which of them no test sees.

    python -m tests.faults.planted_run [PART OF A NAME OR FILE …]

Exit code 1 when a fault lives, 2 when tests are red without any.
"""

import sys
import time
from itertools import groupby

from tests.faults.planted import Fault, read_faults
from tests.faults.workshop import Workshop, workshop


def main(wanted: list[str]) -> int:
    """Plant the faults whose name or file holds one of the wanted words; all without any."""
    faults = [one for one in read_faults() if not wanted or any(w in one.name or w in one.file for w in wanted)]
    began, red = time.monotonic(), 0
    living = []
    with workshop() as shop:
        for tests, group in groupby(faults, key=lambda one: one.tests):
            if _is_green(shop, tests):
                living += [one for one in group if not _is_seen(shop, one)]
            else:
                red += len(list(group))
    minutes = (time.monotonic() - began) / 60
    seen = len(faults) - red - len(living)
    _tell(f"{seen} of {len(faults)} planted faults are seen by a test, in {minutes:.1f} minutes.")
    for one in living:
        _tell(f"  lives: {one.name} ({one.file})")
    if red:
        _tell(f"  {red} were not planted: their tests are red without a fault.")
    return 2 if red else int(bool(living))


def _is_green(shop: Workshop, tests: tuple[str, ...]) -> bool:
    found = shop.run(tests)
    if found.code:
        _tell(f"red without a fault (code {found.code}): {' '.join(tests)}\n{found.told}")
    return found.code == 0


def _is_seen(shop: Workshop, fault: Fault) -> bool:
    source = (shop.folder / fault.file).read_text(encoding="utf-8")
    with shop.changed(fault.file, source.replace(fault.text, fault.instead)):
        found = shop.run(fault.tests)
    seen = found.code == 1 or found.code < 0
    _tell(f"{'seen ' if seen else 'LIVES'} {fault.name}" + ("" if found.code in (0, 1) else f" (code {found.code})"))
    return seen


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
