"""Signs that a text called transcript is not one: written by a model, or with fewer words than were spoken."""

import re
from collections.abc import Sequence

from knowledge.formats.blocks import Block, BlockKind
from knowledge.metadata.printed_facts import Facts
from knowledge.model.subject import Subject

_MODEL_KEYS = re.compile(
    r"llm|prompt_?revision|system_?prompt|(?:input|output|total)_?tokens|ai_?generated|generated_?by_?ai", re.I
)
_MODEL_NAMES = re.compile(r"\b(?:claude|gpt-?\d|gemini|llama|mistral|deepseek|qwen)\b", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"\b(?:(?:written|summari[sz]ed|rewritten|condensed|paraphrased|reconstructed) (?:by|with|using) "
    r"(?:an? )?(?:ai|llm|chatgpt|gpt|claude|gemini|language model)|condensed transcript|paraphrased|not verbatim)\b",
    re.IGNORECASE,
)
_DIGEST = re.compile(
    r"\W*(?:key (?:points|takeaways|insights|quotes)|takeaways|highlights|mentions|"
    r"(?:surprising|notable|best|memorable) quotes|tl;?dr|executive summary|action items|要点|关键要点|金句|总结)\W*",
    re.IGNORECASE,
)
_NARRATED = re.compile(
    r"\W*(?:he|she|they|the (?:guest|speaker|interviewee))\s+(?:\w+ly\s+)?"
    r"(?:says?|said|argue|explain|believe|think|note|describe|discuss|suggest|emphasi|compare|point|predict|claim|warn|answer|reply|replie|respond)\w*\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z']+")
SPOKEN_WORDS = frozenset(
    """i i'm i've i'd i'll you you're you've we we're my your me it's that's don't yeah okay right um uh so well like
    actually know mean think gonna""".split()
)
"""Words that make up a tenth of what people say, and less than a twentieth of what articles print."""
_MIN_SPOKEN = 0.04
_MIN_WORDS = 300
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


def signs_of_narration(texts: Sequence[str], subject: Subject) -> list[str]:
    """Return what shows that words under the subject's label tell of the subject and were not said, as phrases."""
    signs = []
    narrated = sum(bool(_NARRATED.match(text)) or subject.name in text for text in texts)
    if narrated >= 2 and narrated * 4 >= len(texts):
        signs.append(f"{narrated} of {len(texts)} turns under the name tell of the person (“he argues …”)")
    words = _WORD.findall(" ".join(texts).lower())
    if len(words) >= _MIN_WORDS and sum(word in SPOKEN_WORDS for word in words) < _MIN_SPOKEN * len(words):
        signs.append("the words under the name have no “I”, “you” or “so”, as speech has")
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
