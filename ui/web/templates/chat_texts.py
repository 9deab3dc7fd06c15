"""What the asking side says beyond its answers: first page, conversations, sources panel, menus; in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChatTexts:
    """The asking side in one language. `{name}` marks what code fills in."""

    description: str
    by_topic: str
    all_topics: str
    of_the_day: str
    unanswered: str
    talk: str
    asked: str
    answer: str
    no_answer: str
    edit_here: str
    cancel: str
    cite_as: str
    all_forms: str
    plain_form: str
    more: str
    copy_link: str
    certificate: str
    compare: str
    compare_with: str
    compare_title: str
    compare_hint: str
    undo: str
    impossible: str
    conversations: str
    new_conversation: str
    find_conversation: str
    none_found: str
    rename: str
    deleted: str
    as_markdown: str
    as_html: str
    today: str
    yesterday: str
    last_week: str
    panel: str
    panel_hint: str
    find_source: str
    only_this: str
    all_sources: str
    searched_of: str
    words: str
    gap: str
    renderings: str
    play: str
    map: str
    map_quote: str
    add_line: str
    send: str
    keys_title: str
    keys: dict[str, str]
    failed: str


ENGLISH = ChatTexts(
    description="What {subject} actually said, in his own cited words: who asked, when, where, and how we know.",
    by_topic="By topic",
    all_topics="All topics",
    of_the_day="Quotation of the day",
    unanswered="This question was not answered yet: ask it again, or change it.",
    talk="The conversation",
    asked="Question",
    answer="Answer; quotations: {count}",
    no_answer="Answer without a quotation",
    edit_here="Edit this question",
    cancel="Cancel",
    cite_as="Copy as",
    all_forms="All forms on a page",
    plain_form="Text",
    more="More",
    copy_link="Copy link",
    certificate="Certificate",
    compare="Compare with another",
    compare_with="Compare with “{words}”",
    compare_title="Then and now",
    compare_hint="Chosen for comparing. Choose “Compare” on another quotation.",
    undo="Undo",
    impossible="No day lies between {since} and {until}: change the dates in “Sources”, then ask again.",
    conversations="Conversations",
    new_conversation="New conversation",
    find_conversation="Find in conversations",
    none_found="No conversation fits.",
    rename="Rename",
    deleted="Deleted.",
    as_markdown="Export as Markdown",
    as_html="Export for Word (HTML)",
    today="Today",
    yesterday="Yesterday",
    last_week="Previous 7 days",
    panel="Sources",
    panel_hint="What is searched in this conversation. The address keeps it: a link to it searches the same.",
    find_source="Find a source",
    only_this="only this",
    all_sources="Search everything",
    searched_of="{count} of {all} sources are searched",
    words="{count} words",
    gap="Not quoted in between",
    renderings="In other languages",
    play="Play from {time}",
    map="Where the answer’s quotations stand in this source",
    map_quote="To quotation {number}",
    add_line="Add a line",
    send="Send",
    keys_title="Keys",
    keys={
        "/": "write a question",
        "↑ ↓": "from card to card",
        "o": "open the card in its source",
        "c": "copy the card",
        "Esc": "close what is open",
        "?": "this list",
    },
    failed="This did not work; please try again.",
)

CHINESE = ChatTexts(
    description="{subject} 到底说过什么：只引他本人有出处的原话，注明谁问的、何时、何地、如何得知。",
    by_topic="按话题",
    all_topics="全部话题",
    of_the_day="今日引文",
    unanswered="这个问题还没有得到回答：请再问一次，或修改后再问。",
    talk="对话内容",
    asked="问题",
    answer="回答，{count} 条引文",
    no_answer="回答：没有引文",
    edit_here="修改这个问题",
    cancel="取消",
    cite_as="复制为",
    all_forms="在一页上查看所有格式",
    plain_form="纯文本",
    more="更多",
    copy_link="复制链接",
    certificate="证明文件",
    compare="与另一条比较",
    compare_with="与“{words}”比较",
    compare_title="彼时与此时",
    compare_hint="已选作比较。请在另一条引文上选择“比较”。",
    undo="撤销",
    impossible="{since} 与 {until} 之间没有任何日期：请在“来源”中修改日期后再问。",
    conversations="对话",
    new_conversation="新对话",
    find_conversation="查找对话",
    none_found="没有符合的对话。",
    rename="重命名",
    deleted="已删除。",
    as_markdown="导出为 Markdown",
    as_html="导出为 Word 可读的 HTML",
    today="今天",
    yesterday="昨天",
    last_week="最近七天",
    panel="来源",
    panel_hint="此对话检索的范围。地址中会保留：链接打开后检索同样的来源。",
    find_source="查找来源",
    only_this="只用此来源",
    all_sources="检索全部",
    searched_of="检索 {all} 份来源中的 {count} 份",
    words="{count} 词",
    gap="其间未引用",
    renderings="其他语言",
    play="从 {time} 播放",
    map="回答中的引文在此来源中的位置",
    map_quote="到引文 {number}",
    add_line="补充一句",
    send="发送",
    keys_title="快捷键",
    keys={
        "/": "输入问题",
        "↑ ↓": "在卡片之间移动",
        "o": "在来源中打开卡片",
        "c": "复制卡片",
        "Esc": "关闭打开的面板",
        "?": "此列表",
    },
    failed="没有成功，请再试一次。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def chat_texts(language: str) -> ChatTexts:
    """Return the asking side's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0], ENGLISH)
