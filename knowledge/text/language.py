"""Which language a text is in, as far as its script tells."""

import re

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
)
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")
_LATIN_CODES = frozenset("en de fr es it pt nl pl sv da no fi cs tr ro hu vi id".split())
_SHARE = 0.3
_SAMPLE = 60_000


def language_of(text: str, declared: str | None = None) -> str:
    """Return the language code of a text: by its script, else as declared, else English.

    A CJK character weighs as much as a Latin word.

    >>> language_of("数据是化石燃料 of AI")
    'zh'
    """
    sample = text[:_SAMPLE]
    words = len(_LATIN_WORD.findall(sample))
    for code, pattern in _SCRIPTS:
        count = len(pattern.findall(sample))
        if code not in {"zh", "ja", "ko"}:
            count //= 4
        if count > _SHARE * (count + words):
            return code
    code = (declared or "en").split("-")[0].lower()
    return code if code in _LATIN_CODES else "en"


def is_cjk(text: str) -> bool:
    """Whether most of a text is written in Chinese, Japanese or Korean script."""
    return language_of(text) in {"zh", "ja", "ko"}
