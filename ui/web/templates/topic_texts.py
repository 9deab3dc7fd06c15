"""What the topics page says, in English and Chinese."""

from dataclasses import dataclass


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


ENGLISH = TopicTexts(
    title="Topics",
    promise="What the quotation book holds of {subject}, by topic. Transcripts you add are searched as well.",
    empty="The quotation book is not in this library, so there are no topics to list. The library page shows what is.",
    question=("{count} question", "{count} questions"),
    source=("{count} source", "{count} sources"),
    words="{count} words",
    all_topics="All topics",
    ask_hint="Choose a question to ask it.",
)

CHINESE = TopicTexts(
    title="话题",
    promise="引文集收录的 {subject} 言论，按话题排列。您添加的文字稿同样会被检索。",
    empty="此资料库中没有引文集，因此没有话题可列。资料库页显示所收录的内容。",
    question=("{count} 个问题", "{count} 个问题"),
    source=("{count} 个来源", "{count} 个来源"),
    words="{count} 词",
    all_topics="全部话题",
    ask_hint="点选一个问题即可提问。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def topic_texts(language: str) -> TopicTexts:
    """Return the topics page's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0], ENGLISH)
