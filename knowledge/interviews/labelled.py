"""Interviews whose text says who speaks: turns by label, each with its role; what stands around them is background."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.formats.blocks import Block
from knowledge.formats.document import Document, Given, finished, take_background
from knowledge.formats.draft import Draft
from knowledge.interviews.boundaries import bounded
from knowledge.interviews.furniture import without_furniture
from knowledge.interviews.labels_below import labels_below
from knowledge.interviews.roles import Roles, Said, breaks_off, is_punctuated, labels_broken, nearly_named, roles_of
from knowledge.interviews.utterances import Utterance, joined, layouts_of, utterances
from knowledge.metadata.label_names import label_key, names_subject
from knowledge.metadata.transcript_signs import (
    signs_of_narration,
    signs_of_rewriting,
    signs_of_translation,
    slow_speech,
)
from knowledge.model.passages import MAX_SENTENCE_WORDS
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import Source, count_words
from knowledge.model.subject import Subject
from knowledge.model.turns import Certainty, Role
from knowledge.text.language import is_cjk, language_of

_MIN_SHARE = 0.5
_MIN_TURNS = 4
"""With fewer, most words must stand under labels: an article may print three answers."""
_MIN_BILINGUAL = 0.15
_SHOWN = 40
_LATE = 5 * 3600
"""Seconds into a recording at which no transcript begins."""
_UNPUNCTUATED = (
    f"It has hardly any punctuation: where sentences end is not known, so a turn of more than {MAX_SENTENCE_WORDS} "
    "words is held against claims and not quoted; a shorter one is quoted whole."
)


def is_labelled(document: Document, subject: Subject) -> bool:
    """Whether at least two names take turns in a document, and most of its words stand under labels."""
    if not layouts_of(document):
        return False
    found = utterances(document, subject)
    labelled = sum(count_words(one.text) for one in found if one.label)
    turns = sum(one.opens and one.has_words for one in found)
    subject_speaks = turns >= _MIN_TURNS and any(one.label and names_subject(one.label, subject) for one in found)
    return subject_speaks or labelled >= _MIN_SHARE * sum(count_words(one.text) for one in found)


def read_labelled(document: Document, given: Given) -> Source:
    """Return a labelled interview, its turns quotable only where their labels and their words can be believed."""
    each = utterances(document, given.subject)
    each = each if document.recorded else without_furniture(each, given.subject)
    roles = roles_of(document, each, given.subject)
    found = joined(each)
    distrust = labels_broken([Said(label_key(one.label), one.text) for one in found if one.label])
    distrust = distrust or labels_below(found, roles) or _not_speech(document, found, roles, given.subject)
    if distrust:
        return _untrusted(document, given, found, distrust)
    found = joined(bounded(document, each, roles, given.subject))
    provenance, notes = _provenance(document, found, given.subject)
    noted = replace(document, how=document.how or TranscriptKind.EDITED).noting(*notes, *_cut_off(found))
    draft = noted.draft(provenance)
    draft.language = _spoken_language(document, found, given.subject)
    found, noted = _without_time_of_day(found, noted)
    punctuated = is_punctuated([one.text for one in found if one.label])
    noted = noted if punctuated else noted.noting(_UNPUNCTUATED)
    for before, one in zip([None, *found], found, strict=False):
        doubtful = bool(punctuated and before and _goes_on_in_sentence(before, one))
        _take(draft, noted, one, roles, given.subject, doubtful=doubtful)
    if document.ends_at is not None:
        draft.mark_end(document.ends_at)
    noted = noted.noting(*_summary(draft, document, found, roles, given.subject), *_left_open(found, roles))
    reader = document.reader if document.recorded else "labelled"
    return finished(draft, noted, given, reader=reader, interviewers=_interviewers(found, roles))


def _without_time_of_day(found: list[Utterance], document: Document) -> tuple[list[Utterance], Document]:
    """Return the utterances without times that are those of a clock on the wall: a recording starts at nought."""
    times = [one.seconds for one in found if one.seconds is not None]
    if document.recorded or not times or min(times) < _LATE:
        return found, document
    bare = [replace(one, seconds=None, blocks=tuple(replace(b, seconds=None) for b in one.blocks)) for one in found]
    return bare, document.noting("Its times are those of the day and not of the recording: they were left out.")


def _not_speech(document: Document, found: Sequence[Utterance], roles: Roles, subject: Subject) -> str | None:
    signs = [] if document.recorded else signs_of_rewriting(document.facts, document.blocks)
    times = [one.seconds for one in found if one.seconds is not None]
    words = sum(count_words(one.text) for one in found if one.label)
    slow = slow_speech(words, document.facts.seconds or (max(times) - min(times) if len(times) > 5 else None))
    signs += [slow] if slow and not document.recorded else []
    signs += signs_of_narration([one.text for one in found if one.label and roles[one.label] is Role.SUBJECT], subject)
    return f"It is not a record of what was said: {'; '.join(signs)}." if signs else None


def _untrusted(document: Document, given: Given, found: Sequence[Utterance], why: str) -> Source:
    noted = replace(document, wrapped=True).noting(why, "All of it is background, none of it can be quoted.")
    draft = noted.draft(Provenance.REPORT)
    spoken: list[Block] = []
    for one in found:
        if one.label is None:
            _take_spoken(draft, spoken)
            take_background(draft, noted, one.blocks)
        else:
            spoken += one.blocks
    _take_spoken(draft, spoken)
    return finished(draft, noted, given, reader="labelled")


def _take_spoken(draft: Draft, spoken: list[Block]) -> None:
    """Append what labels cut up wrongly as one run of words; empties `spoken`."""
    for block in spoken:
        draft.take_pieces(block.pieces, join=" ", seconds=block.seconds)
    draft.close_turn(role=Role.UNKNOWN, provenance=Provenance.REPORT)
    spoken.clear()


def _provenance(document: Document, found: Sequence[Utterance], subject: Subject) -> tuple[Provenance, list[str]]:
    """Return how the words under the labels reached us, and the evidence."""
    spoken = [one for one in found if one.label]
    native_cjk = is_cjk(subject.name)
    blocks = [block for one in spoken for block in one.blocks]
    words = sum(count_words(block.text) for block in blocks)
    foreign = sum(count_words(block.text) for block in blocks if is_cjk(block.text) and not native_cjk)
    if foreign > (1 - _MIN_BILINGUAL) * words:
        return Provenance.TRANSLATION, [f"{subject.name} is given in another script than the name’s: a translation."]
    if foreign > _MIN_BILINGUAL * words:
        note = "It prints the words in two languages: those in the other script than the speaker’s are a translation."
        return Provenance.TRANSCRIPT, [note]
    labels = [one.label for one in spoken if one.label]
    said = " ".join(one.text for one in spoken)
    language = language_of(said, document.facts.language)
    signs = [] if document.recorded else signs_of_translation(document.blocks, labels, said=said, language=language)
    if signs:
        return Provenance.TRANSLATION, [f"The words went through another language: {'; '.join(signs)}."]
    return Provenance.TRANSCRIPT, []


def _goes_on_in_sentence(before: Utterance, one: Utterance) -> bool:
    """Whether a turn goes on with the sentence of the turn before it: then it may be the same person's."""
    return bool(before.label and one.label and breaks_off(before.text, one.text))


