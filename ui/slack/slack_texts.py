"""Every sentence that only Slack needs, in English and Chinese; what the web page says too is read there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SlackTexts:
    """The bot in one language. `{name}` marks what code fills in."""

    working: str
    checked: str
    permalink: str
    share: str
    another: str
    no_other: str
    shared_by: str
    too_long_to_share: str
    gone: str
    wrong_title: str
    wrong_question: str
    send: str
    save: str
    cancel: str
    switched_off: str
    admins_only: str
    not_a_channel: str
    rules_title: str
    rules_saved: str
    allowed: str
    mention_only: str
    kinds: str
    framing_language: str
    languages: dict[str, str]
    max_quotes: str
    as_everywhere: str
    daily_at: str
    never: str
    daily: str
    help: tuple[str, ...]
    check_usage: str
    nothing_to_check: str
    claim: str
    home_knows: str
    home_counts: str
    home_more: str
    home_examples: str
    home_ask: str
    home_filters: str
    home_filters_hint: str
    home_any: str
    home_since: str
    home_until: str
    home_venue: str
    home_language: str
    home_order: str
    by_relevance: str
    by_date: str
    home_health: str
    home_well: str


ENGLISH = SlackTexts(
    working="is searching the sources …",
    checked="Quotes checked word by word: {count}",
    permalink="permanent link",
    share="Share with channel",
    another="Another quote",
    no_other="There is no other quote about this in our sources.",
    shared_by="Shared by ",
    too_long_to_share="This text is too long to be shared from here.",
    gone="This answer is no longer held; please ask again.",
    wrong_title="What is wrong?",
    wrong_question="What is wrong with this quote?",
    send="Send",
    save="Save",
    cancel="Cancel",
    switched_off="The bot is switched off in this channel. An admin can switch it on with {command} settings; "
    "you can always write to it directly.",
    admins_only="Only admins of this workspace can set up a channel.",
    not_a_channel="There is nothing to set up here: settings belong to a channel.",
    rules_title="This channel",
    rules_saved="Saved. The bot follows this from now on.",
    allowed="The bot may answer in this channel",
    mention_only="Only when mentioned, follow-ups in a thread too",
    kinds="What may be quoted",
    framing_language="Language around the quotes",
    languages={"": "the question’s", "en": "English", "zh": "中文"},
    max_quotes="Quotes in one answer, at most",
    as_everywhere="as everywhere",
    daily_at="Quotation of the day, at (your time zone)",
    never="never",
    daily="Quotation of the day, {date}",
    help=(
        "Mention me in a channel, write to me directly, or use {command}: I answer only with {subject}’s own cited "
        "words, or say that we hold none. In a thread I have answered in, just go on asking.",
        "{command} QUESTION: an answer only you see, which you can share",
        "{command} check “QUOTATION”: did {subject} say this?",
        "{command} settings: set up this channel (admins)",
        "{command} help: this text",
        "On any message: More actions → “Did Ilya say this?”",
    ),
    check_usage="Put the quotation behind it: {command} check “…”",
    nothing_to_check="This message has no text to check.",
    claim="Checked: ",
    home_knows="What it knows",
    home_counts="To quote from: {held}.",
    home_more="and {count} more",
    home_examples="Try one",
    home_ask="Ask",
    home_filters="Your defaults",
    home_filters_hint="They limit what is quoted to you, wherever you ask.",
    home_any="any",
    home_since="From",
    home_until="Until",
    home_venue="Venue",
    home_language="Language spoken",
    home_order="Order",
    by_relevance="best first",
    by_date="oldest first",
    home_health="ask-ilya {version} · quotes chosen by: {selector} · {state}",
    home_well="library and index work",
)

CHINESE = SlackTexts(
    working="正在检索来源……",
    checked="已逐字核对 {count} 条",
    permalink="永久链接",
    share="分享到频道",
    another="换一条引文",
    no_other="我们的来源中没有关于此事的其他引文。",
    shared_by="分享者：",
    too_long_to_share="这段文字太长，无法从这里分享。",
    gone="此回答已不再保留，请再问一次。",
    wrong_title="有什么问题？",
    wrong_question="这条引文有什么问题？",
    send="发送",
    save="保存",
    cancel="取消",
    switched_off="机器人在此频道中已停用。管理员可用 {command} settings 启用；您随时可以直接给它发消息。",
    admins_only="只有本工作区的管理员可以设置频道。",
    not_a_channel="这里没有可设置的内容：设置属于频道。",
    rules_title="此频道",
    rules_saved="已保存，即刻生效。",
    allowed="机器人可以在此频道中回答",
    mention_only="仅在被提及时回答，消息列中的追问也是",
    kinds="可以引用什么",
    framing_language="引文之外的语言",
    languages={"": "随问题", "en": "English", "zh": "中文"},
    max_quotes="每次回答最多几条引文",
    as_everywhere="与别处相同",
    daily_at="每日一句，发布时间（按您的时区）",
    never="不发布",
    daily="每日一句，{date}",
    help=(
        "在频道中提及我、直接给我发消息，或使用 {command}：我只用 {subject} 本人有出处的原话回答，没有就说没有。"
        "在我回答过的消息列中，直接追问即可。",
        "{command} 问题：只有您能看到的回答，可以分享",
        "{command} check “引文”：{subject} 说过这句话吗？",
        "{command} settings：设置此频道（管理员）",
        "{command} help：显示本说明",
        "在任何消息上：更多操作 → “Did Ilya say this?”",
    ),
    check_usage="请在后面写上引文：{command} check “……”",
    nothing_to_check="这条消息没有可核对的文字。",
    claim="所核对的文字：",
    home_knows="收录了什么",
    home_counts="可引用的内容：{held}。",
    home_more="以及另外 {count} 份",
    home_examples="试一试",
    home_ask="提问",
    home_filters="您的默认筛选",
    home_filters_hint="无论您在哪里提问，都只引用符合筛选的内容。",
    home_any="不限",
    home_since="起",
    home_until="止",
    home_venue="场合",
    home_language="所说语言",
    home_order="顺序",
    by_relevance="最相关在前",
    by_date="从早到晚",
    home_health="ask-ilya {version} · 引文选取方式：{selector} · {state}",
    home_well="资料库与索引正常",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def slack_texts(language: str) -> SlackTexts:
    """Return the bot's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0].lower(), ENGLISH)
