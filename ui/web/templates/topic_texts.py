"""What the topics page says, in English and Chinese."""

from dataclasses import dataclass

from ui.texts.text_tables import text_table


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
