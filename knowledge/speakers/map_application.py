"""Laying a speaker map on a transcript without labels: what is surely his becomes quotable, the rest stays unknown.

Sentences are labelled whole. One is a speaker's when every word of it lies in runs of that speaker, at least a third of
its words have an exact place in the map, and a fingerprint inside it (or on both sides of it, within the run) agrees.
Where the run does not go on beyond it, it must also begin or end where the map has a sentence begin or end. A sentence
that mixes two speakers, or lies at a boundary without such agreement, stays unknown.

Captions in lower case without punctuation have no sentences of their own. There the map's sentences are the pieces:
only where a sentence's start is found exactly, and a change of speaker only with agreement on both sides, is the text
cut. Pieces of one speaker are joined into turns of about `PIECE_WORDS` words, which nothing cuts further, so that a
quotation never starts in the middle of what the map knows as a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from knowledge.interviews.unlabelled import UNKNOWN_SPEAKERS
from knowledge.metadata.appearance_facts import differences, known_facts
from knowledge.metadata.catalogue import known_appearances
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import Appearance, Source, count_words
from knowledge.model.turns import Certainty, Role, Turn
from knowledge.speakers.disputes import Disputes
from knowledge.speakers.map_projection import Heard, Projection, Transcript
from knowledge.speakers.speaker_maps import SpeakerMap, read_maps
from knowledge.text.language import is_cjk

PIECE_WORDS = 80
"""Words in a turn of text without punctuation, unless one sentence has more."""
_UNPUNCTUATED = 60
"""Words a sentence, on average, above which a text counts as having no punctuation."""
_PUT_IN = re.compile(r"[\u3400-\u9fff]|https?://|www\.", re.IGNORECASE)
"""What a note-taker puts among the words: a gloss in another script, an address."""
_MIN_SHARE = 0.5
"""Share of a source's words that must have a place in a map for the map to be of this appearance."""
_MIN_PLACED = 120
"""Words that must have a place at least: a page that quotes a few sentences is no transcript."""


class _Stretch(NamedTuple):
    """Characters [start, end) of one turn, and the number of their speaker if known."""

    start: int
    end: int
    speaker: int | None


def with_known_speakers(source: Source, maps: Sequence[SpeakerMap] | None = None) -> Source:
    """Return the source labelled by the map that fits it; unchanged where none does."""
    found = matching_map(source, maps)
    return apply_map(source, found) if found else source


def matching_map(source: Source, maps: Sequence[SpeakerMap] | None = None) -> SpeakerMap | None:
    """Return the map of the interview that this is a transcript of, by its words alone; shipped maps by default."""
    if source.provenance is not Provenance.TRANSCRIPT:
        return None
    transcript = Transcript(source)
    fits = []
    for candidate in read_maps() if maps is None else maps:
        projection = Projection(transcript, candidate)
        if projection.share >= _MIN_SHARE and projection.share * len(projection.words) >= _MIN_PLACED:
            fits.append((projection.share, candidate))
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def apply_map(source: Source, speaker_map: SpeakerMap) -> Source:
    """Return the source with the speakers of its unknown turns as far as the map is sure of them.

    Text and offsets stay as they are. Turns with a speaker keep it, except where the map gives their words to somebody
    else (`knowledge.speakers.disputes`). What is known of the appearance fills what
    the source does not say of itself.
    """
    projection = Projection(Transcript(source), speaker_map)
    disputes = Disputes(source, projection)
    turns: list[Turn] = []
    unpunctuated = False
    grouped = groupby(projection.sentences, key=lambda sentence: sentence.turn)
    heard_in = {number: list(group) for number, group in grouped}
    for number, turn in enumerate(source.turns):
        heard = heard_in.get(number, [])
        if turn.role is not Role.UNKNOWN:
            turns += disputes.settled(turn, heard)
        elif not heard:
            turns.append(turn)
        elif heard[-1].last - heard[0].first > _UNPUNCTUATED * len(heard):
            unpunctuated = True
            turns += _turns(source, turn, speaker_map, _pieces(projection, heard))
        else:
            turns += _joined(source, _turns(source, turn, speaker_map, _runs(projection, iter(heard))))
    if not unpunctuated:
        turns = _joined(source, turns)
    how = source.how or (TranscriptKind.ASR if unpunctuated else None)
    facts = _facts(source, speaker_map)
    printed = {"date": source.date, "venue": source.venue, "interviewers": source.interviewers}
    notes = [note for note in source.notes if note != UNKNOWN_SPEAKERS]
    notes += [*_notes(source, turns, speaker_map, disputes), *differences(printed, facts)]
    return source.model_copy(update={"turns": tuple(turns), "how": how, "notes": tuple(notes)} | facts)


def _speaker(projection: Projection, first: int, last: int) -> int | None:
    """Return whose words [first, last) are; nobody's where a gloss or an address stands among them."""
    if last > first:
        follows = last < len(projection.words)
        end = projection.words[last].start if follows else projection.words[last - 1].end
        if _PUT_IN.search(projection.text, projection.words[first].start, end) and not is_cjk(projection.text):
            return None
    return projection.speaker(first, last)


