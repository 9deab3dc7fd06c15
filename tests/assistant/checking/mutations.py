"""Dishonest changes and honest ones: what a check must never, and must always, take for his exact words."""

import random
import re
from collections.abc import Callable, Sequence

from tests.assistant.checking.meaning_mutations import MEANING

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


_STYLED = (
    "ⓝⓞⓣ",
    "🅽🅾🆃",
    "🄽🄾🅃",
    "n\u0336o\u0336t\u0336",
    "¬",
    "≠",
    "~~not~~",
    "<s>not</s>",
    "ᴺᴼᵀ",
    "🚫",
    "\u202etsom\u202c",
)


def _put_in(text: str, dice: random.Random, mark: str) -> str | None:
    """A mark of its own between two words."""
    words = text.split()
    if len(words) < 4:
        return None
    at = dice.randrange(1, len(words))
    return " ".join([*words[:at], mark, *words[at:]])


def angle_brackets(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A word dressed as a tag."""
    return _put_in(
        text, dice, dice.choice(["<never>", "<not>", "<hardly />", "<b never>", "<x>not</x>", "&lt;never&gt;"])
    )


def bracketed_digits(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A number dressed as a footnote, apart or glued to a word that follows."""
    mark = dice.choice(["[99]", "(12)", "【7】", "<3>", "[0]"])
    words = text.split()
    if len(words) < 4:
        return None
    at = dice.randrange(1, len(words))
    glued = dice.random() < 0.5
    return " ".join([*words[:at], mark + words[at], *words[at + 1 :]] if glued else [*words[:at], mark, *words[at:]])


def digits_hidden_in_number(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """More digits in brackets behind a number, or a number taken apart."""
    places = list(re.finditer(r"\d+", text))
    if not places:
        return None
    place = dice.choice(places)
    number = place.group()
    forms = [f"{number}[0]", f"{number}[{dice.randrange(100)}]", f"{number}(0)", f"{number}<sup>2</sup>"]
    return text[: place.start()] + dice.choice(forms) + text[place.end() :]


def styled_letters(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A "not" in circles, boxes, superscript or struck through, or a sign that says it."""
    return _put_in(text, dice, dice.choice(_STYLED))


def bracketed_word(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A word in the form of a transcriber's remark."""
    return _put_in(text, dice, dice.choice(["(silence)", "[never]", "(not)", "[music]", "{hardly}", "(pause)"]))


def mood(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A question made a statement, or the other way round."""
    if text.endswith("?"):
        return text[:-1] + dice.choice([".", "!"])
    return text[:-1] + "?" if text.endswith(".") and len(text.split()) > 3 else None


def last_word_dropped(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """The last word taken out, the full stop left."""
    words = text.split()
    tidy = re.fullmatch(r"[^\W\d_]+[.]", words[-1])
    if len(words) < 6 or not tidy or re.search(r"[^\w’']$", words[-2]):
        return None
    return " ".join(words[:-1]) + dice.choice([".", " ."])


def changed_around_quotation(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """The end of the sentence between quotation marks, a word changed or put in before them."""
    words = text.rstrip(".?!").split()
    if len(words) < 12 or re.search('["“”]', text):
        return None
    at = dice.randrange(4, len(words) - 5)
    front = list(words[:at])
    changed = dice.randrange(1, at)
    if dice.random() < 0.5:
        front[changed] = dice.choice(["never", "hardly", "nobody", "purple"])
    else:
        front.insert(changed, dice.choice(["never", "not", "hardly"]))
    opened, closed = dice.choice(["“”", '""', "«»", "‘’"])
    return f"{' '.join(front)}, {opened}{' '.join(words[at:])}{closed}"


def in_markup(text: str, dice: random.Random, _others: Sequence[str]) -> str | None:
    """A "not" written with tags or entities."""
    return _put_in(
        text, dice, dice.choice(["<b>not</b>", "n<i>o</i>t", "&#110;ot", "**not**", "[not](https://a.example)"])
    )


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
    "word in angle brackets": angle_brackets,
    "digits in brackets": bracketed_digits,
    "digits hidden in a number": digits_hidden_in_number,
    "styled letters and signs": styled_letters,
    "word in brackets": bracketed_word,
    "mood": mood,
    "last word dropped": last_word_dropped,
    "changed around a quotation": changed_around_quotation,
    "word in mark-up": in_markup,
    **MEANING,
}
BY_CHARACTERS = frozenset({"mood", "last word dropped"})
"""Changes that leave the words as they are, or a beginning of them: what was truly said is told by the characters."""


def _ellipsis(text: str, dice: random.Random, mark: str) -> str | None:
    words = text.split()
    plain = not re.search(r"not|n't|never|no\b|if|but|say|think|unless|without|though|wrong|hardly|people|nobody", text)
    if len(words) < 12 or not plain:
        return None
    first, last = 4, len(words) - 4
    start = dice.randrange(first, last - 1)
    end = dice.randrange(start + 1, last)
    if {"might", "may", "could", "would", "should", "can", "must", "will"} & {*words[start:end]}:
        return None  # what was only possible would become certain
    return " ".join([*words[:start], mark, *words[end:]])


def _between_words(text: str, dice: random.Random, mark: str) -> str:
    spaces = [m.start() for m in re.finditer(" ", text)]
    for at in sorted(dice.sample(spaces, min(2, len(spaces))), reverse=True):
        text = text[:at] + mark + text[at + 1 :]
    return text


def _inside_word(text: str, dice: random.Random, mark: str) -> str:
    places = [m.start() + 3 for m in re.finditer(r"[a-z]{6,}", text)]
    return text if not places else (lambda at: text[:at] + mark + text[at:])(dice.choice(places))


def _entities(text: str) -> str:
    table = {"&": "&amp;", "'": "&rsquo;", "’": "&#8217;", "—": "&mdash;", " a ": "&nbsp;a "}
    for plain, written in table.items():
        text = text.replace(plain, written)
    return f"&ldquo;{text}&rdquo;"


def _dressed(text: str, dice: random.Random, form: str) -> str | None:
    words = text.split()
    if len(words) < 5:
        return None
    first = dice.randrange(0, len(words) - 2)
    last = dice.randrange(first + 1, len(words))
    return " ".join([*words[:first], form.format(" ".join(words[first:last])), *words[last:]])


def _footnoted(text: str, mark: str) -> str | None:
    return text + mark if text[-1] in ".?!" else None


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
    "entities": lambda text, _: _entities(text),
    "tags around": lambda text, dice: dice.choice(
        ['<p class="q">{}</p>', "<q>{}</q>", "<b>{}</b>", "<div>{}</div>"]
    ).format(text),
    "tags around words": lambda text, dice: _dressed(
        text, dice, dice.choice(["<em>{}</em>", "**{}**", "_{}_", "`{}`"])
    ),
    "link around words": lambda text, dice: _dressed(
        text, dice, dice.choice(['<a href="https://a.example/x?y=1">{}</a>', "[{}](https://a.example/x)"])
    ),
    "footnote": lambda text, dice: _footnoted(text, dice.choice(["[3]", "[12]", "<sup>4</sup>", "³"])),
    "last footnote apart": lambda text, dice: f"{text} [{dice.randint(1, 99)}]" if text[-1] in ".?!" else None,
    "quotation marks inside": lambda text, dice: _dressed(text, dice, dice.choice(["“{}”", '"{}"', "‘{}’"])),
    "line break tags": lambda text, dice: _between_words(text, dice, "<br>"),
    "with his name": lambda text, _: f"“{text}” — Mira Vane",
}
