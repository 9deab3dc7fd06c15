"""What is said around the verdict on a quotation, in English and Chinese. None says what anybody thinks."""

from dataclasses import dataclass

from assistant.checking.results import Edit, Kind, Verdict


@dataclass(frozen=True)
class VerdictTexts:
    """The framing of a check in one language. `{name}` marks what the records fill in."""

    title: dict[Verdict, str]
    title_abridged: str
    explanation: dict[Verdict, str]
    explanation_abridged: str
    printed: str
    cautions: dict[Kind, str]
    nearest: str
    speaker_unknown: str
    report: str
    translation_alone: str
    as_claimed: str
    original: str
    replaced: str
    left_out: str
    added: str
    edits: dict[Edit, str]
    edited: str
    """A change with what an editor did: `{change}`, `{edit}`."""
    printed_elsewhere: str
    printed_elsewhere_title: str
    no_words: str
    too_short: str
    too_long: str


ENGLISH = VerdictTexts(
    title={
        Verdict.EXACT: "Exact",
        Verdict.LIGHTLY_EDITED: "Lightly edited",
        Verdict.ALTERED: "Altered",
        Verdict.STITCHED: "Stitched together",
        Verdict.OTHER_SPEAKER: "Somebody else’s words",
        Verdict.TRANSLATION: "A translation",
        Verdict.KNOWN_MISQUOTATION: "A known misquotation",
        Verdict.NOT_FOUND: "Not found",
    },
    title_abridged="Exact, abridged",
    explanation={
        Verdict.EXACT: "These words stand in this order in a source that gives them to {subject}; only case, "
        "punctuation and spacing were not compared.",
        Verdict.LIGHTLY_EDITED: "Words of {subject}, edited as speech is for print: contractions, spelling, numbers, "
        "fillers or an editor’s brackets. Each change is listed; none touches what is said.",
        Verdict.ALTERED: "Near words of {subject}, but not the same: words were changed, left out or added.",
        Verdict.STITCHED: "The pieces stand in our sources, but not together as the quotation has them.",
        Verdict.OTHER_SPEAKER: "These words stand in our sources, but it is not {subject} who speaks them there.",
        Verdict.TRANSLATION: "This is a rendering in another language than the words were spoken in.",
        Verdict.KNOWN_MISQUOTATION: "This form was printed and is known to differ from the words on record.",
        Verdict.NOT_FOUND: "These words are in no source that we hold as {subject}’s. "
        "That does not show that they were never said.",
    },
    explanation_abridged="The pieces stand in this order in one turn of {subject}; what stood between them was left "
    "out, as the ellipsis says.",
    printed="Printed in: {where}.",
    cautions={
        Kind.NEGATION: "What stands beside these words and is left out denies them: “{words}”.",
        Kind.CONDITION: "What stands beside these words makes them conditional: “{words}”.",
        Kind.REPORTED: "What stands beside these words tells whose view they are: “{words}”.",
        Kind.RETRACTED: "The source goes on: “{words}”",
        Kind.HEDGE: "Here the source adds “{words}”.",
        Kind.OCCASION: "The claim names “{occasion}”; these words stand in: {where}.",
        Kind.SPEAKER: "The claim names “{occasion}”; these words are {subject}’s.",
        Kind.LETTERS: "Some letters of the claim are look-alikes from another script; they were read as Latin letters.",
    },
    nearest="The nearest words we hold",
    speaker_unknown="speaker not known",
    report="Other people’s account; not a record of {subject}’s words.",
    translation_alone="A translation; the words that were spoken are not in the library.",
    as_claimed="As claimed:",
    original="In the language it was spoken in:",
    replaced="“{said}” in the source, “{claimed}” in the claim",
    left_out="“{said}” in the source, left out in the claim",
    added="“{claimed}” only in the claim",
    edits={
        Edit.CONTRACTION: "contraction",
        Edit.SPELLING: "spelling",
        Edit.NUMBER: "way of writing a number",
        Edit.FILLER: "filler",
        Edit.REPETITION: "repeated word",
        Edit.BRACKETS: "editor’s brackets",
    },
    edited="{change} ({edit})",
    printed_elsewhere="These words stand in print ({where}). No recording or transcript that gives them to {subject} "
    "is held, so they can be neither confirmed nor denied.",
    printed_elsewhere_title="Printed, but no record held",
    no_words="There are no words to check; paste the quotation.",
    too_short="This is too short to be told from common speech: give at least {words} words, or in Chinese "
    "{characters} characters, of the quotation.",
    too_long="This is too long to be one quotation ({count} characters); check one of at most {limit} characters.",
)

