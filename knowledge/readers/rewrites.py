"""Signs that a text called transcript is not one: written by a model, or with fewer words than were spoken."""

import re
from collections.abc import Sequence

from knowledge.readers.blocks import Block, BlockKind
from knowledge.readers.facts import Facts

_MODEL_KEYS = re.compile(
    r"llm|prompt_?revision|system_?prompt|(?:input|output|total)_?tokens|ai_?generated|generated_?by_?ai", re.I
)
_MODEL_NAMES = re.compile(r"\b(?:claude|gpt-?\d|gemini|llama|mistral|deepseek|qwen)\b", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"\b(?:(?:generated|written|summari[sz]ed|rewritten|condensed|paraphrased|reconstructed) (?:by|with|using) "
    r"(?:an? )?(?:ai|llm|chatgpt|gpt|claude|gemini|language model)|condensed transcript|paraphrased|not verbatim)\b",
    re.IGNORECASE,
)
_DIGEST = re.compile(
    r"\W*(?:key (?:points|takeaways|insights|quotes)|takeaways|highlights|mentions|"
    r"(?:surprising|notable|best|memorable) quotes|tl;?dr|executive summary|action items|要点|关键要点|金句|总结)\W*",
    re.IGNORECASE,
)
_MIN_WORDS_A_MINUTE = 100
_MIN_MINUTES = 5


def signs_of_rewriting(facts: Facts, blocks: Sequence[Block]) -> list[str]:
    """Return what shows that a document was made by a model or condensed from the speech, one phrase each."""
    signs = []
    for key, value in facts.declared.items():
        if _MODEL_KEYS.search(key):
            signs.append(f"its header names a model’s work (“{key}”)")
            break
        if key in {"model", "generator", "author", "generated_by"} and _MODEL_NAMES.search(str(value)):
            signs.append(f"its header names a model (“{key}: {str(value)[:40]}”)")
            break
    edges = [block for block in (*blocks[:30], *blocks[-10:]) if len(block.text) < 600]
    says = next((match for block in edges if (match := _SAYS_SO.search(block.text))), None)
    if says:
        signs.append(f"it says so (“{says.group()}”)")
    digests = {block.text.strip().casefold() for block in blocks if _is_digest_heading(block)}
    if len(digests) >= 3:
        signs.append(f"it is a digest with {len(digests)} sections such as “{sorted(digests)[0]}”")
    return signs


def slow_speech(words: int, seconds: float | None) -> str | None:
    """Return a phrase when a text has fewer words than its recording had time for."""
    if seconds is None or seconds < _MIN_MINUTES * 60:
        return None
    rate = words / (seconds / 60)
    if rate >= _MIN_WORDS_A_MINUTE:
        return None
    return f"it has {rate:.0f} words for a minute of recording, and people speak 130 to 200: much was left out"


def _is_digest_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and _DIGEST.fullmatch(block.text.strip()) is not None