def _runs(projection: Projection, heard: Iterator[Heard]) -> Iterator[_Stretch]:
    """Yield consecutive sentences of one speaker, or of nobody known, as one stretch."""
    known = [(sentence, _speaker(projection, sentence.first, sentence.last)) for sentence in heard]
    for speaker, group in groupby(known, key=lambda pair: pair[1]):
        run = [sentence for sentence, _ in group]
        yield _Stretch(run[0].span.start, run[-1].span.end, speaker)


def _pieces(projection: Projection, heard: Sequence[Heard]) -> Iterator[_Stretch]:
    """Yield the turn cut where the map's sentences start, as stretches of one speaker or of nobody known."""
    first, last = heard[0].first, heard[-1].last
    cuts = [first, *(at for at in range(first, last + 1) if projection.cut(at)), last]
    known = [(one, two, _speaker(projection, one, two)) for one, two in pairwise(sorted(set(cuts)))]
    # where the turn itself starts or ends at no sentence of the map, the words up to the next cut are a fragment
    known = [
        (one, two, speaker if projection.cut(one) and projection.cut(two) else None) for one, two, speaker in known
    ]
    if not known:
        yield _Stretch(heard[0].span.start, heard[-1].span.end, None)
        return
    grouped: list[tuple[int, int, int | None]] = []
    for one, two, speaker in known:
        before = grouped[-1] if grouped else None
        if before and before[2] == speaker and (speaker is None or two - before[0] <= PIECE_WORDS):
            grouped[-1] = (before[0], two, speaker)
        else:
            grouped.append((one, two, speaker))
    start = heard[0].span.start
    for _, two, speaker in grouped:
        end = heard[-1].span.end if two == last else projection.words[two].start
        yield _Stretch(start, end, speaker)
        start = end


def _turns(source: Source, turn: Turn, speaker_map: SpeakerMap, stretches: Iterator[_Stretch]) -> list[Turn]:
    found = []
    for stretch in stretches:
        end = stretch.start + len(source.text[stretch.start : stretch.end].rstrip())
        update: dict[str, Any] = {"start": stretch.start, "end": end}
        if source.times:
            update["said_at"] = source.said_at(stretch.start)
        elif stretch.start != turn.start:
            update["said_at"] = None
        if stretch.speaker is not None:
            speaker = speaker_map.speakers[stretch.speaker]
            update |= {"role": speaker.role, "speaker": speaker.name, "certainty": Certainty.REVIEWED}
        found.append(turn.model_copy(update=update))
    return found


def _joined(source: Source, turns: Sequence[Turn]) -> list[Turn]:
    """Join neighbours of one speaker that a file breaks into paragraphs or cues."""
    joined: list[Turn] = []
    for turn in turns:
        before = joined[-1] if joined else None
        ignored = {"start", "end", "said_at"}
        if (
            before
            and turn.certainty is Certainty.REVIEWED
            and before.model_dump(exclude=ignored) == turn.model_dump(exclude=ignored)
            and not source.text[before.end : turn.start].strip()
        ):
            joined[-1] = before.model_copy(update={"end": turn.end})
        else:
            joined.append(turn)
    return joined


def _notes(source: Source, turns: Sequence[Turn], speaker_map: SpeakerMap, disputes: Disputes) -> Iterator[str]:
    spoken = [turn for turn in turns if turn.provenance.quotable]
    words = {role: sum(_words_in(source, turn) for turn in spoken if turn.role is role) for role in Role}
    if disputes.contradicted:
        yield (
            f"Its labels give {disputes.contradicted:,} words to somebody else than the reviewed map of "
            f"{speaker_map.appearance} does: what is disputed is nobody’s."
        )
    yield (
        f"Speakers from the reviewed map of {speaker_map.appearance}: {words[Role.SUBJECT]:,} words are his, "
        f"{words[Role.OTHER]:,} others', {words[Role.UNKNOWN]:,} stay unknown and are not quoted."
    )


def _words_in(source: Source, turn: Turn) -> int:
    return count_words(source.text[turn.start : turn.end])


def _facts(source: Source, speaker_map: SpeakerMap) -> dict[str, Any]:
    """Return what the catalogue knows of the appearance; a date, venue or host that a page prints may be its own."""
    facts: dict[str, Any] = {"appearance": speaker_map.appearance}
    known = next((one for one in known_appearances() if one.id == speaker_map.appearance), None)
    if known is None:
        return facts
    if _is_file_name(source, known):
        facts["title"] = known.title
    facts |= known_facts(known, source.date)
    facts |= {"url": known.url} if known.url and not source.url else {}
    return facts | ({"medium": known.medium} if not source.medium else {})


def _is_file_name(source: Source, known: Appearance) -> bool:
    """Whether the title is only the source's id, as readers set it for files that give none."""
    bare = "".join(char for char in source.title.casefold() if char.isalnum())
    return known.title != source.title and bare == "".join(char for char in source.id.casefold() if char.isalnum())
