"""Chinese in a text: whether it is written in it, and the text without it."""

import re

_SIGNS = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


def is_chinese(text: str) -> bool:
    """Whether at least a fifth of the letters are Chinese.

    >>> is_chinese("AI 的未来"), is_chinese("The word 数据 means data.")
    (True, False)
    """
    letters = [char for char in text if char.isalpha()]
    chinese = sum("\u3400" <= char <= "\u9fff" for char in letters)
    return bool(letters) and chinese * 5 >= len(letters)


def without_chinese(text: str) -> str:
    """Return the text without Chinese characters and punctuation, a space in place of each run.

    >>> without_chinese("What is data? 什么是数据？")
    'What is data?  '
    """
    return _SIGNS.sub(" ", text)
