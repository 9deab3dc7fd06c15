"""What people type, made fit for searching: checked, cleaned of control characters, its language told."""

import re
import unicodedata

from assistant.exceptions import QuestionRefused

MAX_CHARACTERS = 2_000


def clean_question(text: str) -> str:
    """Return the question in NFC, without control characters, white space folded.

    Raises:
        QuestionRefused: nothing is left of it, or it is longer than `MAX_CHARACTERS`.
    """
    kept = "".join(" " if _is_control(char) else char for char in text)
    question = re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept)).strip()
    if not any(char.isalnum() for char in question):
        raise QuestionRefused("Please ask a question in words, for example: What did he say about scaling?")
    if len(question) > MAX_CHARACTERS:
        raise QuestionRefused(
            f"The question has {len(question):,} characters; please ask it in at most {MAX_CHARACTERS:,}."
        )
    return question


def language_of(text: str) -> str:
    """Return `zh` when at least a fifth of the letters are Chinese, else `en`."""
    letters = [char for char in text if char.isalpha()]
    chinese = sum("\u3400" <= char <= "\u9fff" for char in letters)
    return "zh" if letters and chinese * 5 >= len(letters) else "en"


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")
