"""Whose a label is: the subject's by name, title, office or declared initials, somebody else's, or nobody known."""

import re
from collections.abc import Sequence

from knowledge.formats.document import Document
from knowledge.interviews.label_names import is_anonymous, label_key
from knowledge.interviews.naming import name_and_beside, names_subject
from knowledge.interviews.utterances import Utterance
from knowledge.model.subject import Subject
from knowledge.model.turns import Role

_ANSWERERS = frozenset(["a", "answer", "答", "the witness", "witness", "interviewee", "guest", "嘉宾"])
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
            roles[label] = Role.UNKNOWN if doubtful else Role.OTHER
    if Role.SUBJECT in roles.values():  # beside a name, a bare “Q” is somebody else
        roles |= {label: Role.OTHER for label in roles if label.strip(" .:").casefold() in _ASKERS}
    keys = {label: label.strip(" .:").casefold() for label in roles}
    asked = not _ASKERS.isdisjoint(keys.values())
    answerers = [label for label, key in keys.items() if key in _ANSWERERS and (asked or key != _LETTER)]
    if Role.SUBJECT not in roles.values() and answerers and _is_interviewee(document, subject):
        roles |= {label: Role.OTHER for label, role in roles.items() if role is Role.UNKNOWN}
        roles |= dict.fromkeys(answerers, Role.SUBJECT)
    return roles


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
