"""Signs that a transcript is none (written by a model, too few words) or that it was translated."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz

from knowledge.formats.blocks import Block, BlockKind
from knowledge.metadata.printed_facts import Facts
from knowledge.model.subject import Subject
from knowledge.model.word_rules import RuleFile
from knowledge.text.language import is_cjk, language_of

SIGNS = RuleFile(Path(__file__).with_suffix(".yaml"))

# Signs that an interview in one language was written down from another: kept as evidence, told to the reader.
_SPACED_HYPHEN = re.compile(r"[a-z] - [a-z]", re.IGNORECASE)
_TIGHT_HYPHEN = re.compile(r"[a-z]-[a-z]", re.IGNORECASE)
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
    says = SIGNS.find("says_translated", edges)
    if says:
        signs.append(f"it says so (“{says.group()}”)")
    outlet = _CJK_RUN.search(edges)
    if outlet and language == "en" and not is_cjk(text):
        signs.append(f"an outlet or author in Chinese (“{outlet.group()}”)")
    variants = _name_variants(text, labels)
    # people set hyphens apart, and nicknames make two names: neither is a sign without another
    told = len(signs) - bool(spaced >= _MIN_SPACED and spaced > 4 * tight)
    return [*signs, *variants] if told or (signs and variants) else []


_TRANSLATION_KEYS = ("translation_by", "translated_by", "translated_from", "translator", "translators", "translation")


def says_translated(declared: Mapping[str, object], language: str) -> str | None:
    """Return the line of a header by which a text in `language` says that it is a translation."""
    for key, value in declared.items():
        bare = key.casefold().replace("-", "_").replace(" ", "_")
        if bare in _TRANSLATION_KEYS and str(value).casefold() not in {"", "none", "false", "no"}:
            return f"{key}: {str(value)[:60]}"
        if bare == "original_language" and value and str(value).split("-")[0].casefold() != language:
            return f"{key}: {str(value)[:60]}"
    return None


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


_WORD = re.compile(r"[a-z']+")
_MIN_SPOKEN = 0.04
_MIN_WORDS = 300
_MIN_WORDS_A_MINUTE = 100
_MIN_MINUTES = 5


def signs_of_rewriting(facts: Facts, blocks: Sequence[Block]) -> list[str]:
    """Return what shows that a document was made by a model or condensed from the speech, one phrase each."""
    signs = []
    for key, value in facts.declared.items():
        if SIGNS.found("model_key", key):
            signs.append(f"its header names a model’s work (“{key}”)")
            break
        if key in {"model", "generator", "author", "generated_by"} and SIGNS.found("model_name", str(value)):
            signs.append(f"its header names a model (“{key}: {str(value)[:40]}”)")
            break
    edges = [block for block in (*blocks[:30], *blocks[-10:]) if len(block.text) < 600]
    says = next((match for block in edges if (match := SIGNS.find("says_rewritten", block.text))), None)
    if says:
        signs.append(f"it says so (“{says.group()}”)")
    digests = {block.text.strip().casefold() for block in blocks if _is_digest_heading(block)}
    if len(digests) >= 3:
        signs.append(f"it is a digest with {len(digests)} sections such as “{sorted(digests)[0]}”")
    return signs


def signs_of_narration(texts: Sequence[str], subject: Subject) -> list[str]:
    """Return what shows that words under the subject's label tell of the subject and were not said, as phrases."""
    signs = []
    narrated = sum(SIGNS.found("narrated", text) or subject.name in text for text in texts)
    if narrated >= 2 and narrated * 4 >= len(texts):
        signs.append(f"{narrated} of {len(texts)} turns under the name tell of the person (“he argues …”)")
    said = " ".join(texts)
    words = _WORD.findall(said.lower()) if language_of(said) == "en" else []  # these are the words of one language
    if len(words) >= _MIN_WORDS and share_of_talk(words) < _MIN_SPOKEN:
        signs.append("the words under the name have no “I”, “you” or “so”, as speech has")
    return signs


def share_of_talk(words: Sequence[str]) -> float:
    """Return how many of some words, in small letters, are those of talk (“I”, “you”, “so”), as a share from 0 to 1."""
    talk = SIGNS.words("talk_word")
    return sum(word in talk for word in words) / len(words) if words else 0.0


def slow_speech(words: int, seconds: float | None) -> str | None:
    """Return a phrase when a text has fewer words than its recording had time for."""
    if seconds is None or seconds < _MIN_MINUTES * 60:
        return None
    rate = words / (seconds / 60)
    if rate >= _MIN_WORDS_A_MINUTE:
        return None
    return f"it has {rate:.0f} words for a minute of recording, and people speak 130 to 200: much was left out"


def _is_digest_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and SIGNS.found("digest", block.text.strip())
