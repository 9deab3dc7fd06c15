"""Invented interviews with an invented person: what the tests know instead of real transcripts."""

import hashlib
import re

from knowledge.formats.draft import Draft
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.model.turns import Certainty, Role

MIRA = Subject(name="Mira Vane", aliases=("Mira", "Vane"), misspellings=("Myra Vain",))

BEES = """\
Tom Reed: Why do bees dance at all?
Mira Vane: Bees dance to point at flowers. The angle of the dance is the angle of the sun. Nobody taught them that.
Tom Reed: Do you think ants do something like it?
Mira Vane: I do not think ants dance. Ants follow a smell on the ground. The smell fades, so the path is always fresh.
Tom Reed: People say honey never spoils. Is honey eternal?
Mira Vane: People say honey is eternal. But honey is only patient. Keep water away from it and it will wait for you.
"""

TIDES = """\
Ana Sol: What moves the tides in the harbour?
Mira Vane: The moon pulls the water, and the sun helps. When both pull together we get the spring tide.
Ana Sol: Would you build a tide mill today?
Mira Vane: Yes. A tide mill knows its timetable for the next thousand years, which no wind mill does.
"""


def labelled_source(
    text: str,
    source_id: str,
    *,
    title: str = "A talk",
    date: str | None = "2021-05",
    venue: str | None = "Field Notes",
    provenance: Provenance = Provenance.TRANSCRIPT,
    language: str = "en",
    url: str | None = None,
) -> Source:
    """Return a source from `Name: words` lines, its turns labelled."""
    draft = Draft(text, "utf-8", language, provenance)
    names = []
    for line in re.finditer(r"^([^:\n]+): (.+)$", text, re.MULTILINE):
        name = line.group(1)
        his = MIRA.is_label(name)
        draft.take(*line.span(2))
        draft.close_turn(role=Role.SUBJECT if his else Role.OTHER, speaker=name, certainty=Certainty.LABELLED)
        if not his and name not in names:
            names.append(name)
    return Source(
        id=source_id,
        title=title,
        date=date,
        venue=venue,
        interviewers=tuple(names),
        url=url,
        language=language,
        provenance=provenance,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader="invented/1",
        text=draft.text,
        turns=tuple(draft.turns),
        raw_map=draft.raw_map,
    )