CHINESE = VerdictTexts(
    title={
        Verdict.EXACT: "一字不差",
        Verdict.LIGHTLY_EDITED: "略有编辑",
        Verdict.ALTERED: "有改动",
        Verdict.STITCHED: "拼接而成",
        Verdict.OTHER_SPEAKER: "别人的话",
        Verdict.TRANSLATION: "译文",
        Verdict.KNOWN_MISQUOTATION: "已知的误引",
        Verdict.NOT_FOUND: "未找到",
    },
    title_abridged="有删节，其余一字不差",
    explanation={
        Verdict.EXACT: "这些词按此顺序出现在一份记为 {subject} 所说的来源中；只是不比较大小写、标点和空格。",
        Verdict.LIGHTLY_EDITED: "{subject} 的话，只做了书面化编辑：缩写、拼写、数字写法、口头语或编者括号。"
        "每一处改动都已列出；没有一处触及所说的内容。",
        Verdict.ALTERED: "与 {subject} 的话相近，但并不相同：有词被改动、删去或添加。",
        Verdict.STITCHED: "各个片段都在我们的来源中，但并不像引文那样连在一起。",
        Verdict.OTHER_SPEAKER: "这些话在我们的来源中，但说话的不是 {subject}。",
        Verdict.TRANSLATION: "这是译文，并非说话时所用的语言。",
        Verdict.KNOWN_MISQUOTATION: "这种说法曾经刊印，已知与记录中的原话不同。",
        Verdict.NOT_FOUND: "在我们作为 {subject} 的话收录的来源中没有这些词。这并不表明从未说过。",
    },
    explanation_abridged="各个片段按此顺序出现在 {subject} 的同一段话中；中间的话如省略号所示已略去。",
    printed="刊印于：{where}。",
    cautions={
        Kind.NEGATION: "这些话旁边被略去的部分否定了它：“{words}”。",
        Kind.CONDITION: "这些话旁边的部分给它加了条件：“{words}”。",
        Kind.REPORTED: "这些话旁边的部分说明了这是谁的看法：“{words}”。",
        Kind.RETRACTED: "来源中接着说：“{words}”",
        Kind.HEDGE: "此处来源中还有“{words}”。",
        Kind.OCCASION: "引文注明“{occasion}”；这些话出自：{where}。",
        Kind.SPEAKER: "引文注明“{occasion}”；这些话是 {subject} 说的。",
        Kind.LETTERS: "引文中有些字母是形似的其他文字；已按拉丁字母读取。",
    },
    nearest="我们收录的最相近的话",
    speaker_unknown="说话人不详",
    report="他人的转述；不是 {subject} 的原话记录。",
    translation_alone="译文；资料库中没有当时所说的原话。",
    as_claimed="所引：",
    original="说话时所用的语言：",
    replaced="来源中为“{said}”，引文中为“{claimed}”",
    left_out="来源中有“{said}”，引文中略去",
    added="“{claimed}”只见于引文",
    edits={
        Edit.CONTRACTION: "缩写",
        Edit.SPELLING: "拼写",
        Edit.NUMBER: "数字写法",
        Edit.FILLER: "口头语",
        Edit.REPETITION: "重复的词",
        Edit.BRACKETS: "编者括号",
    },
    edited="{change}（{edit}）",
    printed_elsewhere="这些词见于刊物（{where}）。我们没有 {subject} 说这些话的录音或文字记录，"
    "因此既不能证实，也不能否认。",
    printed_elsewhere_title="见于刊物，但没有原始记录",
    no_words="没有可核对的文字；请粘贴引文。",
    too_short="引文太短，无法与日常用语区分：请至少给出 {words} 个词，中文至少 {characters} 个字。",
    too_long="这段文字太长（{count} 个字符），不是一条引文；请核对不超过 {limit} 个字符的引文。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def verdict_texts(language: str) -> VerdictTexts:
    """Return the framing for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0], ENGLISH)
