"""Questions: cleaned and checked, their language, and the topic left when the words that only ask are taken away."""

import re
import unicodedata
from pathlib import Path

from assistant.exceptions import QuestionRefused
from knowledge.model.subject import Subject
from knowledge.model.word_rules import RuleFile
from knowledge.search.terms import in_english, terms, untranslated
from knowledge.text.chinese import is_chinese

ASKING = RuleFile(Path(__file__).with_suffix(".yaml"))
"""What only asks in a question."""


def about(question: str) -> str:
    """Return what a question asks his view of, where it asks nothing else; else the question.

    >>> about("What does he think of bees?"), about("他怎么看蜜蜂？"), about("Why do bees dance?")
    ('bees?', '蜜蜂？', 'Why do bees dance?')
    """
    return ASKING.pattern("asks_view").sub("", _after_about(question)) or question


def topic_terms(question: str, subject: Subject) -> list[str]:
    """Return the terms a question is about; to Chinese ones their English is added.

    >>> topic_terms("What did Ada say about data?", Subject(name="Ada Lovelace", aliases=("Ada",)))
    ['data']
    """
    topic = _after_about(subject.without_names(question))
    return [*terms(topic), *terms(" ".join(in_english(topic)))]


def is_open(question: str, subject: Subject) -> bool:
    """Whether a question names no topic: it asks for whatever was said.

    >>> ada = Subject(name="Ada Lovelace", aliases=("Ada",))
    >>> is_open("What did Ada say?", ada), is_open("What did Ada say about data?", ada)
    (True, False)
    """
    return not topic_terms(_without_chinese_asking(question), subject)


def names_topic(words: str, question: str, subject: Subject) -> bool:
    """Whether somebody's words name everything that a question is about, in the language of either.

    >>> names_topic("Data is the fossil fuel.", "What did he say about data?", Subject(name="Ada Lovelace"))
    True
    """
    spoken = set(terms(words))
    bare = _without_chinese_asking(subject.without_names(question))
    wanted = topic_terms(bare, subject)
    english = {term for term in wanted if term.isascii()}
    as_english = bool(english) and not untranslated(bare) and english <= spoken
    return as_english or (bool(wanted) and {*terms(_after_about(bare))} <= spoken)


# Latin letters alone, for in Chinese the next sign stands at once before or behind a name
_NAME = re.compile(
    r"(?<![A-Za-z0-9_-])(?:[A-Za-z][A-Za-z0-9_-]*\d[A-Za-z0-9_-]*|[A-Z][a-z]+(?: [A-Z][a-z]+)*)(?![A-Za-z0-9_-])"
)
_WORD = re.compile(r"[A-Za-z][\w-]*")


def proper_names(question: str, subject: Subject) -> list[str]:
    """Return the proper names in a question: words with a capital letter or a digit inside it; not his own.

    None where most words have capitals, as in a headline; in Chinese every Latin word with one is a name.

    >>> ada = Subject(name="Ada Lovelace", aliases=("Ada",))
    >>> proper_names("What did Ada say about Tom Reed and the GPT-4 of bees?", ada), proper_names("Why Bees Dance", ada)
    (['Tom Reed', 'GPT-4'], [])
    >>> proper_names("Ada怎么看GPT-4和Claude？", ada)
    ['GPT-4', 'Claude']
    """
    bare = subject.without_names(question).strip()
    if is_chinese(question):
        return _NAME.findall(bare)
    words = _WORD.findall(bare)
    if 2 * sum(word[0].isupper() for word in words[1:]) > len(words):
        return []
    first = _WORD.match(bare)
    behind = first.end() if first and not any(char.isdigit() for char in first.group()) else 0
    return _NAME.findall(bare[behind:])


MAX_CHARACTERS = 2_000


def clean_question(text: str) -> str:
    """Return the question in NFC, without control characters, white space folded.

    Raises:
        QuestionRefused: nothing is left of it, or it is longer than `MAX_CHARACTERS`.
    """
    kept = "".join(" " if _is_control(char) else char for char in text)
    question = re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept)).strip()
    if not any(char.isalnum() for char in question):
        raise QuestionRefused("Please ask a question in words, for example: What did he say about scaling?")
    if len(question) > MAX_CHARACTERS:
        raise QuestionRefused(
            f"The question has {len(question):,} characters; please ask it in at most {MAX_CHARACTERS:,}."
        )
    return question


def language_of(text: str) -> str:
    """Return `zh` when at least a fifth of the letters are Chinese, else `en`."""
    return "zh" if is_chinese(text) else "en"


def _after_about(question: str) -> str:
    return ASKING.pattern("asks_about").sub("", question)


def _without_chinese_asking(question: str) -> str:
    return ASKING.pattern("chinese_asking").sub(" ", question)


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")
