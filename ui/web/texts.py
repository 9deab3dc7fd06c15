"""Every sentence of the page itself, in English and Chinese. What stands around the quotes is in `ui.rendering`."""

from dataclasses import dataclass

from assistant.steps import Stage


@dataclass(frozen=True)
class PageTexts:
    """The page in one language. `{name}` marks what code fills in."""

    code: str
    title: str
    promise: str
    placeholder: str
    question_label: str
    ask: str
    stop: str
    stopped: str
    fresh: str
    try_one: str
    chat_label: str
    steps: dict[Stage, str]
    read: str
    copy: str
    link: str
    link_answer: str
    as_json: str
    more: str
    blank: str
    too_long: str
    failed: str


ENGLISH = PageTexts(
    code="en",
    title="What did {subject} say?",
    promise="Answered only in {subject}’s own words, cut from cited sources: who asked, when, where, and how we know.",
    placeholder="Ask what {subject} said about something",
    question_label="Your question",
    ask="Ask",
    stop="Stop",
    stopped="Stopped.",
    fresh="New conversation",
    try_one="For example",
    chat_label="Conversation",
    steps={
        Stage.SEARCHING: "Searching the sources …",
        Stage.CHOOSING: "Choosing among {count} passages …",
        Stage.CHECKING: "Checking each word against its source …",
    },
    read="Read in the source",
    copy="Copy",
    link="Link",
    link_answer="Link to this answer",
    as_json="JSON",
    more="You could ask next",
    blank="Please ask a question in words, for example: What did he say about scaling?",
    too_long="This is too long to be one question ({count} characters); please ask it in at most {limit}.",
    failed="Something went wrong on our side, and nothing was answered. Please ask again.",
)

CHINESE = PageTexts(
    code="zh",
    title="{subject} 说过什么？",
    promise="只用 {subject} 本人的原话回答，逐字取自注明出处的来源：谁问的、何时、何地、我们如何得知。",
    placeholder="问问 {subject} 对某件事说过什么",
    question_label="您的问题",
    ask="提问",
    stop="停止",
    stopped="已停止。",
    fresh="新对话",
    try_one="例如",
    chat_label="对话",
    steps={
        Stage.SEARCHING: "正在检索来源……",
        Stage.CHOOSING: "正在从 {count} 个段落中选取……",
        Stage.CHECKING: "正在逐字核对来源……",
    },
    read="在来源中阅读",
    copy="复制",
    link="链接",
    link_answer="此回答的链接",
    as_json="JSON",
    more="接下来您可以问",
    blank="请用文字提问，例如：他怎么看扩展规模？",
    too_long="这段文字太长（{count} 个字符），请把问题控制在 {limit} 个字符以内。",
    failed="我们这边出了问题，没有得到回答。请再问一次。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def page_texts(language: str) -> PageTexts:
    """Return the page's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0].lower(), ENGLISH)


def preferred_language(accept_language: str, chosen: str | None = None) -> str:
    """Return `en` or `zh`: the one chosen in the address, else the browser's first that we have.

    >>> preferred_language("de-DE,zh-CN;q=0.8,en;q=0.5")
    'zh'
    """
    wishes = []
    for position, part in enumerate(accept_language.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), position, tag.split("-")[0].lower()))
        except ValueError:
            continue
    if chosen:
        wishes.insert(0, (float("-inf"), -1, chosen.split("-")[0].lower()))
    return next((tag for _, _, tag in sorted(wishes) if tag in BY_LANGUAGE), "en")
