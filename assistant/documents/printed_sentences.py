"""Sentences of a printed document: where they end, which are titles, what they say of when and where."""

import re

from assistant.documents.attribution.attribution_words import words_of

AROUND = " \n\t\r>*_\u2060\u200b"
"""What may stand around words without being part of them: white space and mark-up."""
TERMINAL = frozenset(".!?…。！？")
SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<![ (.][A-Za-z]\.)(?<!\bpp\.)(?<!\b[DM]r\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\bal\.)"
    r"(?<!\bNo\.)(?<!\bSt\.)(?<!\bvs\.)(?:\[[\w ,–-]{1,8}\]|[¹²³⁰-⁹])*[\s*_\u2060]+(?=[^a-zà-ÿ]|$)"
    r"|(?<=[。！？])|\n\s*\n"
)
_WHEN_WHERE = re.compile(
    r"\b(?:[Aa]t|[Ii]n|[Oo]n|[Dd]uring|to|told|with|for)\s+(?:the\s+|his\s+|an?\s+)?"
    r"(?P<what>(?:[A-Z][\w’'-]*|(?:19|20)\d\d\b)(?:\s+(?:[A-Z#\d][\w’'-]*|of|and))*)"
)
_SMALL = frozenset("a an and as at but by for from in into is of on or the to with what how why who".split())
_TITLE_SHARE = 0.75


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text; the last may be unfinished, and empty.

    >>> sentences_of("He spoke. Then he said:")
    ['He spoke.', 'Then he said:']
    """
    return SENTENCE_END.split(text)


def last_sign(text: str) -> str:
    """Return the last character of a text that is no mark-up; empty where there is none."""
    return text.rstrip(AROUND)[-1:]


def is_lead(text: str) -> bool:
    """Whether a text ends with a colon and hands the word on."""
    return text.rstrip(AROUND).endswith((":", "："))


def is_connective(lead: str) -> bool:
    """Whether nothing but words such as "and", "then" stand here."""
    return all(word in words_of("connectives") for word in re.findall(r"\w+", lead))


def is_chinese(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return re.search("[\u3400-\u9fff]", text) is not None


def is_title(text: str) -> bool:
    """Whether the capitals of a quotation are those of a title: "A Conversation with Ada"."""
    if text.strip()[-1:] in ("?", "!", "…"):
        return False
    told = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if word.casefold() not in _SMALL]
    return len(told) > 1 and sum(word[0].isupper() for word in told) >= len(told) * _TITLE_SHARE


def occasion_of(told: str) -> str:
    """Return the years and the names after "at", "in", "to" … of a sentence; the rest of it says nothing of when."""
    return ", ".join(match["what"] for match in _WHEN_WHERE.finditer(told))
