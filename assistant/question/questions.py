"""Questions: cleaned and checked, their language, and the topic left when the words that only ask are taken away."""

import re
import unicodedata

from assistant.exceptions import QuestionRefused
from knowledge.model.subject import Subject
from knowledge.search.terms import in_english, terms, untranslated
from knowledge.text.chinese import is_chinese

# What a question is about, once the words that only ask are taken away, and whether somebody's words name it.
_ABOUT = re.compile(
    r"^\s*what\s+(?:did|does|do|is|has|have|was)?\s*(?:s?he|they|his|her|their)?\s*(?:ever\s+)?"
    r"(?:say|said|says|tell|told|talk|talked|speak|spoke|think|thinks|thought|opinion|view|take)?\s*"
    r"(?:(?:about|of|on)\b|\W*$)\s*",
    re.IGNORECASE,
)
_CHINESE_ASKS = re.compile(r"他|说了?|谈了?|谈到|讲了?|提到|什么|话|聊了?")


def topic_terms(question: str, subject: Subject) -> list[str]:
    """Return the terms a question is about; to Chinese ones their English is added.

    >>> topic_terms("What did Ada say about data?", Subject(name="Ada Lovelace", aliases=("Ada",)))
    ['data']
    """
    topic = _ABOUT.sub("", subject.without_names(question))
    return [*terms(topic), *terms(" ".join(in_english(topic)))]


def is_open(question: str, subject: Subject) -> bool:
    """Whether a question names no topic: it asks for whatever was said.

    >>> ada = Subject(name="Ada Lovelace", aliases=("Ada",))
    >>> is_open("What did Ada say?", ada), is_open("What did Ada say about data?", ada)
    (True, False)
    """
    return not topic_terms(_CHINESE_ASKS.sub(" ", question), subject)


def names_topic(words: str, question: str, subject: Subject) -> bool:
    """Whether somebody's words name everything that a question is about, in the language of either.

    >>> names_topic("Data is the fossil fuel.", "What did he say about data?", Subject(name="Ada Lovelace"))
    True
    """
    spoken = set(terms(words))
    bare = _CHINESE_ASKS.sub(" ", subject.without_names(question))
    wanted = topic_terms(bare, subject)
    english = {term for term in wanted if term.isascii()}
    as_english = bool(english) and not untranslated(bare) and english <= spoken
    return as_english or (bool(wanted) and {*terms(_ABOUT.sub("", bare))} <= spoken)


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


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")
