"""Roles: whose a label is (by name, title, office, declared initials), and whether a file's labels can be believed."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from knowledge.formats.document import Document
from knowledge.interviews.depositions import is_deposition, is_witness
from knowledge.interviews.openings.cast import resembles_subject
from knowledge.interviews.utterances import Utterance
from knowledge.metadata.label_names import is_anonymous, label_key, name_and_beside, names_subject
from knowledge.model.subject import Subject
from knowledge.model.turns import Role

# Whether a file's own labels can be believed: people change turns where sentences end, wrong labels anywhere.
_CLOSED = re.compile(r"[.?!…。？！:：;；—–-]+[\"”’')\]】）*_]*\s*$|[\"”’)\]】）]\s*$")
_OPEN_START = re.compile(r"\s*[\"“‘'(\[]*[a-zà-öø-ÿ]")
_LABEL = re.compile(r"[\W\d_]*(?P<name>[^\W\d_][^:：\n(\[]{2,40}?)[*_]{0,3}\s*(?:[:：(\[\n]|$)")
_MAX_LABEL = 60
_MAX_BROKEN = 0.1
_MIN_BROKEN = 3
_MIN_STOPS_PER_WORD = 1 / 80
_MIN_WORDS = 200
_MIN_WORDS_A_TURN = 25
"""Labels guessed line by line change more often than people do."""


class Said(NamedTuple):
    """Words under one label."""

    label: str
    text: str


def breaks_off(before: str, after: str) -> bool:
    """Whether one text ends in mid-sentence and the next goes on in lower case."""
    return not _CLOSED.search(before) and bool(_OPEN_START.match(after))


def labels_broken(said: Sequence[Said]) -> str | None:
    """Return why the labels cannot be trusted, as a sentence, or None when nothing speaks against them.

    A change of speaker is broken when the words before it end without any stop and the words after it go on in
    lower case. In the edited transcripts we have it never happens; where labels were guessed line by line it is more
    than half of the changes.
    """
    words = sum(len(one.text.split()) for one in said)
    changes = [(left, right) for left, right in pairwise(said) if left.label != right.label]
    if changes and not is_punctuated([one.text for one in said]):
        if words >= _MIN_WORDS_A_TURN * (len(changes) + 1):
            return None
        return (
            "The text has labels but hardly any punctuation, and they change every few words, so that it cannot be "
            "checked whether they change where sentences end: the labels are not trusted."
        )
    broken = sum(breaks_off(left.text, right.text) for left, right in changes)
    if broken >= _MIN_BROKEN and broken > _MAX_BROKEN * len(changes):
        return (
            f"The labels change in mid-sentence in {broken} of {len(changes)} places, as no conversation does: "
            "they are not trusted."
        )
    return None


def is_punctuated(texts: Sequence[str]) -> bool:
    """Whether texts mark where sentences end, as a machine's raw words do not; true of a few words."""
    words = sum(len(text.split()) for text in texts)
    stops = sum(len(re.findall(r"[.?!…。？！]", text)) for text in texts)
    return words <= _MIN_WORDS or stops >= words * _MIN_STOPS_PER_WORD


_ANSWERERS = frozenset(
    ["a", "answer", "答", "the witness", "witness", "the deponent", "deponent", "interviewee", "guest", "嘉宾"]
)
_ASKERS = frozenset(["q", "question", "问"])
_LETTER = "a"
"""The answerer beside a “Q”; beside a “B” the first of those whom a machine told apart."""
_TESTIMONY = r"\b(?:deposition|testimony|examination)\s+of\s+(?:dr\.?\s+|mr\.?\s+|ms\.?\s+)?"
_INTERVIEW = r"\b(?:interview|q\s?&\s?a)\s+(?:of|with)\s+(?:dr\.?\s+)?"
_INTERVIEW_ZH = r"(?:专访|对话|对谈|访谈|采访)\s*[:：]?\s*"
_ALONE = r"(?!\w|\s*(?:&|和|与|及|、|and\b))"
_HEAD_BLOCKS = 80

