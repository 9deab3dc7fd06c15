"""Every sentence of the page itself, in English and Chinese. What stands around the quotes is in `ui.rendering`."""

from dataclasses import dataclass

from assistant.answers import Stage
from assistant.records.saved_answers import Verdict
from knowledge.model.turns import Role


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
    try_one: str
    steps: dict[Stage, str]
    read: str
    copy: str
    copied: str
    link: str
    cite: str
    link_answer: str
    as_json: str
    more: str
    good: str
    bad: str
    reasons: dict[Verdict, str]
    thanks: str
    timeline: str
    blank: str
    too_long: str
    failed: str
    library_unavailable: str
    index_unavailable: str
    too_much: str
    bad_filters: str
    reader: str
    close: str
    search_within: str
    previous: str
    following: str
    role: dict[Role, str]
    not_his: str
    whole_source: str
    words_counted: str
    nav_ask: str
    nav_check: str
    nav_library: str
    missing_title: str
    missing: str
    lost: str
    asked_on: str
    filters: str
    filter_names: dict[str, str]
    any_value: str
    remove: str
    delete: str
    export: str
    by_date: str
    again: str
    edit: str
    sign_in: str
    sign_out: str
    name: str
    password: str
    wrong_password: str
    too_many_tries: str
    too_large: str


ENGLISH = PageTexts(
    code="en",
    title="What did {subject} say?",
    promise="Answered only in {subject}’s own words, cut from cited sources: who asked, when, where, and how we know.",
    placeholder="Ask what {subject} said about something",
    question_label="Your question",
    ask="Ask",
    stop="Stop",
    stopped="Stopped.",
    try_one="For example",
    steps={
        Stage.SEARCHING: "Searching the sources …",
        Stage.CHOOSING: "Choosing among {count} passages …",
        Stage.CHECKING: "Checking each word against its source …",
    },
    read="Read",
    copy="Copy",
    copied="Copied",
    link="Link",
    cite="Cite",
    link_answer="Link to this answer",
    as_json="JSON",
    more="You could ask next",
    good="Helpful",
    bad="Something is wrong",
    reasons={
        Verdict.WRONG_SPEAKER: "somebody else said this",
        Verdict.OUT_OF_CONTEXT: "out of context",
        Verdict.NOT_VERBATIM: "not verbatim",
        Verdict.WRONG_TIME: "wrong time",
        Verdict.OFF_TOPIC: "off topic",
    },
    thanks="Thank you, noted.",
    timeline="When this was said",
    blank="Please ask a question in words, for example: What did he say about scaling?",
    too_long="This is too long to be one question ({count} characters); please ask it in at most {limit}.",
    failed="Something went wrong on our side, and nothing was answered. Please ask again.",
    library_unavailable="The library cannot be read just now; “ilya doctor” tells why.",
    index_unavailable="The index cannot be searched just now; “ilya doctor --mend” mends it.",
    too_much="This is more than the page takes at once; please send less than {limit} MB.",
    bad_filters="The filters in this link cannot be understood; remove them and ask again.",
    reader="The source",
    close="Close",
    search_within="Search in this source",
    previous="Previous",
    following="Next",
    role={Role.SUBJECT: "{subject}", Role.OTHER: "Somebody else", Role.UNKNOWN: "Speaker not known"},
    not_his="Told by others: searched as background, never quoted",
    whole_source="Open as a page",
    words_counted="{words} words, {quotable} of them quotable",
    nav_ask="Ask",
    nav_check="Check",
    nav_library="Library",
    missing_title="Nothing here",
    missing="There is no quote, answer or source at this address, or its source is no longer held.",
    lost="Quote {number} is not shown: the words at its place have changed since it was cited.",
    asked_on="Answered on {date}",
    filters="Sources",
    filter_names={
        "since": "from",
        "until": "until",
        "venue": "venue",
        "provenance": "kind",
        "language": "language",
        "source": "source",
        "order": "order",
    },
    any_value="any",
    remove="Remove",
    delete="Delete",
    export="Export",
    by_date="oldest first",
    again="Ask again",
    edit="Edit the question",
    sign_in="Sign in",
    sign_out="Sign out",
    name="Name",
    password="Password",
    wrong_password="The name and the password do not belong together.",
    too_many_tries="Too many wrong passwords; please try again in five minutes.",
    too_large="It is larger than {limit} MB; a transcript of ten hours has one.",
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
    try_one="例如",
    steps={
        Stage.SEARCHING: "正在检索来源……",
        Stage.CHOOSING: "正在从 {count} 个段落中选取……",
        Stage.CHECKING: "正在逐字核对来源……",
    },
    read="阅读原文",
    copy="复制",
    copied="已复制",
    link="链接",
    cite="引用格式",
    link_answer="此回答的链接",
    as_json="JSON",
    more="接下来您可以问",
    good="有帮助",
    bad="有问题",
    reasons={
        Verdict.WRONG_SPEAKER: "说话人不对",
        Verdict.OUT_OF_CONTEXT: "断章取义",
        Verdict.NOT_VERBATIM: "并非原话",
        Verdict.WRONG_TIME: "时间不对",
        Verdict.OFF_TOPIC: "答非所问",
    },
    thanks="谢谢，已记下。",
    timeline="说话的时间",
    blank="请用文字提问，例如：他怎么看扩展规模？",
    too_long="这段文字太长（{count} 个字符），请把问题控制在 {limit} 个字符以内。",
    failed="我们这边出了问题，没有得到回答。请再问一次。",
    library_unavailable="资料库暂时无法读取；“ilya doctor”可查明原因。",
    index_unavailable="索引暂时无法检索；“ilya doctor --mend”可修复。",
    too_much="一次发送的内容太多；请少于 {limit} MB。",
    bad_filters="无法理解此链接中的筛选条件；请移除后再问。",
    reader="来源",
    close="关闭",
    search_within="在此来源中查找",
    previous="上一处",
    following="下一处",
    role={Role.SUBJECT: "{subject}", Role.OTHER: "其他人", Role.UNKNOWN: "说话人不详"},
    not_his="他人的叙述：只作背景，从不引用",
    whole_source="单独打开",
    words_counted="共 {words} 词，其中 {quotable} 词可引用",
    nav_ask="提问",
    nav_check="核对",
    nav_library="资料库",
    missing_title="这里什么也没有",
    missing="此地址没有引文、回答或来源，或者来源已不再收录。",
    lost="第 {number} 条引文未显示：引用之后，该处的文字已有变动。",
    asked_on="回答于 {date}",
    filters="来源",
    filter_names={
        "since": "起",
        "until": "止",
        "venue": "场合",
        "provenance": "类别",
        "language": "语言",
        "source": "来源",
        "order": "顺序",
    },
    any_value="不限",
    remove="移除",
    delete="删除",
    export="导出",
    by_date="从早到晚",
    again="再问一次",
    edit="修改问题",
    sign_in="登录",
    sign_out="退出登录",
    name="用户名",
    password="密码",
    wrong_password="用户名与密码不符。",
    too_many_tries="密码错误次数过多，请五分钟后再试。",
    too_large="文件大于 {limit} MB；十小时的文字稿只有约 1 MB。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def page_texts(language: str) -> PageTexts:
    """Return the page's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0].lower(), ENGLISH)
