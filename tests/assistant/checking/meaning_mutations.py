"""Changes of meaning that leave a sentence fluent: tense, quantity, unit, subject, order of clauses, hidden denials."""

import random
import re
from collections.abc import Callable, Mapping, Sequence

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_TENSES = {
    "is": "was", "are": "were", "was": "is", "were": "are", "has": "had", "have": "had", "will": "would",
    "can": "could", "do": "did", "does": "did", "think": "thought", "know": "knew", "get": "got", "say": "said",
    "said": "say", "goes": "went", "makes": "made", "did": "do", "need": "needed", "want": "wanted",
}  # fmt: skip
_QUANTITIES = {
    "some": "all", "all": "some", "many": "few", "most": "some", "few": "many", "every": "some", "any": "every",
    "more": "less", "less": "more", "much": "little", "both": "neither", "always": "sometimes", "never": "seldom",
    "several": "countless", "each": "no", "everything": "something", "everyone": "someone", "nobody": "somebody",
    "enough": "some", "only": "also",
}  # fmt: skip
_SUBJECTS = {"I": "you", "we": "they", "they": "we", "you": "they", "he": "she", "people": "machines", "it": "they"}
_ADDED_HEDGES = (
    "maybe", "perhaps", "I guess", "possibly", "to some extent", "arguably", "in theory", "certainly", "obviously",
    "clearly",
)  # fmt: skip
_UNITS = {
    "years": "months", "year": "month", "months": "weeks", "days": "weeks", "day": "week", "hours": "minutes",
    "minutes": "hours", "billion": "million", "million": "billion", "percent": "times", "times": "percent",
    "dollars": "euros", "weeks": "days", "thousand": "million", "seconds": "minutes", "decades": "years",
    "decade": "century", "kilometres": "miles", "degrees": "percent", "metres": "feet",
}  # fmt: skip
_HOMOPHONES = {
    "their": "there", "there": "their", "your": "you're", "too": "two", "to": "two", "two": "too", "new": "knew",
    "no": "know", "know": "no", "hear": "here", "here": "hear", "right": "write", "weather": "whether",
    "whether": "weather", "than": "then", "then": "than", "our": "hour", "sea": "see", "see": "sea", "one": "won",
    "for": "four", "be": "bee", "bee": "be", "by": "buy", "accept": "except", "would": "wood", "week": "weak",
    "so": "sow", "whole": "hole", "its": "it's", "were": "where", "way": "weigh", "some": "sum", "flowers": "flours",
}  # fmt: skip
_BACK = {
    "because": "as", "think": "am of the opinion", "very": "extremely", "people": "human beings", "but": "however",
    "a lot of": "a great deal of", "big": "great", "thing": "matter", "things": "matters", "really": "truly",
    "start": "commence", "use": "utilise", "so": "therefore", "also": "likewise", "just": "merely", "like": "such as",
    "know": "are aware", "want": "would like", "good": "fine", "maybe": "possibly", "need": "require", "get": "obtain",
    "path": "way", "water": "the water", "say": "state", "see": "behold", "kind of": "sort of", "has": "possesses",
}  # fmt: skip


def _swapped(text: str, dice: random.Random, table: Mapping[str, str]) -> str | None:
    """One word of the table for its counterpart."""
    places = list(re.finditer(rf"(?<![\w’'-])(?:{'|'.join(table)})(?![\w’'-])", text))
    if not places:
        return None
    place = dice.choice(places)
    return text[: place.start()] + table[place.group()] + text[place.end() :]


def _by(table: Mapping[str, str]) -> Callable[[str, random.Random, Sequence[str]], str | None]:
    return lambda text, dice, _others: _swapped(text, dice, table)


def move_negation(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """The "not" or "never" taken from its place and put before another word."""
    places = [match for match in re.finditer(r"\b(?:not|never)\b ", text) if match.start()]
    if not places:
        return None
    place = dice.choice(places)
    rest = (text[: place.start()] + text[place.end() :]).split()
    first = len(text[: place.start()].split())
    others = [at for at in range(1, len(rest)) if abs(at - first) > 1]
    if not others:
        return None
    at = dice.choice(others)
    return " ".join([*rest[:at], place.group().strip(), *rest[at:]])


def number_by_words(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A number in digits given as the wrong word, or the other way round."""
    pattern = r"(?<![\w.,$-])(?:[1-9]|1[0-2]|" + "|".join(_NUMBERS) + r")(?![\w.,%-])"
    places = list(re.finditer(pattern, text))
    if not places:
        return None
    place = dice.choice(places)
    given = place.group()
    value = int(given) if given.isdecimal() else _NUMBERS.index(given) + 1
    other = dice.choice([number for number in range(1, 13) if number != value])
    shown = _NUMBERS[other - 1] if given.isdecimal() else str(other)
    return text[: place.start()] + shown + text[place.end() :]


def add_hedge(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A hedge, or its opposite, between two words."""
    words = text.split()
    if len(words) < 5:
        return None
    at = dice.randrange(1, len(words))
    return " ".join([*words[:at], dice.choice(_ADDED_HEDGES), *words[at:]])


def clauses_swapped(text: str, _dice: random.Random, _others: Sequence[str]) -> str | None:
    """The clause after the first comma, or after "because", "if", "but", put before the one in front of it."""
    match = re.search(r"(?:, (?:and |but |so )?| because | if | but )", text)
    if not match:
        return None
    front, back = text[: match.start()].strip(), text[match.end() :].strip(" .?!")
    if len(front.split()) < 3 or len(back.split()) < 3:
        return None
    joint = match.group().strip(" ,")
    return f"{back[0].upper()}{back[1:]}, {joint + ' ' if joint else ''}{front[0].lower()}{front[1:]}."


def ellipsis_hides_denial(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """An ellipsis in the place of a "not", with a word or two beside it."""
    words = text.split()
    denied = [at for at, word in enumerate(words) if re.fullmatch(r"not|never|\w+n[’']t|no", word) and at >= 2]
    denied = [at for at in denied if at < len(words) - 3]
    if len(words) < 8 or not denied:
        return None
    at = dice.choice(denied)
    first, last = at - dice.randrange(0, 2), at + 1 + dice.randrange(0, 2)
    return " ".join([*words[:first], dice.choice(["…", "...", "[...]"]), *words[last:]])


def translated_back(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """Two or more words as a translation and back would leave them."""
    changed = text
    for written in dice.sample(sorted(_BACK), len(_BACK)):
        changed = re.sub(rf"(?<![\w’'-]){written}(?![\w’'-])", _BACK[written], changed, count=1)
    known = sum(re.search(rf"(?<![\w’'-]){word}(?![\w’'-])", text) is not None for word in _BACK)
    return changed if known >= 2 and changed != text else None


MEANING = {
    "negation moved": move_negation,
    "number by words": number_by_words,
    "tense": _by(_TENSES),
    "quantifier": _by(_QUANTITIES),
    "subject swapped": _by(_SUBJECTS),
    "hedge added": add_hedge,
    "unit": _by(_UNITS),
    "clauses swapped": clauses_swapped,
    "ellipsis hides a denial": ellipsis_hides_denial,
    "homophone": _by(_HOMOPHONES),
    "translated back": translated_back,
}
