"""The two annotated transcripts of ../shared as labelled sources, independent of the readers."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from knowledge.formats.draft import Draft
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Certainty, Role

SHARED = Path(__file__).parents[2].parent / "shared"
_ROLES = {"host": Role.OTHER, "ilya": Role.SUBJECT}


def labelled_transcripts() -> list[Source]:
    """Return Lex Fridman 2020 and Dwarkesh Patel 2023 with the speakers that people wrote down."""
    return [_lex(), _dwarkesh()]


def _dwarkesh() -> Source:
    decoded = (SHARED / "corpus/seeds/dwarkesh-2023-transcript-unlabelled.txt").read_bytes().decode()
    draft = Draft(decoded, "utf-8", "en", Provenance.TRANSCRIPT)
    for span in _gold("speakers-dwarkesh-2023.json")["spans"]:
        draft.take(span["start"], span["end"])
        _close(draft, span["speaker"], "Dwarkesh Patel")
    return _source(draft, "dwarkesh-2023", "2023-03-27", "Dwarkesh Podcast", "Dwarkesh Patel")


def _lex() -> Source:
    decoded = (SHARED / "corpus/transcripts/lex-094-2020-whisper-large.vtt").read_bytes().decode()
    draft = Draft(decoded, "utf-8", "en", Provenance.TRANSCRIPT)
    cues = [match.span(1) for match in re.finditer(r"-->.*\n *(\S.*?) *$", decoded, re.MULTILINE)]
    joined = " ".join(decoded[start:end] for start, end in cues)
    raw = [at for start, end in cues for at in (*range(start, end), end)]
    borders = [match.start() for match in re.finditer(r"(?<=[.?!…]) (?=[\"“'A-Z0-9])", joined)]
    starts, ends = [0, *(border + 1 for border in borders)], [*borders, len(joined)]
    for run in _gold("speakers-lex-094.json")["runs"]:
        start, end = starts[run["first"]], ends[run["last"]]
        piece = start
        for at in range(start + 1, end + 1):
            if at == end or raw[at] != raw[at - 1] + 1:
                draft.take(raw[piece], raw[at - 1] + 1)
                piece = at
        _close(draft, run["speaker"], "Lex Fridman")
    return _source(draft, "lex-2020", "2020-05", "Lex Fridman Podcast", "Lex Fridman")


def _gold(name: str) -> Any:
    return json.loads((SHARED / "gold" / name).read_text(encoding="utf-8"))


def _close(draft: Draft, speaker: str, host: str) -> None:
    role = _ROLES.get(speaker, Role.UNKNOWN)
    name = {Role.OTHER: host, Role.SUBJECT: "Ilya Sutskever"}.get(role)
    draft.close_turn(role=role, speaker=name, certainty=None if role is Role.UNKNOWN else Certainty.REVIEWED)


def _source(draft: Draft, source_id: str, date: str, venue: str, host: str) -> Source:
    return Source(
        id=source_id,
        title=f"{venue} with Ilya Sutskever",
        date=date,
        venue=venue,
        interviewers=(host,),
        language="en",
        provenance=Provenance.TRANSCRIPT,
        sha256=hashlib.sha256(draft.decoded.encode()).hexdigest(),
        reader="annotated/1",
        text=draft.text,
        turns=tuple(draft.turns),
        raw_map=draft.raw_map,
    )
