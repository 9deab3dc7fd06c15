"""Names on labels: which words can be a speaker's label, and whether one is the subject's name and nobody else's."""

import re
from functools import lru_cache
from pathlib import Path

from knowledge.formats.timed.timestamps import stamp_at
from knowledge.model.subject import Subject
from knowledge.model.word_rules import RuleFile
from knowledge.text.language import is_cjk

LABELS = RuleFile(Path(__file__).with_suffix(".yaml"))

_MAX_OFFICE_WORDS = 12
_MAX_LABEL = 140
"""Characters of a name with an office in brackets behind it."""
_IN_BRACKETS = re.compile(r"[(（\[].*?[)）\]]")
_CJK_NAME = re.compile(r"[\u3400-\u9fffA-Za-z·・.\s]{2,16}")


@lru_cache(maxsize=1 << 14)
def is_name(text: str) -> bool:
    """Whether a text could be a speaker label: a few capitalised words, a Chinese name, `SPEAKER 4`."""
    text = text.strip()
    name, comma, office = _IN_BRACKETS.sub(" ", text).strip().partition(", ")
    if comma and " " in name and is_office(office):
        text = name
    parts = text.split("/")
    if len(parts) == 2 and is_cjk(parts[0]) != is_cjk(parts[1]):
        return all(is_name(part) for part in parts)  # one name in two scripts
    bare = _IN_BRACKETS.sub(" ", text)
    if not text or len(bare) > 60 or len(text) > _MAX_LABEL:
        return False
    if LABELS.found("role", text):
        return True
    words = bare.split()
    if not 1 <= len(words) <= 6 or words[0].strip(".,").lower() in LABELS.words("opens_no_label"):
        return False
    if any("\u3400" <= char <= "\u9fff" for char in text):
        bare = "".join(words)
        return _CJK_NAME.fullmatch(bare) is not None and not LABELS.found("chinese_no_name", bare)
    return words[0][:1].isupper() and all(LABELS.found("name_word", word) for word in words)


def is_office(text: str) -> bool:
    """Whether a text could be an office or organisation behind a name: `Chief Scientist at Hive`, `host`."""
    return len(text.split()) <= _MAX_OFFICE_WORDS and LABELS.found("office", text)


def is_sound(text: str) -> bool:
    """Whether a text in brackets tells of a sound or a picture: `Laughter`, `inaudible 00:12`."""
    return LABELS.found("sound", text)


def starts_no_name(text: str) -> bool:
    """Whether a text starts with a word that starts no speaker label: “So”, “Note”, “What”."""
    first = text.split(maxsplit=1)[:1]
    return bool(first) and first[0].strip(".,").lower() in LABELS.words("opens_no_label")


@lru_cache(maxsize=1 << 14)
def label_key(name: str) -> str:
    """Return what two spellings of one label share: letters and digits, without brackets and case."""
    bare = re.sub(r"[(（\[].*?[)）\]]", " ", name)
    return re.sub(r"[\W_]+", " ", bare).strip().casefold()


def is_role(name: str) -> bool:
    """Whether a label says what somebody does here, and no name: `Host`, `Interviewer`, `SPEAKER 4`."""
    return LABELS.found("role", name.strip())


def is_anonymous(name: str) -> bool:
    """Whether a label tells speakers apart without naming them: `SPEAKER 4`, `Q`, initials."""
    return LABELS.found("anonymous", name.strip(" .:"))


# Whether a label is the subject's name, and nothing beside the name says that somebody else speaks.
_BRACKETS = re.compile(r"[(（\[](.*?)[)）\]]")
_BESIDE = re.compile(r",\s|，|\s[-–—|]\s")
_STRANGE = re.compile(r"[?？!！@+/&→⟶>\"“”«»「」]|^\W*['‘]")
_SURNAME = re.compile(r"[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ’'-]+|\.?)")


def names_subject(label: str, subject: Subject) -> bool:
    """Whether a label names the subject and nobody else, be it with a title, an office, or as a guest."""
    guest = LABELS.find("guest", label.strip())
    if guest:
        return names_subject(guest["name"], subject)
    witness = LABELS.find("witness", label.strip())
    if witness:
        return names_subject(label.strip()[witness.end() :], subject)
    parts = label.split("/")
    if len(parts) == 2:
        return all(names_subject(part, subject) for part in parts)
    name, beside = name_and_beside(label)
    title = LABELS.find("title", label)
    if _STRANGE.search(name) or not subject.is_label(name) or (title and not subject.bears(title["title"])):
        return False
    one_word = len(name.split()) == 1
    told = (each.title() if name.isupper() and one_word else each for each in beside)  # capitals hide what is a surname
    return all(_is_harmless(each, subject, surnames=not one_word) for each in told)


def name_and_beside(label: str) -> tuple[str, tuple[str, ...]]:
    """Return a label's name without its title, and what stands beside it: in brackets, after a comma or dash.

    >>> name_and_beside("Dr. Mira Vane (Hive), Chief Scientist")
    ('Mira Vane', ('Hive', 'Chief Scientist'))
    """
    brackets = tuple(match[1] for match in _BRACKETS.finditer(label))
    name, *offices = _BESIDE.split(_BRACKETS.sub(" ", label))
    return " ".join(LABELS.pattern("title").sub("", name).split()), (*brackets, *offices)


def _is_harmless(told: str, subject: Subject, *, surnames: bool) -> bool:
    """Whether what stands beside a name leaves it the subject's; a lone surname does only behind a whole name."""
    told = told.strip()
    if LABELS.found("harmless", told) or subject.is_label(told) or stamp_at(told) or is_sound(told):
        return True
    if LABELS.found("doubt", told) or _STRANGE.search(told) or (not surnames and _SURNAME.fullmatch(told)):
        return False
    return is_office(told) or LABELS.found("chinese_office", told) or re.fullmatch(r"[A-Z]{2,3}", told) is not None
