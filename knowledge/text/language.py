"""Which language a text is in: by its script, and in Latin script by its words."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

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
KNOWN_LANGUAGES = _LATIN_CODES | {code for code, _ in _SCRIPTS}
"""Codes of every language that a text can be told to be in."""
_SHARE = 0.3
_SAMPLE = 60_000
_MIN_IDENTIFIED = 40
"""Words below which a text is too short to be told from its neighbours' language."""
_IDENTIFIED = 2_000
_SURE = 0.999


def language_of(text: str, declared: str | None = None) -> str:
    """Return the language code of a text: by its script, a long one by its words, else as declared, else English.

    A CJK character weighs as much as a Latin word.

    >>> language_of("数据是化石燃料 of AI")
    'zh'
    """
    sample = text[:_SAMPLE]
    code = (declared or "en").split("-")[0].lower()
    return _script_language(sample) or _identified(sample) or (code if code in _LATIN_CODES else "en")


def is_cjk(text: str) -> bool:
    """Whether most of a text is written in Chinese, Japanese or Korean script."""
    return _script_language(text[:_SAMPLE]) in {"zh", "ja", "ko"}


def _script_language(sample: str) -> str | None:
    """Return the language that a script other than the Latin one shows."""
    words = len(_LATIN_WORD.findall(sample))
    for code, pattern in _SCRIPTS:
        count = len(pattern.findall(sample))
        if code not in {"zh", "ja", "ko"}:
            count //= 4
        if count > _SHARE * (count + words):
            return code
    return None


def _identified(sample: str) -> str | None:
    """Return the language of a text of many words in Latin script, when its words leave no doubt."""
    words = _LATIN_WORD.findall(sample)
    if len(words) < _MIN_IDENTIFIED:
        return None
    code, certainty = _identifier().classify(" ".join(words[:_IDENTIFIED]).lower())
    return str(code) if certainty >= _SURE and code in _LATIN_CODES else None


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(_LATIN_CODES))
    return identifier
