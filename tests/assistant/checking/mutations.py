"""Dishonest changes and honest ones: what a check must never, and must always, take for his exact words."""

import random
import re
from collections.abc import Callable, Sequence

Mutation = Callable[[str, random.Random, Sequence[str]], str | None]
"""(sentence, dice, other sentences of his) → a sentence he did not say, or None when this change does not apply."""

_AUXILIARY = r"\b(is|are|was|were|will|would|can|could|should|do|does|did|has|have)\b"
_NEGATED = r"\b(is|are|was|were|will|would|can|could|should|do|does|did|has|have)(?:n't| not)\b|\bnever\b ?"
_HEDGES = (
    r"\b(?:I think(?: that)?|I believe|I guess|maybe|perhaps|probably|possibly|kind of|sort of|quite|very|almost)\b,? ?"
)
_SURER = {
    "might": "will",
    "may": "will",
    "could": "will",
    "some": "all",
    "often": "always",
    "many": "all",
    "possible": "certain",
    "likely": "certain",
    "sometimes": "always",
    "most": "all",
    "usually": "always",
}
_SYNONYMS = {
    "big": "large",
    "small": "little",
    "people": "humans",
    "good": "great",
    "think": "believe",
    "very": "really",
    "because": "since",
    "start": "begin",
    "show": "reveal",
    "need": "require",
    "thing": "matter",
    "get": "obtain",
    "way": "manner",
    "know": "understand",
    "make": "create",
    "use": "employ",
    "want": "wish",
    "see": "observe",
    "path": "road",
    "water": "fluid",
    "flowers": "blossoms",
    "build": "construct",
    "lot": "bunch",
    "say": "state",
}
_NUMBERS = "one two three four five six seven eight nine ten hundred thousand million".split()


def add_negation(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A "not" after an auxiliary verb that had none."""
    places = [m for m in re.finditer(_AUXILIARY, text) if not re.match(r"n't|\s+not\b", text[m.end() :])]
    if not places:
        return None
    place = dice.choice(places)
    return text[: place.end()] + " not" + text[place.end() :]


def drop_negation(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """The "not", "n't" or "never" taken out."""
    places = [m for m in re.finditer(_NEGATED, text) if m.start()]
    if not places:
        return None
    place = dice.choice(places)
    return text[: place.start()] + (place.group(1) or "") + text[place.end() :]


def change_number(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """Another number, in digits or in words."""
    pattern = r"\d[\d,.]*\d|\d|\b(?:" + "|".join(_NUMBERS) + r")\b"
    places = list(re.finditer(pattern, text, re.IGNORECASE))
    if not places:
        return None
    place = dice.choice(places)
    if place.group()[0].isdigit():
        other = dice.choice([place.group() + "0", str(int(place.group()[0]) % 9 + 1) + place.group()[1:]])
    else:
        other = dice.choice([number for number in _NUMBERS if number != place.group().lower()])
    return text[: place.start()] + other + text[place.end() :]


def drop_hedge(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A hedge taken out, or made a certainty."""
    places = list(re.finditer(_HEDGES, text)) + list(re.finditer(r"\b(?:" + "|".join(_SURER) + r")\b", text))
    if not places:
        return None
    place = dice.choice(places)
    return text[: place.start()] + _SURER.get(place.group(), "") + text[place.end() :]


def synonym(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """One word for another that means nearly the same."""
    places = list(re.finditer(r"\b(?:" + "|".join(_SYNONYMS) + r")\b", text))
    if not places:
        return None
    place = dice.choice(places)
    return text[: place.start()] + _SYNONYMS[place.group()] + text[place.end() :]


def drop_word(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A word inside the sentence taken out."""
    words = text.split()
    if len(words) < 5:
        return None
    at = dice.randrange(1, len(words) - 1)
    return " ".join(words[:at] + words[at + 1 :])


def swap_words(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """Two neighbouring words changed over."""
    words = text.split()
    if len(words) < 4:
        return None
    at = dice.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def splice(text: str, dice: random.Random, others: Sequence[str]) -> str | None:
    """The front of one sentence and the back of another."""
    front, back = text.split(), dice.choice(others).split()
    if len(front) < 6 or len(back) < 6:
        return None
    return " ".join(front[: dice.randrange(3, len(front) - 2)] + back[dice.randrange(2, len(back) - 3) :])


def join_sentences(text: str, dice: random.Random, others: Sequence[str]) -> str | None:
    """Two whole sentences from different places."""
    other = dice.choice(others)
    return f"{text} {other}" if other != text else None


DISHONEST: dict[str, Mutation] = {
    "negation added": add_negation,
    "negation dropped": drop_negation,
    "number": change_number,
    "hedge": drop_hedge,
    "synonym": synonym,
    "word dropped": drop_word,
    "words swapped": swap_words,
    "spliced": splice,
    "sentences joined": join_sentences,
}


def _ellipsis(text: str, dice: random.Random, mark: str) -> str | None:
    words = text.split()
    plain = not re.search(r"not|n't|never|no\b|if|but|say|think|unless|without|though|wrong|hardly|people|nobody", text)
    if len(words) < 12 or not plain:
        return None
    first, last = 4, len(words) - 4
    start = dice.randrange(first, last - 1)
    return " ".join([*words[:start], mark, *words[dice.randrange(start + 1, last) :]])


def _between_words(text: str, dice: random.Random, mark: str) -> str:
    spaces = [m.start() for m in re.finditer(" ", text)]
    for at in sorted(dice.sample(spaces, min(2, len(spaces))), reverse=True):
        text = text[:at] + mark + text[at + 1 :]
    return text


def _inside_word(text: str, dice: random.Random, mark: str) -> str:
    places = [m.start() + 3 for m in re.finditer(r"[a-z]{6,}", text)]
    return text if not places else (lambda at: text[:at] + mark + text[at:])(dice.choice(places))


HONEST: dict[str, Callable[[str, random.Random], str | None]] = {
    "capitals": lambda text, _: text.upper(),
    "small letters": lambda text, _: text.lower(),
    "curly quotes": lambda text, _: "“" + text.replace("'", "’") + "”",
    "straight quotes": lambda text, _: '"' + text.replace("’", "'") + '"',
    "no-break spaces": lambda text, dice: _between_words(text, dice, "\u00a0"),
    "line breaks": lambda text, dice: _between_words(text, dice, "\n"),
    "double spaces": lambda text, dice: _between_words(text, dice, "  "),
    "em dashes": lambda text, _: text.replace(", ", " — "),
    "hyphens as spaces": lambda text, _: text.replace("-", " "),
    "no commas": lambda text, _: text.replace(", ", " "),
    "no full stop": lambda text, _: text.rstrip(".?!"),
    "soft hyphen": lambda text, dice: _inside_word(text, dice, "\u00ad"),
    "zero width": lambda text, dice: _inside_word(text, dice, "\u200b"),
    "hyphenated at a line end": lambda text, dice: _inside_word(text, dice, "-\n"),
    "ligatures": lambda text, _: text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ"),
    "full width": lambda text, _: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "ellipsis around": lambda text, _: f"… {text} ...",
    "ellipsis inside": lambda text, dice: _ellipsis(text, dice, dice.choice(["…", "...", "[...]", "[…]", "(...)"])),
    "bracketed capital": lambda text, _: f"[{text[0].swapcase()}]{text[1:]}",
    "bracketed whole": lambda text, _: f"[{text}]",
    "emphasis": lambda text, _: f"**{text}**",
    "block quote": lambda text, dice: "> " + _between_words(text, dice, "\n> "),
    "with his name": lambda text, _: f"“{text}” — Mira Vane",
}
