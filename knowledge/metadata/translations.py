"""Signs that an interview in one language was written down from another: kept as evidence, told to the reader."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from knowledge.formats.blocks import Block
from knowledge.text.language import is_cjk

_SPACED_HYPHEN = re.compile(r"[a-z] - [a-z]", re.IGNORECASE)
_TIGHT_HYPHEN = re.compile(r"[a-z]-[a-z]", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"\b(?:translated (?:from|by|into)|machine translat\w+|translation by|"
    r"this (?:article|transcript) (?:was|is) translated)\b"
    r"|翻译|译者|编译|中英|双语|本文来自|WeChat (?:official|public) account",
    re.IGNORECASE,
)
_CJK_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")
_EDGE = 12
_MIN_SPACED = 8


def signs_of_translation(blocks: Sequence[Block], labels: Iterable[str], *, said: str, language: str) -> list[str]:
    """Return what shows that an interview printed in `language` came through another language, one phrase each.

    `said` is what stands under the labels: a hyphen behind a label parts it from the words.
    """
    text = "\n".join(block.text for block in blocks)
    signs = []
    spaced, tight = len(_SPACED_HYPHEN.findall(said)), len(_TIGHT_HYPHEN.findall(said))
    if spaced >= _MIN_SPACED and spaced > 4 * tight:
        signs.append(f"hyphens set apart as machine translation does (“pre - training”, {spaced} times)")
    edges = " ".join(block.text for block in (*blocks[:_EDGE], *blocks[-_EDGE:]) if len(block.text) < 300)
    says = _SAYS_SO.search(edges)
    if says:
        signs.append(f"it says so (“{says.group()}”)")
    outlet = _CJK_RUN.search(edges)
    if outlet and language == "en" and not is_cjk(text):
        signs.append(f"an outlet or author in Chinese (“{outlet.group()}”)")
    variants = _name_variants(text, labels)
    # nicknames and typing errors make two names as well, so this counts beside another sign only
    return [*signs, *variants] if signs else []


def _name_variants(text: str, labels: Iterable[str]) -> list[str]:
    """Names of speakers that the text also spells in another way, as happens when a name is carried back."""
    found = []
    names = set(_NAME.findall(text[:60_000]))
    for label in sorted(set(labels)):
        for name in sorted(names - {label}):
            same_family = name.split()[-1] == label.split()[-1] and name.split()[0][:1] == label.split()[0][:1]
            if same_family and 70 <= fuzz.ratio(name.split()[0], label.split()[0]) < 100:
                found.append(f"one speaker under two names (“{label}”, “{name}”)")
                break
    return found
