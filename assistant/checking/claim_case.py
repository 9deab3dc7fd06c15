"""One claim while it is judged: its evidence, and places made ready to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from assistant.checking.claim import Claim
from assistant.checking.claimed_occasion import Occasion
from assistant.checking.cuts import read_around
from assistant.checking.evidence import Evidence, Spot
from assistant.checking.results import Caution, Check, Kind, Place, Verdict
from assistant.quotes import Quote
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.model.turns import Certainty, Role, Turn
from knowledge.search.wordmap import Voice, WordMap
from knowledge.text.words import has_look_alikes

_PROVENANCES = list(Provenance)
_CERTAINTIES = list(Certainty)
_HOW = ("edited", None, "captions", "asr")


@dataclass(frozen=True)
class Case:
    """A claim, what the index knows of it, and whose words count as his."""

    claim: Claim
    word_map: WordMap
    subject: Subject
    admit_inferred: bool = False
    evidence: Evidence = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "evidence", Evidence(self.claim, self.word_map))

    @property
    def size(self) -> int:
        """Return the number of words claimed."""
        return len(self.claim.words)

    @property
    def his(self) -> tuple[Voice, ...]:
        """Return the voices that may be quoted as his."""
        return (Voice.HIS, Voice.HIS_INFERRED) if self.admit_inferred else (Voice.HIS,)

    @cached_property
    def whole(self) -> list[Spot]:
        """Return where the whole claim stands in one stretch."""
        return self.evidence.whole(0, self.size)

    @cached_property
    def nearly_his(self) -> list[Spot]:
        """Return what the whole claim is nearest to in his words, least changed first."""
        return self.evidence.near(0, self.size, (*self.his, Voice.HIS_TRANSLATED))

    @cached_property
    def occasion(self) -> Occasion | None:
        """Return when and where the claim says it was said."""
        return Occasion.read(self.claim.occasion, self.subject) if self.claim.occasion else None

    def place(self, spot: Spot) -> Place | None:
        """Return the words of a spot with what a reader must know of them."""
        place = self.evidence.place(spot)
        if place is None:
            return None
        if place.role is not Role.SUBJECT:
            return place.model_copy(update={"note": _note(place)})
        reading = read_around(place.source, place.start, place.end)
        wrong = self.occasion.caution(place.source) if self.occasion else None
        warnings = reading.cautions + ((wrong,) if wrong else ())
        return place.model_copy(
            update={"warnings": warnings, "fair": reading.fair, "original": _original(place), "note": _note(place)}
        )

    def places(self, spots: Iterable[Spot]) -> list[Place]:
        """Return the places of several spots, each place once, best version first."""
        found: dict[tuple[str, str, int], Place] = {}
        for spot in spots:
            place = self.place(spot)
            if place:
                found.setdefault((place.source.id, place.source.sha256, place.start), place)
        return sorted(found.values(), key=_rank)

    def verdict(self, verdict: Verdict, places: Iterable[Place], **more: object) -> Check:
        """Return the finished result, with the cautions that concern the claim as a whole."""
        shown = tuple(places)
        fields = {"nearest": (), "warnings": tuple(self._cautions(shown)), **more}
        return Check.model_validate(
            {
                "text": self.claim.text,
                "verdict": verdict,
                "places": shown,
                "occasion": self.claim.occasion,
                **fields,
            }
        )

    def _cautions(self, places: tuple[Place, ...]) -> list[Caution]:
        found: list[Caution] = []
        wrong = [caution for place in places for caution in place.warnings if caution.kind is Kind.OCCASION]
        his = [place for place in places if place.role is Role.SUBJECT]
        if his and len(wrong) == len(his):
            found.append(wrong[0])
        if self.occasion and his and all(self.occasion.names_another_speaker(place.source) for place in his):
            message = f"The claim names “{self.claim.occasion}”; the words are {self.subject.name}'s."
            found.append(Caution(kind=Kind.SPEAKER, message=message))
        if has_look_alikes(self.claim.text):
            message = "Some letters of the claim are look-alikes from another script; they were read as Latin letters."
            found.append(Caution(kind=Kind.LETTERS, message=message))
        return found


def _rank(place: Place) -> tuple[object, ...]:
    turn, source = place.turn, place.source
    kinds = {caution.kind for caution in place.warnings}
    return (
        Kind.OCCASION in kinds,
        bool(kinds),
        _PROVENANCES.index(turn.provenance if turn else source.provenance),
        _HOW.index(source.how.value if source.how else None),
        _CERTAINTIES.index(turn.certainty) if turn and turn.certainty else len(_CERTAINTIES),
        source.date or "9999",
        source.id,
        place.start,
    )


def _original(place: Place) -> Quote | None:
    turn = place.turn
    if turn is None or turn.renders is None:
        return None
    original = _turn_at(place.source, turn.renders)
    return Quote(source=place.source, start=original.start, end=original.end)


def _turn_at(source: Source, offset: int) -> Turn:
    return source.turns[source.turn_index(offset)]


def _note(place: Place) -> str | None:
    turn = place.turn
    if place.role is Role.UNKNOWN:
        if turn is not None and turn.role is Role.SUBJECT:
            return "Other people's account of what he said; not a record of his words."
        return "In a text whose speaker is not known."
    if turn and turn.certainty is Certainty.INFERRED:
        return "That he is the speaker is only inferred."
    if turn and turn.provenance is Provenance.TRANSLATION and turn.renders is None:
        return "A translation; the words he spoke are not in the library."
    return None