def _spoken_language(document: Document, found: Sequence[Utterance], subject: Subject) -> str:
    """Return the language of the words under labels; in a bilingual page of those in the script of the name."""
    spoken = [block.text for one in found if one.label for block in one.blocks]
    native = [text for text in spoken if is_cjk(text) == is_cjk(subject.name)]
    return language_of(
        " ".join(native if len(native) > _MIN_BILINGUAL * len(spoken) else spoken), document.facts.language
    )


def _take(
    draft: Draft, document: Document, one: Utterance, roles: Roles, subject: Subject, *, doubtful: bool = False
) -> None:
    if not one.has_words:
        return
    if one.label is None and not document.recorded:
        take_background(draft, document, one.blocks)
        return
    if one.label is None:  # in a recording it was said all the same
        for block in one.blocks:
            draft.take_pieces(block.pieces, join=document.joint(block), seconds=block.seconds)
        draft.close_turn(role=Role.UNKNOWN, said_at=one.seconds)
        return
    role = roles[one.label]
    if doubtful and role is Role.SUBJECT:
        role = Role.UNKNOWN
    for script, blocks in _by_script(one.blocks):
        for number, block in enumerate(blocks):
            draft.take_pieces(block.pieces, join=document.joint(block) if number else " ", seconds=block.seconds)
        foreign = script and not is_cjk(subject.name) and draft.provenance is Provenance.TRANSCRIPT
        text = " ".join(block.text for block in blocks)
        draft.close_turn(
            role=role,
            speaker=subject.name if role is Role.SUBJECT else one.label,
            certainty=None if role is Role.UNKNOWN else Certainty.LABELLED,
            said_at=_starts_at(blocks, one),
            provenance=Provenance.TRANSLATION if foreign else draft.provenance,
            language=language_of(text, None if script else draft.language),
        )
        if foreign:
            _link_to_original(draft)


