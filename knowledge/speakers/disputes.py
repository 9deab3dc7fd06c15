"""Where a file's own labels and a reviewed speaker map disagree: there nobody is known to speak.

Labels that a model or a note-taker guessed are often right and sometimes not. A map says sentence by sentence whose the
words are, so it finds the wrong ones. A sentence of which it is not sure follows its neighbours in the turn: beside one
that is contradicted it is nobody's too.
"""

from collections.abc import Sequence
from enum import Enum
from itertools import groupby

from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Role, Turn
from knowledge.speakers.map_projection import Heard, Projection


class _Said(Enum):
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    UNSURE = "unsure"


class Disputes:
    """The verdict of a map on the labels of a source, sentence by sentence."""

    def __init__(self, source: Source, projection: Projection) -> None:
        self._text = source.text
        self._stands: dict[int, bool] = {}
        self._whole: dict[int, bool] = {}
        self.contradicted = 0
        """Words that a label gives to somebody else than the map does."""
        for number, group in groupby(projection.sentences, key=lambda sentence: sentence.turn):
            turn, heard = source.turns[number], list(group)
            if turn.role is Role.UNKNOWN:
                continue
            said = [_verdict(turn, sentence, projection) for sentence in heard]
            stands = [_is_kept(said, place) for place in range(len(said))]
            self._whole[turn.start] = all(stands)
            for sentence, one, kept in zip(heard, said, stands, strict=True):
                self._stands[sentence.span.start] = kept
                self.contradicted += (sentence.last - sentence.first) * (one is _Said.CONTRADICTED)

    def settled(self, turn: Turn, heard: Sequence[Heard]) -> list[Turn]:
        """Return a labelled turn, its disputed sentences cut out of it as turns of nobody known."""
        if not self.contradicted:
            return [turn]
        if turn.renders is not None:
            return [turn if self._whole.get(turn.renders) else _of_nobody(turn)]
        if not heard:
            return [turn if turn.provenance is Provenance.REPORT else _of_nobody(turn)]
        found: list[Turn] = []
        for stands, group in groupby(heard, key=lambda sentence: self._stands[sentence.span.start]):
            run = list(group)
            start, end = run[0].span.start, run[-1].span.end
            end = start + len(self._text[start:end].rstrip())
            piece = turn.model_copy(update={"start": start, "end": end, **({} if not found else {"said_at": None})})
            found.append(piece if stands else _of_nobody(piece))
        return found


def _is_kept(said: Sequence[_Said], place: int) -> bool:
    """Whether a sentence keeps its label: confirmed, or not sure and no neighbour that the map knows contradicts it."""
    if said[place] is not _Said.UNSURE:
        return said[place] is _Said.CONFIRMED
    before = next((one for one in reversed(said[:place]) if one is not _Said.UNSURE), None)
    after = next((one for one in said[place + 1 :] if one is not _Said.UNSURE), None)
    return _Said.CONTRADICTED not in (before, after)


def _verdict(turn: Turn, sentence: Heard, projection: Projection) -> _Said:
    """Return what the map says of a sentence's label: surely right, rather wrong, or neither.

    To confirm a label the map must be sure of every word; to contradict it, half of the words in runs of others are
    enough, as a doubt costs a sentence and a wrong label the promise.
    """
    speakers, others = projection.map.speakers, 0
    for at in range(sentence.first, sentence.last):
        run = projection.owners[at]
        speaker = None if run is None else projection.map.runs[run].speaker
        others += speaker is not None and speakers[speaker].role is not turn.role
    if others and 2 * others >= sentence.last - sentence.first:
        return _Said.CONTRADICTED
    speaker = projection.speaker(sentence.first, sentence.last) if sentence.last > sentence.first else None
    confirmed = speaker is not None and speakers[speaker].role is turn.role
    return _Said.CONFIRMED if confirmed else _Said.UNSURE


def _of_nobody(turn: Turn) -> Turn:
    return turn.model_copy(update={"role": Role.UNKNOWN, "speaker": None, "certainty": None})
