"""The topics page: what the quotation book speaks of, and for each topic its questions with years, sources, words."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant import Assistant
from assistant.records.holdings import holdings
from knowledge.library.store import SourceSummary
from knowledge.model.source import count_words
from knowledge.model.turns import Role
from knowledge.starter.topics import TopicSummary, topic_summaries
from ui.rendering.answer_texts import texts
from ui.rendering.framing import holdings_line, spoken_date
from ui.rendering.page_texts import PageTexts
from ui.texts.text_tables import text_table
from ui.web.access.visitors import texts_for
from ui.web.templates.page_frame import missing, whole_page


@dataclass(frozen=True)
class TopicTexts:
    """The topics page in one language. `{name}` marks what code fills in; pairs are for one and for several."""

    title: str
    promise: str
    empty: str
    question: tuple[str, str]
    source: tuple[str, str]
    words: str
    all_topics: str
    ask_hint: str

    def questions(self, count: int) -> str:
        """Return a number of questions in words."""
        return self.question[count != 1].format(count=count)

    def sources(self, count: int) -> str:
        """Return a number of sources in words."""
        return self.source[count != 1].format(count=count)


def topic_texts(language: str) -> TopicTexts:
    """Return the topics page's texts for a language tag; English where we have no other."""
    return text_table(TopicTexts, "topics", language)


@dataclass(frozen=True)
class TopicLine:
    """One topic as the page lists it: its slug, its name, and figures in words."""

    slug: str
    name: str
    figures: str


@dataclass(frozen=True)
class AskedLine:
    """One question of a topic: where it is asked from, and the source that answers it."""

    question: str
    address: str
    date: str
    source_id: str
    source: str


def topic_routes(assistant: Assistant) -> APIRouter:
    """Return the list of topics and the page of each."""
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/topics")
    def topics(request: Request) -> HTMLResponse:
        page = texts_for(request)
        held = {summary.id: summary for summary in assistant.library.summaries()}
        said, words = topic_texts(page.code), _words(assistant, held)
        lines = [
            TopicLine(one.topic, one.name.within(page.code), _figures(one, words, said))
            for one in topic_summaries(held=held)
        ]
        coverage = holdings_line(holdings(held.values()), texts(page.code))
        return whole_page(
            "topics.html", said.title, page, here="/topics", said=said, lines=lines, coverage=coverage,
            subject=assistant.subject.name,
        )  # fmt: skip

    @routes.get("/topics/{slug}")
    def topic(slug: str, request: Request) -> HTMLResponse:
        page = texts_for(request)
        held = {summary.id: summary for summary in assistant.library.summaries()}
        found = next((one for one in topic_summaries(held=held) if one.topic == slug), None)
        if found is None:
            return missing(page)
        said, name = topic_texts(page.code), found.name.within(page.code)
        figures = _figures(found, _words(assistant, found.sources), said)
        return whole_page(
            "topic.html", name, page, here="/topics", said=said, name=name, figures=figures,
            asked=_asked(found, held, page),
        )  # fmt: skip

    return routes


def _figures(topic: TopicSummary, words: Counter[tuple[str, str]], said: TopicTexts) -> str:
    count = sum(words[(one.source, one.en)] for one in topic.questions)
    parts = (
        said.questions(len(topic.questions)),
        _span(sorted(topic.years)),
        said.sources(len(topic.sources)),
        said.words.format(count=f"{count:,}"),
    )
    return " · ".join(parts)


def _span(years: list[str]) -> str:
    """Return the first and last of sorted years.

    >>> _span(["2015", "2020", "2025"]), _span(["2020", "2020"]), _span([])
    ('2015–2025', '2020', '')
    """
    return "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""


def _words(assistant: Assistant, held: Collection[str]) -> Counter[tuple[str, str]]:
    """Return how many of his words answer each (source id, question in English) of the book."""
    found: Counter[tuple[str, str]] = Counter()
    wanted = {source for topic in topic_summaries(held=held) for source in topic.sources}
    for source_id in wanted:
        source = assistant.library.source(source_id)
        for turn in source.turns:
            if turn.role is Role.SUBJECT and turn.question and turn.renders is None:
                found[(source_id, turn.question)] += count_words(source.text[turn.start : turn.end])
    return found


def _asked(topic: TopicSummary, held: dict[str, SourceSummary], page: PageTexts) -> list[AskedLine]:
    found = []
    for one in sorted(topic.questions, key=lambda question: question.date):
        question = one.zh if page.code == "zh" else one.en
        found.append(
            AskedLine(
                question=question,
                address=f"/?q={quote(question, safe='')}",
                date=spoken_date(one.date, texts(page.code)),
                source_id=one.source,
                source=held[one.source].title,
            )
        )
    return found
