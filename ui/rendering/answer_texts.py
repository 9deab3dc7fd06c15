"""Every sentence that stands around his words, in English and Chinese. None says what he thinks."""

from dataclasses import dataclass

from assistant.answers import Note, Reason
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.turns import Certainty


@dataclass(frozen=True)
class Texts:
    """The framing in one language. `{name}` marks what the records fill in."""

    lead: str
    lead_undated: str
    posted: str
    """Before a post of his: on which service, and when."""
    wrote: str
    """Before another text of his."""
    posted_on: str
    written_for: str
    asked_by: str
    asked_by_interviewer: str
    asked_by_us: str
    asked_line: str
    to: str
    unknown_date: str
    months: tuple[str, ...]
    month: str
    day: str
    open_at: str
    open_source: str
    held_appearances: tuple[str, str]
    """How many appearances are held: one, several."""
    held_writings: tuple[str, str]
    held_words: str
    searched: str
    searched_one: str
    searched_undated: str
    """Of what is searched nothing has a date."""
    searched_nothing: str
    searched_none: str
    """The filters, or the dates of the question, leave nothing to search."""
    selected_by: str
    gap: str
    """What stands between two sentences."""
    provenance: dict[Provenance, str]
    provenance_hint: dict[Provenance, str]
    how: dict[TranscriptKind, str]
    certainty: dict[Certainty, str]
    abstention: dict[Reason, str]
    try_these: str
    enumeration: str
    """What stands between the names of a list."""
    daily_title: str
    daily_about: str
    nearest: str
    topic_years: str
    """After an abstention: the topics held that are nearest to the question."""
    separator: str
    notes: dict[Note, str]
    """What else is told of an answer to a follow-up."""
    before: str
    """In front of the sentence that stands before a quote."""
    after: str


ENGLISH = Texts(
    lead="{date}, {where}:",
    lead_undated="{where}:",
    posted="{date}, wrote on {where}:",
    wrote="{date}, wrote ({where}):",
    posted_on="posted on {where}",
    written_for="written, {where}",
    asked_by="{name} asked",
    asked_by_interviewer="The interviewer asked",
    asked_by_us="The question, in our words",
    asked_line="{who}: {question}",
    to="to {names}",
    unknown_date="date not known",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    month="{month} {year}",
    day="{day} {month} {year}",
    open_at="open at {time}",
    open_source="open the source",
    held_appearances=("{count} appearance", "{count} appearances"),
    held_writings=("{count} writing", "{count} writings"),
    held_words="{count} words",
    searched="Searched {sources} sources, {since} to {until}.",
    searched_one="Searched one source, {since}.",
    searched_undated="Sources searched: {sources}, without a known date.",
    searched_nothing="There is nothing quotable in the library yet.",
    searched_none="No source was searched: none that we hold fits the filters or the dates asked for.",
    selected_by="Quotes chosen by: {selector}.",
    gap=" ",
    provenance={
        Provenance.TRANSCRIPT: "transcript",
        Provenance.WRITTEN: "his own text",
        Provenance.QUOTATION: "printed quotation",
        Provenance.TRANSLATION: "translation",
        Provenance.REPORT: "report",
    },
    provenance_hint={
        Provenance.TRANSCRIPT: "Speech written down in the language it was spoken in.",
        Provenance.WRITTEN: "Written and signed by him: a post, a letter, a statement, an essay.",
        Provenance.QUOTATION: "Printed by someone else; we hold no transcript to compare it with.",
        Provenance.TRANSLATION: "Not the words he spoke: they passed through another language.",
        Provenance.REPORT: "Somebody else's account; never quoted as his.",
    },
    how={
        TranscriptKind.EDITED: "edited transcript",
        TranscriptKind.CAPTIONS: "captions",
        TranscriptKind.ASR: "speech-to-text transcript",
    },
    certainty={
        Certainty.LABELLED: "speaker labelled in the source",
        Certainty.REVIEWED: "speaker reviewed by a person",
        Certainty.INFERRED: "speaker only inferred",
    },
    abstention={
        Reason.NO_EVIDENCE: "We hold no words of his that answer this.",
        Reason.NOT_HIM: "This asks about somebody else's words; we quote only {subject}.",
        Reason.AFTER_LAST_SOURCE: "This asks about a time after our last source.",
        Reason.UNCLEAR: "We answer questions about what {subject} said, in his own cited words.",
    },
    try_these="You could ask:",
    enumeration=", ",
    daily_title="{subject}: quotation of the day",
    daily_about="One quotation of {subject} a day, in his own cited words.",
    nearest="Nearest topics held: {topics}.",
    topic_years="{topic} ({years})",
    separator=" · ",
    notes={
        Note.NOTHING_LATER: "Nothing later on this is held.",
        Note.NOTHING_EARLIER: "Nothing earlier on this is held.",
        Note.NOT_IN_CHINESE: "No Chinese version of these words is held; they stand here as spoken.",
        Note.RENDERED: "A Chinese translation, made from the words as spoken.",
        Note.AS_SPOKEN: "These are the words in the language of the source.",
        Note.ASKED_ABOVE: "Who asked, what, when and where stands with each quote.",
        Note.QUESTION_UNKNOWN: "The source does not tell a question; when and where stands with each quote.",
        Note.NOT_SHORTER: "Shorter it would not be fair.",
        Note.WHOLE_ALREADY: "This is the whole of it as we hold it.",
    },
    before="Said just before:",
    after="Said just after:",
)

