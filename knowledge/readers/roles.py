"""Whose a label is: the subject's by name, title, office or declared initials, somebody else's, or nobody known."""

import re
from collections.abc import Sequence

from knowledge.readers.document import Document
from knowledge.readers.names import is_anonymous
from knowledge.readers.utterances import Utterance
from knowledge.subject import Subject
from knowledge.turns import Role

_ANSWERERS = frozenset(["a", "answer", "答", "the witness", "witness", "interviewee", "guest", "嘉宾"])
_ASKERS = frozenset(["q", "question", "问"])
_LETTER = "a"
"""The answerer beside a “Q”; beside a “B” the first of those whom a machine told apart."""
_TESTIMONY = r"\b(?:deposition|testimony|examination)\s+of\s+(?:dr\.?\s+|mr\.?\s+|ms\.?\s+)?"
_INTERVIEW = r"\b(?:interview|q\s?&\s?a)\s+(?:of|with)\s+(?:dr\.?\s+)?"
_TITLE = re.compile(r"^\s*(?:dr|prof|professor|mr|ms|mrs)\b\.?\s+", re.IGNORECASE)
_INTERVIEW_ZH = r"(?:专访|对话|对谈|访谈|采访)\s*[:：]?\s*"
_GUEST_NAMED = re.compile(
    r"(?:guest|interviewee|speaker|嘉宾)(?:\s*#?\d{1,2})?\s*[(（\[](?P<name>[^()（）\[\]]+)[)）\]]", re.IGNORECASE
)
_ALONE = r"(?!\w|\s*(?:&|和|与|及|、|and\b))"
_HEAD_BLOCKS = 80

Roles = dict[str, Role]


def roles_of(document: Document, found: Sequence[Utterance], subject: Subject) -> Roles:
    """Return the role of every label: the subject's, somebody else's, or unknown where it tells no name."""
    roles: Roles = {}
    for label in {one.label for one in found if one.label}:
        if _names_subject(label, subject) or _stands_for_subject(label, document, subject):
            roles[label] = Role.SUBJECT
        else:
            roles[label] = Role.UNKNOWN if is_anonymous(label) else Role.OTHER
    if Role.SUBJECT in roles.values():  # beside a name, a bare “Q” is somebody else
        roles |= {label: Role.OTHER for label in roles if label.strip(" .:").casefold() in _ASKERS}
    keys = {label: label.strip(" .:").casefold() for label in roles}
    asked = not _ASKERS.isdisjoint(keys.values())
    answerers = [label for label, key in keys.items() if key in _ANSWERERS and (asked or key != _LETTER)]
    if Role.SUBJECT not in roles.values() and answerers and _is_interviewee(document, subject):
        roles |= {label: Role.OTHER for label, role in roles.items() if role is Role.UNKNOWN}
        roles |= dict.fromkeys(answerers, Role.SUBJECT)
    return roles


def _names_subject(label: str, subject: Subject) -> bool:
    """Whether a label names the subject, be it with a title, an office after a comma or dash, or as a guest."""
    bare = _TITLE.sub("", re.split(r",|\s[-–—|]\s", label)[0])
    if subject.is_label(label) or all(subject.is_label(part) for part in bare.split("/")):
        return True
    named = _GUEST_NAMED.fullmatch(label.strip())
    return named is not None and subject.is_label(named["name"])


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