Roles = dict[str, Role]


def roles_of(document: Document, found: Sequence[Utterance], subject: Subject) -> Roles:
    """Return the role of every label: the subject's, somebody else's, or unknown where it tells no name."""
    roles: Roles = {}
    labels = {one.label for one in found if one.label}
    for label in labels:
        if (names_subject(label, subject) and not _is_shared(label, labels, subject)) or _stands_for_subject(
            label, document, subject
        ):
            roles[label] = Role.SUBJECT
        else:  # of “Mira Vane (via interpreter)” we do not know whose words they are
            doubtful = is_anonymous(label) or subject.is_label(name_and_beside(label)[0])
            doubtful = doubtful or resembles_subject(label, subject)
            roles[label] = Role.UNKNOWN if doubtful else Role.OTHER
    keys = {label: label.strip(" .:").casefold() for label in roles}
    asked = not _ASKERS.isdisjoint(keys.values())
    answerers = [label for label, key in keys.items() if key in _ANSWERERS and (asked or key != _LETTER)]
    if is_deposition(document):
        known = is_witness(document, subject)
        roles |= dict.fromkeys(answerers, Role.SUBJECT if known else Role.UNKNOWN)
    elif Role.SUBJECT not in roles.values() and answerers and _is_interviewee(document, subject):
        roles |= {label: Role.OTHER for label, role in roles.items() if role is Role.UNKNOWN}
        roles |= dict.fromkeys(answerers, Role.SUBJECT)
    if Role.SUBJECT in roles.values():  # beside the subject, a bare “Q” is somebody else
        roles |= {label: Role.OTHER for label, key in keys.items() if key in _ASKERS}
    return roles


def nearly_named(document: Document, subject: Subject) -> list[str]:
    """Return a note on a label that is the subject's name with a letter wrong, where none is the name itself."""
    heads = (_LABEL.match(block.speaker or block.text[:_MAX_LABEL]) for block in document.blocks)
    labels = Counter(head["name"] for head in heads if head)
    if any(names_subject(label, subject) for label in labels):
        return []
    near = next((label for label, _ in labels.most_common() if resembles_subject(label, subject)), None)
    if near is None:
        return []
    return [
        f"A label, “{near}”, is nearly {subject.name}’s name and not certainly: correct the labels in the file and add "
        "it again, or say whose words they are with “ilya speakers set” or in the page."
    ]


def _is_shared(label: str, labels: set[str], subject: Subject) -> bool:
    """Whether beside the subject's name a label bears a name that is another label's: then both speak."""
    names = {name_and_beside(other)[0] for other in labels if not names_subject(other, subject)}
    others = {word for name in names for word in label_key(name).split()}
    return any(set(label_key(told).split()) <= others for told in name_and_beside(label)[1] if label_key(told))


def _stands_for_subject(label: str, document: Document, subject: Subject) -> bool:
    """Whether the head of a document says that these initials are the subject's: “Mira Vane (MV)”."""
    if not re.fullmatch(r"[A-Z]{2,3}", label):
        return False
    told = re.compile(rf"{re.escape(subject.name)}\s*[(（\[]{label}[)）\]]")
    return any(told.search(block.text) for block in document.blocks[:_HEAD_BLOCKS])


def _is_interviewee(document: Document, subject: Subject) -> bool:
    """Whether a document says of itself that it is the subject's deposition, or an interview with the subject."""
    name = re.escape(subject.name).replace(r"\ ", r"\s+")
    head = "\n".join([document.facts.title or "", *(block.text for block in document.blocks[:_HEAD_BLOCKS])])
    if re.search(_TESTIMONY + name, head, re.IGNORECASE):
        return True
    names = "|".join(re.escape(alias) for alias in (subject.name, *subject.aliases))
    titles = "\n".join([document.facts.title or "", *(block.text for block in document.blocks[:2])])
    found = re.search(rf"(?:{_INTERVIEW}{name}|{_INTERVIEW_ZH}(?:{names})){_ALONE}", titles, re.IGNORECASE)
    return found is not None