CHINESE = Texts(
    lead="{date}，{where}：",
    lead_undated="{where}：",
    posted="{date}，在 {where} 上写道：",
    wrote="{date}，写道（{where}）：",
    posted_on="发布于 {where}",
    written_for="{where}，书面",
    asked_by="{name} 问",
    asked_by_interviewer="采访者问",
    asked_by_us="所答的问题（我们的措辞）",
    asked_line="{who}：{question}",
    to="对话者 {names}",
    unknown_date="日期不详",
    months=tuple(f"{number}月" for number in range(1, 13)),
    month="{year}年{month}",
    day="{year}年{month}{day}日",
    open_at="从 {time} 处打开",
    open_source="打开来源",
    held_appearances=("{count} 次露面", "{count} 次露面"),
    held_writings=("{count} 篇文字", "{count} 篇文字"),
    held_words="{count} 词",
    searched="检索了 {sources} 份来源，时间从 {since} 到 {until}。",
    searched_one="检索了 1 份来源，时间为 {since}。",
    searched_undated="检索了 {sources} 份来源，日期不详。",
    searched_nothing="资料库中还没有可引用的内容。",
    searched_none="没有检索任何来源：收录的来源都不符合筛选条件或所问的日期。",
    selected_by="引文选取方式：{selector}。",
    gap="",
    provenance={
        Provenance.TRANSCRIPT: "原文记录",
        Provenance.WRITTEN: "他本人所写",
        Provenance.QUOTATION: "他人刊印的引文",
        Provenance.TRANSLATION: "译文",
        Provenance.REPORT: "转述",
    },
    provenance_hint={
        Provenance.TRANSCRIPT: "按所说语言记录的讲话。",
        Provenance.WRITTEN: "由他撰写并署名：帖子、信件、声明或文章。",
        Provenance.QUOTATION: "由他人刊印；我们没有可对照的文字记录。",
        Provenance.TRANSLATION: "不是他的原话：经过了另一种语言。",
        Provenance.REPORT: "他人的转述，从不作为他的话引用。",
    },
    how={
        TranscriptKind.EDITED: "经编辑的文字稿",
        TranscriptKind.CAPTIONS: "字幕",
        TranscriptKind.ASR: "语音识别文字稿",
    },
    certainty={
        Certainty.LABELLED: "来源中标明了说话人",
        Certainty.REVIEWED: "说话人经人工核对",
        Certainty.INFERRED: "说话人仅为推断",
    },
    abstention={
        Reason.NO_EVIDENCE: "我们收录的来源中，没有他回答这个问题的话。",
        Reason.NOT_HIM: "这个问题问的是别人的话；我们只引用 {subject}。",
        Reason.AFTER_LAST_SOURCE: "这个问题所问的时间晚于我们最新的来源。",
        Reason.UNCLEAR: "我们只用 {subject} 本人有出处的原话来回答“他说过什么”。",
    },
    try_these="您可以这样问：",
    enumeration="、",
    daily_title="{subject}：每日一句",
    daily_about="每天一句 {subject} 本人有出处的原话。",
    nearest="收录的相近话题：{topics}。",
    topic_years="{topic}（{years}）",
    separator=" · ",
    notes={
        Note.NOTHING_LATER: "没有收录更晚的相关内容。",
        Note.NOTHING_EARLIER: "没有收录更早的相关内容。",
        Note.NOT_IN_CHINESE: "没有收录这些话的中文版本；以下为原话。",
        Note.RENDERED: "由原话译成的中文。",
        Note.AS_SPOKEN: "这是来源语言中的原话。",
        Note.ASKED_ABOVE: "提问者、问题、时间和场合见各条引文。",
        Note.QUESTION_UNKNOWN: "来源中没有写明问题；时间和场合见各条引文。",
        Note.NOT_SHORTER: "再短就会失真。",
        Note.WHOLE_ALREADY: "我们收录的全文即是如此。",
    },
    before="前一句：",
    after="后一句：",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def texts(language: str) -> Texts:
    """Return the framing for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0], ENGLISH)
