"""Which differences are an honest editor's: contractions, spelling, forms of numbers, fillers, repeats, brackets.

The words, and what each rule must and must not match, stand in `edits.yaml`.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice, product
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from assistant.checking.marks import is_sign
from assistant.checking.numbers import with_numbers_read
from assistant.checking.results import Difference, Edit, Op
from knowledge.model.located_yaml import load_yaml
from knowledge.text.words import ASIDE, words

_FILE = Path(__file__).parent / "edits.yaml"
_APOSTROPHES = str.maketrans("’‘ʼ＇`´", "''''''")
_PAUSE = re.compile(r"[,，.。;；:!?！？—–…]\s*$|^\s*[,，.。;；:!?！？—–…]|^$")
_STOPS = re.compile(r"[.!?;:。！？；：]")
"""Between a word and its repeat; beyond it the word begins something else."""
_FORMS = 64  # readings of one stretch that are compared
_LONGEST_REPEAT = 4  # words


class Form(BaseModel):
    """A written form and what it may stand for; `\\1` in `means` is what the first group of `written` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    written: str
    means: tuple[str, ...]
    why: str
    match: str
    near_miss: str


class Fillers(BaseModel):
    """Words that may be left out: always, or only between pauses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    always: frozenset[str]
    set_off: frozenset[str]


class Edits(BaseModel):
    """The tables of `edits.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    contractions: tuple[Form, ...]
    spellings: tuple[Form, ...]
    fillers: Fillers
    never_once: frozenset[str]
    pronouns: frozenset[str]
    carriers: frozenset[str]
    common: frozenset[str]

    @field_validator("carriers", "common", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return value.split() if isinstance(value, str) else value


@cache
def edits() -> Edits:
    """Return the tables.

    Raises:
        BookError: the file holds something else.
    """
    file = load_yaml(_FILE)
    try:
        return Edits.model_validate(file.value)
    except ValidationError as error:
        raise file.invalid(error) from error


def edit_of(difference: Difference, said_text: str, claim_text: str) -> Edit | None:
    """Return what an editor did where claim and source differ; None when the difference may carry meaning.

    Both texts are whole; the offsets of the difference point into them.
    """
    said, claimed = _tokens(difference.said), _tokens(difference.claimed)
    if _bracketed(difference, claim_text):
        return _brackets(difference, said, claimed)
    if _without_words(difference.said, said) or _without_words(difference.claimed, claimed):
        return None
    kept = _without_fillers(difference, said, said_text)
    if kept == claimed:
        return Edit.FILLER
    if difference.op is Op.DELETE:
        return Edit.REPETITION if _is_repeated(difference, kept, said_text) else None
    if difference.op is Op.INSERT or not claimed:
        return None
    return _same_meaning(kept, claimed) or _same_meaning(_once(difference, kept, said_text), claimed)


def _without_words(written: str, tokens: list[str]) -> bool:
    """Whether something stands there that is no word: a sign, letters in circles, a question mark for a full stop."""
    return bool(written) and (not tokens or any(is_sign(char) for char in written if not char.isalnum()))


def readings(tokens: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Return the words a stretch may stand for, contractions in full, numbers in digits, in one spelling.

    >>> ("it", "is", "3") in readings(["it's", "three"])
    True
    """
    ways = [_expanded(token) for token in tokens]
    spelt = (tuple(word for part in way for word in part) for way in islice(product(*ways), _FORMS))
    return frozenset(with_numbers_read(tuple(_spelling(word) for word in way)) for way in spelt)


def full(tokens: Iterable[str]) -> tuple[str, ...]:
    """Return one reading of a long stretch: of each contraction the first that it may stand for."""
    return with_numbers_read(tuple(_spelling(word) for token in tokens for word in _expanded(token)[0]))


def tokens_of(text: str) -> list[str]:
    """Return the words of a text with their apostrophes, in small letters."""
    return _tokens(text)


def _tokens(text: str) -> list[str]:
    found = []
    for word in words(text):
        written = text[max(word.start - 1, 0) : word.end + 1].translate(_APOSTROPHES).casefold()
        bare = text[word.start : word.end].translate(_APOSTROPHES).casefold()
        leading = "'" if written.startswith("'" + bare) and "'" + bare in _CLIPPED else ""
        trailing = "'" if written.endswith(bare + "'") and bare.endswith("in") and len(bare) > 3 else ""
        plain = word.key if "'" not in bare else re.sub(r"[^\w']", "", bare)
        found.append(leading + plain + trailing)
    return found


_CLIPPED = frozenset({"'em", "'til", "'cause", "'cuz", "'coz"})


def _same_meaning(said: Sequence[str], claimed: Sequence[str]) -> Edit | None:
    ours, theirs = readings(said), readings(claimed)
    if not ours & theirs:
        return None
    if [_spelling(word) for word in said] == [_spelling(word) for word in claimed]:
        return Edit.SPELLING
    in_digits = {with_numbers_read(tuple(said)), with_numbers_read(tuple(claimed))}
    return Edit.NUMBER if len(in_digits) == 1 else Edit.CONTRACTION


@lru_cache(maxsize=1 << 14)
def _expanded(token: str) -> tuple[tuple[str, ...], ...]:
    for form in edits().contractions:
        match = re.fullmatch(form.written, token)
        if match:
            return (*(tuple(match.expand(means).split()) for means in form.means), (token,))
    return ((token,),)


@lru_cache(maxsize=1 << 14)
def _spelling(word: str) -> str:
    for form in edits().spellings:
        match = re.fullmatch(form.written, word)
        if match:
            return match.expand(form.means[0])
    return word


def _without_fillers(difference: Difference, said: list[str], text: str) -> list[str]:
    table = edits().fillers
    kept = [token for token in said if token not in table.always]
    told = " ".join(kept)
    before = text[max(difference.said_start - 3, 0) : difference.said_start]
    behind = text[difference.said_end : difference.said_end + 3]
    if told in table.set_off and (_PAUSE.search(before) or difference.said_start == 0) and _PAUSE.search(behind):
        return []
    return kept


def _is_repeated(difference: Difference, said: list[str], text: str) -> bool:
    """Whether the words left out stand once more right before or right behind."""
    if not 0 < len(said) <= _LONGEST_REPEAT or set(said) & edits().never_once:
        return False
    here = text[max(difference.said_start - 80, 0) : difference.said_start]
    there = text[difference.said_end : difference.said_end + 80]
    before = [] if _STOPS.search(here[-3:]) else _tokens(here)[-len(said) :]
    behind = [] if _STOPS.search(there[:3]) else _tokens(there)[: len(said)]
    return said in (before, behind)


def _once(difference: Difference, said: list[str], text: str) -> list[str]:
    """Leave out a first or last word that only repeats its neighbour."""
    before = _tokens(text[max(difference.said_start - 40, 0) : difference.said_start])[-1:]
    behind = _tokens(text[difference.said_end : difference.said_end + 40])[:1]
    single = edits().never_once
    if said[:1] == before and said[0] not in single:
        said = said[1:]
    return said[:-1] if said[-1:] == behind and behind and said[-1] not in single else said


def _bracketed(difference: Difference, claim: str) -> bool:
    """Whether what the claim has stands in brackets of its own."""
    if difference.claimed and re.fullmatch(ASIDE, difference.claimed, re.IGNORECASE):
        return True
    before, behind = claim[: difference.claimed_start].rstrip(), claim[difference.claimed_end :].lstrip()
    inner = difference.claimed
    return bool(inner) and before.endswith("[") and behind.startswith("]") and not set("[]") & set(inner)


def _brackets(difference: Difference, said: list[str], claimed: list[str]) -> Edit | None:
    inner = claimed or re.findall(r"\w+", difference.claimed.casefold())
    carries = any(token in edits().carriers or token.endswith("n't") or any(map(str.isdigit, token)) for token in inner)
    tag = difference.claimed.startswith("<")
    replaces = not said or (len(said) == 1 and said[0] in edits().pronouns)
    return Edit.BRACKETS if inner and replaces and not carries and not tag else None
