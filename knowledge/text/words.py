"""Words as two texts are compared by: the same for every way of writing them, each with its place in the text.

Case, punctuation, quotation marks, dashes, spaces, width, ligatures, accents, invisible characters and look-alike
letters of other scripts are writing; what is left is the words. A CJK character counts as one word.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

VERSION = 2
"""Changes whenever the same text would give other words or voices; indexes of words record it."""

_CJK = (
    r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
INVISIBLE = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_MARKS = r"\u0300-\u036f"
_APOSTROPHES = "'’‘ʼ＇`´′‛"
_LETTER = rf"(?:[^\W_{_CJK}]|[{INVISIBLE}{_MARKS}])"
_BREAK = r"[-‐]\r?\n[ \t>]*(?=[^\W\d_])"  # a word broken at the end of a line
_INITIAL = rf"\[[^\W\d_{_CJK}]\](?=[{_APOSTROPHES}]?[^\W\d_{_CJK}])"  # "[T]he": an editor's capital
# What transcribers and editors put in brackets is not speech, nor are HTML tags. A claim is looked at for them.
ASIDE = (
    r"</?[a-z][^<>\n]{0,200}>|[\[(（【<](?:laugh(?:s|ter|ing)?|chuckles?|applause|music|silence|pause|inaudible|crosstalk|sic|笑|掌声"
    r"|emphasis (?:added|mine)|\d{1,3}|\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?)[\])）】>]"
)
_WORD = re.compile(
    rf"""
    (?P<aside>{ASIDE})
  | [{_CJK}]
  | (?:\d+(?:[,，]\d{{3}})+(?!\d)(?:[.．]\d+)?|\d+[.．]\d+|{_INITIAL}|[^\W_{_CJK}])
    (?:{_LETTER}|{_BREAK})*(?:[{_APOSTROPHES}][{INVISIBLE}]*{_LETTER}+)*
  | [%&$€£¥＄％＆￥]
  | (?<![\w)\]])[-−](?=\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_DROPPED = re.compile(rf"[-‐]\r?\n[ \t>]*|[{INVISIBLE}{_MARKS},，\[\]]")
_SIGNS = {"%": "percent", "&": "and", "-": "minus", "−": "minus"}
# Without its apostrophe each of these would be another word.
_KEEPS_APOSTROPHE = frozenset("we're we'll i'll i'd he'll she'll we'd she'd he'd who're".split())
_LOOK_ALIKES = str.maketrans(
    "АаВвЕеЗзКкМмНнОоРрСсТтУуХхІіЈјЅѕԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοɑıƖ",
    "AaBbEe33KkMmHhOoPpCcTtYyXxIiJjSsdqwhABEZHIKMNOPTYXoaiI",
)


class Word(NamedTuple):
    """A word of a text: the form it is compared by, and the characters [start, end) it is written with."""

    key: str
    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of text[start:end], in order, with offsets in `text`.

    >>> [word.key for word in words("It’s a ﬁne self\\u00adevident “40,000”—right?")]
    ['its', 'a', 'fine', 'selfevident', '40000', 'right']
    """
    return list(_words(text, start, len(text) if end is None else end))


def keys(text: str) -> list[str]:
    """Return the forms by which the words of a text are compared.

    >>> keys("Ｗe're 50% sure, ＡＩ是数据")
    ["we're", '50', 'percent', 'sure', 'ai', '是', '数', '据']
    """
    return [word.key for word in _words(text, 0, len(text))]


def has_look_alikes(text: str) -> bool:
    """Whether a word mixes Latin letters with letters of another script that look the same."""
    return any(
        token != token.translate(_LOOK_ALIKES) and re.search("[A-Za-z]", token) is not None
        for token in re.findall(r"[^\W\d_]+", text)
    )


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        token = match.group()
        if match["aside"]:
            continue
        key = _key(token)
        if key:
            yield Word(key, match.start(), match.end())


@lru_cache(maxsize=1 << 17)
def _key(token: str) -> str:
    plain = unicodedata.normalize("NFKD", token.translate(_LOOK_ALIKES))
    key = unicodedata.normalize("NFKC", _DROPPED.sub("", plain)).casefold()
    key = _APOSTROPHE.sub("'", key)
    if key not in _KEEPS_APOSTROPHE:
        key = key.replace("'", "")
    return _SIGNS.get(key, key)
