"""Whether a label is the subject's name, and nothing beside the name says that somebody else speaks.

“Mira Vane (OpenAI)” and “Dr. Mira Vane, Chief Scientist” are; “Mira (Polosukhin)”, “Mira Vane (via interpreter)”,
“Mira Vane, Jr.” and “Mira’s brother” are not. What stands beside the name is believed only when it is known to be
harmless: a title, an office or organisation, a sound, a time.
"""

import re

from knowledge.formats.timed.timestamps import stamp_at
from knowledge.interviews.label_names import is_office, is_sound
from knowledge.model.subject import Subject

_TITLE = re.compile(r"^\s*(?P<title>dr|prof|professor|mr|ms|mrs)\b\.?\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（\[](.*?)[)）\]]")
_BESIDE = re.compile(r",\s|，|\s[-–—|]\s")
_STRANGE = re.compile(r"[?？!！@+/&→⟶>\"“”«»「」]|^\W*['‘]")
_GUEST = re.compile(
    r"(?:guest|interviewee|speaker|嘉宾)(?:\s*#?\d{1,2})?\s*[(（\[](?P<name>[^()（）\[\]]+)[)）\]]", re.IGNORECASE
)
_HARMLESS = re.compile(
    r"guest|speaker|interviewee|subject|cont(?:inued|inuing|['’]?d)\.?|resum(?:es|ing)|off[- ](?:mic|screen|camera)|"
    r"on (?:stage|screen|video|camera)|remote(?:ly)?|(?:via|by|over) (?:zoom|video|phone|telephone|skype|video ?link)|"
    r"(?:he|she|they)/\w+|in english|\d*",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"^(?:an? )?(?:ai|a\.i|llm|(?:chat)?gpt.*|bot|jr|sr|junior|senior|i{2,3}|both|all)\.?$|"
    r"\b(?:bot|clone|avatar|deep-?fake|voice[ds]?|voice-?over|play(?:ed|s|ing)|act(?:or|ress)|imperson\w*|imitat\w*|"
    r"impression\w*|parod\w*|satir\w*|fiction\w*|simulat\w*|generated|translat\w*|interpret\w*|interview(?:er|ing)|"
    r"host\w*|moderat\w*|narrat\w*|quot(?:ed|es|ing)|reading|reads|paraphras\w*|summar\w*|via|through|not|told|"
    r"speaking|possibly|probably|perhaps|maybe|presum\w*|unconfirmed|unverified|alleged\w*|imagin\w*|dramati\w*|"
    r"son|daughter|wife|husband|mother|father|brother|sister|lawyer|spokes\w*|on behalf)\b|"
    r"翻译|口译|主持|配音|扮演|模拟|虚构|转述",
    re.IGNORECASE,
)
_OFFICE_ZH = re.compile(r"科学家|创始人|首席|教授|研究员|嘉宾|博士|院士")
_SURNAME = re.compile(r"[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ’'-]+|\.?)")


def names_subject(label: str, subject: Subject) -> bool:
    """Whether a label names the subject and nobody else, be it with a title, an office, or as a guest."""
    guest = _GUEST.fullmatch(label.strip())
    if guest:
        return names_subject(guest["name"], subject)
    parts = label.split("/")
    if len(parts) == 2:
        return all(names_subject(part, subject) for part in parts)
    name, beside = name_and_beside(label)
    title = _TITLE.match(label)
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
    return " ".join(_TITLE.sub("", name).split()), (*brackets, *offices)


def _is_harmless(told: str, subject: Subject, *, surnames: bool) -> bool:
    """Whether what stands beside a name leaves it the subject's; a lone surname does only behind a whole name."""
    told = told.strip()
    if _HARMLESS.fullmatch(told) or subject.is_label(told) or stamp_at(told) or is_sound(told):
        return True
    if _DOUBT.search(told) or _STRANGE.search(told) or (not surnames and _SURNAME.fullmatch(told)):
        return False
    return is_office(told) or _OFFICE_ZH.search(told) is not None or re.fullmatch(r"[A-Z]{2,3}", told) is not None
