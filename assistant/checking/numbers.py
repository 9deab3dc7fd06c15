"""Numbers in words and in digits brought to one form, so that "forty thousand" and "40,000" can be told to agree."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

_UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS = {
    word: f"{number}{ending}"
    for number, (word, ending) in enumerate(
        zip(
            "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
            "st nd rd th th th th th th th".split(),
            strict=True,
        ),
        1,
    )
}


def with_numbers_read(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return words with every run of number words as digits.

    >>> with_numbers_read(["two", "hundred", "and", "fifty", "bees", "in", "3", "million"])
    ('250', 'bees', 'in', '3000000')
    """
    found: list[str] = []
    at = 0
    while at < len(tokens):
        value, end = _number(tokens, at)
        if value is None:
            found.append(_ORDINALS.get(tokens[at], tokens[at]))
            at += 1
        else:
            found.append(value)
            at = end
    return tuple(found)


def _number(tokens: Sequence[str], at: int) -> tuple[str | None, int]:
    """Return the number that begins at a word, and where it ends; None when none does."""
    total, group, end, seen = Decimal(0), Decimal(0), at, False
    below = 100  # a small number that goes on with the one so far is less than this; 0 where only a scale can
    while end < len(tokens):
        word = tokens[end]
        small = _small(word, seen=seen)
        if small is not None and (small < below or not seen):
            group, seen = group + small, True
            below = 10 if word in _TENS else 0
        elif word in _SCALES and (seen or _after_article(tokens, at, end)):
            group, seen, below = (group if seen else Decimal(1)), True, 100
            if word == "hundred":
                group *= 100
            else:
                total, group = total + group * _SCALES[word], Decimal(0)
        elif not _joins(tokens, at, end, seen=seen):
            break
        end += 1
    return (f"{(total + group).normalize():f}", end) if seen else (None, at)


def _small(word: str, *, seen: bool) -> Decimal | None:
    """Return the value of a word below a hundred, or, at the beginning of a number, of digits."""
    if word in _UNITS and (not seen or _UNITS[word]):
        return Decimal(_UNITS[word])
    if word in _TENS:
        return Decimal(_TENS[word])
    if seen or not word[:1].isdecimal() or not word.replace(".", "", 1).isdecimal():
        return None
    try:
        return Decimal(word)
    except InvalidOperation:  # digits of another script that Decimal does not read
        return None


def _after_article(tokens: Sequence[str], at: int, end: int) -> bool:
    return end == at + 1 and tokens[at] in ("a", "an")


def _joins(tokens: Sequence[str], at: int, end: int, *, seen: bool) -> bool:
    """Whether a word stands inside a number without being one: "a hundred", "two hundred and five"."""
    follows = tokens[end + 1] if end + 1 < len(tokens) else ""
    if end == at:
        return tokens[end] in ("a", "an") and follows in _SCALES
    return seen and tokens[end] == "and" and (follows in _UNITS or follows in _TENS) and tokens[end - 1] in _SCALES
