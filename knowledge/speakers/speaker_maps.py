"""Speaker maps: who speaks where in one interview, in a form that fits any transcript of it and holds no text.

A map knows how many words each sentence has, who says it, marks along the way (`knowledge.text.fingerprints`
says why they cannot be read back), and the fingerprint of the words at which each run of one speaker starts and ends.
"""

import json
import string
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from knowledge.model.errors import BookError, SourceRefused
from knowledge.model.source import Slug, Source
from knowledge.model.subject_folder import subject_folder
from knowledge.model.turns import Certainty, Role, Turn
from knowledge.text.fingerprints import SHINGLE, VERSION, Mark, edge, hashes, marks, spoken_words
from knowledge.text.sentences import sentences

FORMAT = f"speaker-map/1, words/{VERSION}"
_DIGITS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
_MORE = len(_DIGITS) - 1


class Speaker(BaseModel):
    """Someone who speaks in the interview."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    name: str | None


class Run(NamedTuple):
    """Consecutive sentences of one speaker, each as its number of words; speaker None: not known, or two in one."""

    speaker: int | None
    starts: int | None
    """Fingerprint of the words from the run's first on."""
    ends: int | None
    """Fingerprint of the words up to the run's last."""
    sentences: tuple[int, ...]


class SpeakerMap(BaseModel):
    """Who speaks where in one appearance. Positions count spoken words from 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Annotated[str, Field(pattern=f"^{FORMAT}$")] = FORMAT
    appearance: Slug
    language: str
    notes: tuple[str, ...] = ()
    speakers: Annotated[tuple[Speaker, ...], Field(min_length=1)]
    marks: Annotated[str, Field(pattern=r"^[\w-]*$")]
    """Two characters a mark: words since the one before (the last digit means “and more”), and its value."""
    runs: Annotated[tuple[Run, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> "SpeakerMap":
        for run in self.runs:
            if run.speaker is not None and not 0 <= run.speaker < len(self.speakers):
                raise ValueError(f"a run names speaker {run.speaker}, of {len(self.speakers)}")
            if not run.sentences or min(run.sentences) < 1:
                raise ValueError("a run has at least one sentence, a sentence at least one word")
        if self.positions and self.positions[-1].position + SHINGLE > self.words:
            raise ValueError("a mark stands after the last word")
        return self

    @cached_property
    def words(self) -> int:
        """Return how many words the map covers."""
        return sum(sum(run.sentences) for run in self.runs)

    @cached_property
    def positions(self) -> tuple[Mark, ...]:
        """Return the marks with their positions."""
        found, position, gap = [], 0, 0
        digits = iter(self.marks)
        for digit in digits:
            gap += _DIGITS.index(digit)
            if _DIGITS.index(digit) == _MORE:
                continue
            position, gap = position + gap, 0
            value = next(digits, None)
            if value is None:
                raise ValueError("the marks end in the middle of one")
            found.append(Mark(position, _DIGITS.index(value)))
        return tuple(found)

    @cached_property
    def run_starts(self) -> tuple[int, ...]:
        """Return the position of the first word of each run."""
        return tuple(accumulate((sum(run.sentences) for run in self.runs[:-1]), initial=0))

    @cached_property
    def run_of(self) -> tuple[int, ...]:
        """Return for each word the number of its run."""
        return tuple(number for number, run in enumerate(self.runs) for _ in range(sum(run.sentences)))

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """Return the positions of the first words of sentences."""
        lengths = [length for run in self.runs for length in run.sentences]
        return frozenset(accumulate(lengths, initial=0))

    def to_json(self) -> str:
        """Return the file's text: one line a run, so that a reviewed change shows as one line."""
        head = self.model_dump(mode="json", exclude={"runs"})
        lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
        runs = ",\n".join("  " + json.dumps(run, separators=(",", ":")) for run in self.runs)
        return "{\n" + ",\n".join(lines) + ',\n "runs": [\n' + runs + "\n ]\n}\n"


def make_map(source: Source, *, notes: Sequence[str] = ()) -> SpeakerMap:
    """Return the map of a source whose speakers are labelled or reviewed; everyone else's words stay unknown.

    Raises:
        SourceRefused: nobody in it is known to be the subject, or it has too few words.
    """
    speakers: list[Speaker] = []
    forms: list[str] = []
    said: list[tuple[int | None, list[int]]] = []
    for turn in source.turns:
        speaker = _speaker(turn, speakers)
        lengths = []
        for span in sentences(source.text, turn.start, turn.end):
            words = [word.form for word in spoken_words(source.text, *span)]
            forms += words
            lengths += [len(words)] if words else []
        if lengths and said and said[-1][0] == speaker:
            said[-1][1].extend(lengths)
        elif lengths:
            said.append((speaker, lengths))
    if not any(speaker.role is Role.SUBJECT for speaker in speakers) or len(forms) < SHINGLE:
        raise SourceRefused(source.id, "nobody in it is known to be him; review who speaks before exporting a map")
    whole = hashes(forms)
    runs, position = [], 0
    for number, lengths in said:
        end = position + sum(lengths)
        runs.append(Run(number, edge(whole, position), edge(whole, end - SHINGLE), tuple(lengths)))
        position = end
    return SpeakerMap(
        appearance=source.appearance or source.id,
        language=source.language,
        notes=tuple(notes),
        speakers=tuple(speakers),
        marks=_written(marks(whole)),
        runs=tuple(runs),
    )


def read_map(path: Path) -> SpeakerMap:
    """Read a map from its file.

    Raises:
        BookError: the file is not a speaker map of this format.
    """
    try:
        return SpeakerMap.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise BookError(path, 1, f"{where}: {first['msg']}") from error


@cache
def read_maps(folder: Path | None = None) -> tuple[SpeakerMap, ...]:
    """Return the maps in a folder, by file name; by default those about the person.

    Raises:
        BookError: a file is not a speaker map of this format.
    """
    return tuple(read_map(path) for path in sorted((folder or subject_folder() / "speaker-maps").glob("*.json")))


def _speaker(turn: Turn, speakers: list[Speaker]) -> int | None:
    """Return the speaker's number, taking up new ones; None for whom we do not know for sure."""
    if turn.role is Role.UNKNOWN or turn.certainty not in (Certainty.LABELLED, Certainty.REVIEWED):
        return None
    speaker = Speaker(role=turn.role, name=turn.speaker)
    if speaker not in speakers:
        speakers.append(speaker)
    return speakers.index(speaker)


def _written(found: Sequence[Mark]) -> str:
    parts, position = [], 0
    for mark in found:
        more, rest = divmod(mark.position - position, _MORE)
        parts += [_DIGITS[_MORE] * more, _DIGITS[rest], _DIGITS[mark.value]]
        position = mark.position
    return "".join(parts)
