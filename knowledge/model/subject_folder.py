"""Where everything about the person stands: the shipped folder, or the one that `ILYA_SUBJECT` names.

`subject.yaml` must be there; every other file may be missing, and is then empty: `appearances.yaml`, `others.yaml`,
`events.yaml`, `glossary.yaml`, `topics.yaml`, and the folders `quotations` and `speaker-maps`.
"""

import os
from pathlib import Path

from knowledge.model.errors import LibraryUnavailable

VARIABLE = "ILYA_SUBJECT"
SHIPPED_SUBJECT = Path(__file__).parent.parent / "starter"


def subject_folder() -> Path:
    """Return the folder about the person whose words are quoted; a process has one.

    Raises:
        LibraryUnavailable: `ILYA_SUBJECT` names no folder about a person.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return SHIPPED_SUBJECT
    folder = Path(named).expanduser()
    if not (folder / "subject.yaml").is_file():
        raise LibraryUnavailable(
            f"{VARIABLE} names {folder}, where there is no subject.yaml: `ilya subject init {folder}` writes one."
        )
    return folder
