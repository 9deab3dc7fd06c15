"""Words as search sees them: stems of English words, pairs of Chinese characters, and English for Chinese terms."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from knowledge.model.located_yaml import load_yaml
from knowledge.model.subject_folder import subject_folder
from knowledge.search.chinese_dictionary import LONGEST, english_words

# Words that carry no topic, in questions and in answers.
_STOP_WORDS = frozenset(
    """
    a an the of to in on at for from by with about as is are was were be been being am do does did done has have had
    having i you he she it we they me him her us them my your his its our their this that these those there here what
    which who whom whose when where why how and or but if then than so not no nor can could will would shall should
    may might must just very really also too more most some any all such only own same s t don now ve ll re d m o y
    """.split()
)
# The same in Chinese: what asks, points, counts and holds a sentence together; the longest first.
_CHINESE_LITTLE = re.compile(
    "|".join(
        """
        可不可以 为什么 然后 什么样 怎么样 哪一个 是不是 能不能 会不会 有没有 为何 什么 怎么 怎样 如何
        哪些 哪个 哪里 哪儿 多少 多久 多大 是否 可以 能够 应该 没有 或者 对于 关于 到底 究竟
        但是 因为 所以 如果 那么 虽然 他们 她们 它们 我们 你们 这些 那些 这个 那个 说过 谈到
        提到 认为 觉得 看待 看法 观点 意见 评价 评论 态度 介绍 请问 一下 成为 变成 变得 自己
        时候 哪 谁 几 能 会 要 想 吗 呢 吧 啊 呀 么 的 地 得 了 着 过 在 是 不 没 有 和
        与 或 及 对 从 到 把 被 让 使 给 向 跟 比 最 更 很 太 都 也 还 又 再 就 才 只
        却 但 而 嗯 哦 哈 好 他 她 它 我 你 您 们 这 那 其 之 以 于 中 上 下 里 内 外 个 种 些 点
        次 一 两 说 谈 讲 提 看 请 做 为 来 去 出 起 当 时
        """.split()
    )
)
_MEANINGS = 2
_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*|[\u3400-\u9fff]+")


@lru_cache(maxsize=50_000)
def terms(text: str) -> tuple[str, ...]:
    """Return the terms of a text in order, stop words left out; a hyphenated word gives its parts as well.

    >>> terms("What are the scaling-laws? 数据会")
    ('scaling-law', 'scale', 'law', '数据', '据会')
    """
    found: list[str] = []
    for word in _WORD.findall(text.lower().replace("’", "'")):
        if "\u3400" <= word[0] <= "\u9fff":
            found += (word[start : start + 2] for start in range(max(1, len(word) - 1)))
            continue
        parts = [word, *word.split("-")] if "-" in word and "'" not in word else [word]
        bare = (part.split("'")[0] for part in parts)
        found += (_stem(part) for part in bare if part and part not in _STOP_WORDS)
    return tuple(found)


def in_english(text: str) -> tuple[str, ...]:
    """Return the English words of the field for the Chinese terms in a text: the longest term first, each word once."""
    return _read_chinese(text)[0]


def untranslated(text: str) -> tuple[str, ...]:
    """Return the terms of a Chinese text that the glossary does not know, words that carry no topic left out.

    >>> untranslated("他怎么看火山？")
    ('火山',)
    """
    return terms(_read_chinese(text)[1])


def by_dictionary(text: str, is_known: Callable[[str], bool]) -> tuple[tuple[str, ...], str]:
    """Return the terms of other fields' English for Chinese words that the glossary does not know, and what is left.

    Args:
        text: a Chinese text.
        is_known: whether a term occurs where it will be searched; of a word's meanings two that do are enough.
    """
    left = _read_chinese(text)[1]
    found: list[str] = []
    start = 0
    while start < len(left):
        for length in range(min(LONGEST, len(left) - start), 1, -1):
            meanings = terms(" ".join(english_words(left[start : start + length])))
            known = [term for term in meanings if is_known(term)][:_MEANINGS]
            if known:
                found += known
                left = f"{left[:start]}{' ' * length}{left[start + length :]}"
                start += length - 1
                break
        start += 1
    return tuple(dict.fromkeys(found)), left


@lru_cache(maxsize=1_000)
def _read_chinese(text: str) -> tuple[tuple[str, ...], str]:
    glossary, longest = _glossary()
    found: list[str] = []
    unknown: list[str] = []
    start = 0
    while start < len(text):
        lengths = range(min(longest, len(text) - start), 0, -1)
        known = next(
            (text[start : start + length] for length in lengths if text[start : start + length] in glossary), ""
        )
        little = _CHINESE_LITTLE.match(text, start)
        if known:
            found += glossary[known]
            unknown.append(" ")
            start += len(known)
        elif little:
            unknown.append(" ")
            start = little.end()
        else:
            unknown.append(text[start] if "\u3400" <= text[start] <= "\u9fff" else " ")
            start += 1
    return tuple(dict.fromkeys(found)), "".join(unknown)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


@cache
def _stemmer() -> "_Stemmer":
    from Stemmer import Stemmer

    stemmer: _Stemmer = Stemmer("english")
    return stemmer


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802


@cache
def _glossary() -> tuple[dict[str, list[str]], int]:
    path = subject_folder() / "glossary.yaml"
    if not path.is_file():
        return {}, 0
    file = load_yaml(path)
    try:
        entries = TypeAdapter(dict[str, str]).validate_python(file.value)
    except ValidationError as error:
        raise file.invalid(error) from error
    return {term: words.split() for term, words in entries.items()}, max(map(len, entries), default=0)