def _starts_at(blocks: Sequence[Block], one: Utterance) -> float | None:
    """Return the time of the first words: one that is printed below them is no time of theirs."""
    first = next((block for block in blocks if any(char.isalnum() for char in block.text)), None)
    return one.seconds if first is None or first.seconds is None else first.seconds


def _link_to_original(draft: Draft) -> None:
    """Say of the last turn that it renders the turn before it, when that is the same speaker's in the other script."""
    *_, before, last = [None, *draft.turns]
    if before and last and before.role is last.role and before.provenance is Provenance.TRANSCRIPT:
        draft.turns[-1] = last.model_copy(update={"renders": before.start})


def _by_script(blocks: Sequence[Block]) -> list[tuple[bool, list[Block]]]:
    """Return runs of blocks in one script: a bilingual page sets the translation under the words."""
    runs: list[tuple[bool, list[Block]]] = []
    for block in blocks:
        script = is_cjk(block.text)
        if runs and (runs[-1][0] == script or not any(char.isalnum() for char in block.text)):
            runs[-1][1].append(block)
        else:
            runs.append((script, [block]))
    return runs


def _cut_off(found: Sequence[Utterance]) -> list[str]:
    spoken = [one for one in found if one.label]
    if spoken and not spoken[-1].has_words:
        return [f"The file breaks off: the last turn (“{spoken[-1].label}”) has no words and was dropped."]
    return []


def _summary(draft: Draft, document: Document, found: Sequence[Utterance], roles: Roles, subject: Subject) -> list[str]:
    labels = Counter(one.label for one in found if one.label)
    names = ", ".join(f"{label} ({roles[label].value})" for label, _ in labels.most_common(8))
    notes = [f"The text labels its speakers: {names}."]
    if Role.SUBJECT not in roles.values():
        notes.append(f"No label names {subject.name}: nothing is quotable.")
        notes += nearly_named(document, subject)
    if any(turn.provenance is Provenance.REPORT for turn in draft.turns):
        notes.append("Headings and text outside the labelled turns are background.")
    return notes


def _left_open(found: Sequence[Utterance], roles: Roles) -> list[str]:
    """Return a note on words behind the subject's that are nobody's, as nothing shows that they are the subject's."""
    behind = [
        two
        for one, two in pairwise(found)
        if one.label and roles[one.label] is Role.SUBJECT and two.label is None and two.has_words
    ]
    words = sum(count_words(one.text) for one in behind)
    if not words:
        return []
    start = " ".join(behind[0].text.split())[:_SHOWN]
    return [
        f"{words:,} words below the subject’s are nobody’s, from “{start}…” on: a heading, or what could begin "
        "somebody else’s words, stands before them without a label."
    ]


def _interviewers(found: Sequence[Utterance], roles: Roles) -> tuple[str, ...]:
    """Return the others who speak at least a fifth as many turns as anyone, when the subject speaks."""
    if Role.SUBJECT not in roles.values():
        return ()
    counts = Counter(one.label for one in found if one.label)
    most = max(counts.values(), default=0)
    hosts = {label_key(label): label for label, count in counts.items() if count * 5 >= most}
    return tuple(label for label in hosts.values() if roles[label] is Role.OTHER)
