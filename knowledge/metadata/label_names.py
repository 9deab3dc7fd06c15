"""Names on labels: which words can be a speaker's label, and whether one is the subject's name and nobody else's."""

import re
from functools import lru_cache

from knowledge.formats.timed.timestamps import stamp_at
from knowledge.model.subject import Subject
from knowledge.text.language import is_cjk

_SPEAKER = re.compile(
    r"(?:speaker|spk|(?:unknown|unidentified)(?: speaker)?|interviewer|interviewee|(?:the )?host|guest|moderator|"
    r"(?:an? )?audience(?: member| question)?|narrator|announcer|"
    r"the (?:witness|court|reporter|videographer|interpreter)|questioner|q|a|question|answer|"
    r"问|答|主持人|嘉宾|记者|观众)[ _#-]?\d{0,3}[A-Z]?",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(
    r"(?:speaker|spk|s(?=\d)|(?:unknown|unidentified)(?: speaker)?|guest|interviewee|q|a|question|answer|问|答|嘉宾)"
    r"[ _#-]?\d{0,3}[A-Z]?|(?-i:[A-Z]{1,3})|\d+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w.’'-]*|\(.*?\)|#?\d{1,3}|de|van|von|der|den|da|di|du|la|le|bin|ibn|of|the|and|&)[,]?"
)
_NOT_NAMES = frozenset(
    """note example examples first second third finally yes no so now well okay ok but and also because option step part
    chapter date title url source sources link links time times venue show duration summary description status timestamp
    timestamps content contents topic topics tags update updates warning tip hint e.g i.e ps p.s recap conclusion intro
    introduction outro overview background context abstract references reference figure table section caption credit
    credits copyright language format location author authors by via read more see image photo video audio music
    editor's format type rule fact claim goal problem result results thesis here there this that it he she they we i
    you what why how when where who which if then again remember meaning namely yeah right sure thanks thank exactly
    great wow hmm one two three four five six seven eight nine ten let's let for in on at as to my
    your our their""".split()
)
_SOUND = re.compile(
    r"laugh|applau|music|inaudible|unintelligible|indistinct|crosstalk|silence|pause|noise|cough|cheer|clap|sigh|"
    r"video|clip|foreign|bleep|unclear|overlap|chuckl|giggl|smil|nod|笑|掌声|音乐|听不清",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:[A-Z]|(?:co-?)?(?:host|founder|author|creator|director|editor|chair|president)|professor|ceo|cto|chief|head|"
    r"interviewer|reporter|moderator|scientist|researcher|student|partner|keeper)",
)
_MAX_OFFICE_WORDS = 12
_CJK_NAME = re.compile(r"[\u3400-\u9fffA-Za-z·・.\s]{2,16}")
_CJK_NOT_NAMES = re.compile(
    r"(?:说|道|问|答道|例如|比如|注意|因此|所以|但是|即|总结|结论|编者按|时间|日期|节目|地点|场合|链接|来源|标题|作者|摘要|关于.*|编译|翻译|译者|作者|来源|责编|编辑|校对|记者手记|原文|全文|正文|导读)$"
)


@lru_cache(maxsize=1 << 14)
def is_name(text: str) -> bool:
    """Whether a text could be a speaker label: a few capitalised words, a Chinese name, `SPEAKER 4`."""
    text = text.strip()
    name, comma, office = text.partition(", ")
    if comma and " " in name and is_office(office):
        text = name
    parts = text.split("/")
    if len(parts) == 2 and is_cjk(parts[0]) != is_cjk(parts[1]):
        return all(is_name(part) for part in parts)  # one name in two scripts
    if not text or len(text) > 60:
        return False
    if _SPEAKER.fullmatch(text):
        return True
    words = re.sub(r"[(（\[].*?[)）\]]", " ", text).split()
    if not 1 <= len(words) <= 6 or words[0].strip(".,").lower() in _NOT_NAMES:
        return False
    if any("\u3400" <= char <= "\u9fff" for char in text):
        bare = "".join(words)
        return _CJK_NAME.fullmatch(bare) is not None and not _CJK_NOT_NAMES.search(bare)
    return words[0][:1].isupper() and all(_WORD.fullmatch(word) for word in words)


def is_office(text: str) -> bool:
    """Whether a text could be an office or organisation behind a name: `Chief Scientist at Hive`, `host`."""
    return len(text.split()) <= _MAX_OFFICE_WORDS and _OFFICE.match(text) is not None


def is_sound(text: str) -> bool:
    """Whether a text in brackets tells of a sound or a picture: `Laughter`, `inaudible 00:12`."""
    return _SOUND.search(text) is not None


def starts_no_name(text: str) -> bool:
    """Whether a text starts with a word that starts no speaker label: “So”, “Note”, “What”."""
    first = text.split(maxsplit=1)[:1]
    return bool(first) and first[0].strip(".,").lower() in _NOT_NAMES


@lru_cache(maxsize=1 << 14)
def label_key(name: str) -> str:
    """Return what two spellings of one label share: letters and digits, without brackets and case."""
    bare = re.sub(r"[(（\[].*?[)）\]]", " ", name)
    return re.sub(r"[\W_]+", " ", bare).strip().casefold()


def is_role(name: str) -> bool:
    """Whether a label says what somebody does here, and no name: `Host`, `Interviewer`, `SPEAKER 4`."""
    return _SPEAKER.fullmatch(name.strip()) is not None


def is_anonymous(name: str) -> bool:
    """Whether a label tells speakers apart without naming them: `SPEAKER 4`, `Q`, initials."""
    return _ANONYMOUS.fullmatch(name.strip(" .:")) is not None


# Whether a label is the subject's name, and nothing beside the name says that somebody else speaks.
_TITLE = re.compile(r"^\s*(?P<title>dr|prof|professor|mr|ms|mrs)\b\.?\s+", re.IGNORECASE)
_WITNESS = re.compile(r"(?:the\s+)?(?:witness|deponent)\s+(?=\w)", re.IGNORECASE)
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
    witness = _WITNESS.match(label.strip())
    if witness:
        return names_subject(label.strip()[witness.end() :], subject)
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
