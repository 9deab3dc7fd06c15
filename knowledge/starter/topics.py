"""What the quotation book holds, by topic: questions, years and sources; and which are nearest to a question."""

from collections import Counter
from collections.abc import Collection
from functools import cache
from math import log

from pydantic import BaseModel, ConfigDict, computed_field

from knowledge.model.located_yaml import load_yaml
from knowledge.model.subject_folder import subject_folder
from knowledge.search.terms import terms
from knowledge.starter.book import Topic, topics


class TopicName(BaseModel):
    """What a topic is called."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    zh: str

    def within(self, language: str) -> str:
        """Return the name in a language; English where there is no other."""
        return self.zh if language.startswith("zh") else self.en


class TopicSummary(BaseModel):
    """A topic with every question of the book that belongs to it, in the order of the book."""

    model_config = ConfigDict(frozen=True)

    topic: str
    name: TopicName
    questions: tuple[Topic, ...]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def sources(self) -> tuple[str, ...]:
        """Return the ids of the book's sources that speak of it."""
        return tuple(dict.fromkeys(question.source for question in self.questions))

    @computed_field  # type: ignore[prop-decorator]
    @property
    def years(self) -> tuple[str, str]:
        """Return the first and the last year."""
        years = [question.date[:4] for question in self.questions]
        return min(years), max(years)


def topic_summaries(*, held: Collection[str] | None = None) -> tuple[TopicSummary, ...]:
    """Return the topics of the shipped book, or of those of its sources that a library still holds."""
    found: dict[str, list[Topic]] = {name: [] for name in topic_names()}
    for question in topics():
        if held is None or question.source in held:
            found[question.topic].append(question)
    return tuple(
        TopicSummary(topic=topic, name=topic_names()[topic], questions=tuple(questions))
        for topic, questions in found.items()
        if questions
    )


@cache
def topic_names() -> dict[str, TopicName]:
    """Return the names of the topics by their slug, in the order in which they are listed; without a list, the slugs.

    Raises:
        BookError: a name is missing or wrong, or a quotation has a topic without a name; names the line.
    """
    path = subject_folder() / "topics.yaml"
    if not path.is_file():
        slugs = dict.fromkeys(question.topic for question in topics())
        return {slug: TopicName(en=slug.replace("-", " "), zh=slug.replace("-", " ")) for slug in slugs}
    file = load_yaml(path)
    names = {topic: TopicName.model_validate(name) for topic, name in file.value.items()}
    if nameless := {question.topic for question in topics()} - names.keys():
        raise file.error([], f"name the topic “{min(nameless)}” here")
    return names


def nearest_questions(question: str, *, held: Collection[str] | None = None, count: int = 4) -> tuple[Topic, ...]:
    """Return the book's questions that share most with a question, by rarity of the shared terms; none if nothing is.

    >>> nearest_questions("Will robots do the dishes?")[0].topic
    'robotics'
    """
    asked, rarity = set(terms(question)), _rarity()
    scored = []
    for place, known in enumerate(topics()):
        named = _name_terms()[known.topic]
        shared = sum(rarity.get(term, 0) * (_NAME if term in named else 1) for term in asked & _terms()[place])
        if shared > _LEAST and (held is None or known.source in held):
            scored.append((-shared, place))
    return tuple(topics()[place] for _, place in sorted(scored)[:count])


_NAME = 3
"""How much more a word of the topic's own name weighs."""
_LEAST = 3.0
"""What shared terms must weigh: less than one word that stands in 5 % of the questions says nothing."""


@cache
def _terms() -> tuple[frozenset[str], ...]:
    names = topic_names()
    told = (f"{one.en} {one.zh} {names[one.topic].en} {names[one.topic].zh}" for one in topics())
    return tuple(frozenset(terms(text)) for text in told)


@cache
def _name_terms() -> dict[str, frozenset[str]]:
    return {topic: frozenset(terms(f"{name.en} {name.zh}")) for topic, name in topic_names().items()}


@cache
def _rarity() -> dict[str, float]:
    counted = Counter(term for told in _terms() for term in told)
    return {term: log(len(_terms()) / count) for term, count in counted.items()}
