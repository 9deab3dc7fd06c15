"""What the speaker review says, in English and Chinese."""

from dataclasses import dataclass

from knowledge.model.turns import Certainty
from knowledge.speakers.review import Cue


@dataclass(frozen=True)
class ReviewTexts:
    """The review in one language. `{name}` marks what code fills in."""

    review: str
    promise: str
    by_stretch: str
    by_sentence: str
    stretch: str
    perhaps: str
    cues: dict[Cue, str]
    known: dict[Certainty, str]
    others_name: str
    which: str
    these: str
    all_except: str
    numbers: str
    range_role: str
    set_range: str
    fewer: str
    badly: str
    undo: str
    keys: str
    unsaved: str
    leaving: str
    length: tuple[str, str]
    answerer: str
    unnamed: str
    play: str
    save: str
    saved: tuple[str, str]
    nothing: str
    moved: str
    forget: str
    forget_hint: str
    forgotten: str
    ask_model: str
    model_failed: str


ENGLISH = ReviewTexts(
    review="Review who speaks",
    promise="Nothing here is quoted as {subject}’s until you say so. The suggestions are guesses from the words alone "
    "and are often wrong: listen or read before you decide.",
    by_stretch="By stretches",
    by_sentence="Sentence by sentence",
    stretch="Stretch {number}",
    perhaps="perhaps: {role} ({why})",
    cues={
        Cue.QUESTION: "asks a question",
        Cue.ADDRESS: "says “you”",
        Cue.ASKING: "opens as questions do",
        Cue.ANSWER: "answers a question",
        Cue.OWN: "says “I” or “we”",
        Cue.MODEL: "a model says so",
        Cue.NONE: "follows the sentence before it",
    },
    known={
        Certainty.LABELLED: "labelled in the source",
        Certainty.REVIEWED: "reviewed by a person",
        Certainty.INFERRED: "only inferred",
    },
    others_name="Name of the other speaker",
    which="Which stretches",
    these="These stretches:",
    all_except="All except:",
    numbers="Numbers of stretches, such as 3-9, 12",
    range_role="said by",
    set_range="Mark",
    fewer="There are only {count} stretches; what lies beyond was left out.",
    badly="Give numbers such as 3-9, 12.",
    undo="Undo",
    keys="Keys: J next, K back, H {subject}, O somebody else, U not known.",
    unsaved="{decisions} not saved yet. Once saved, {words} words may be quoted ({change}).",
    leaving="What you decided is not saved.",
    length=("{count} word", "{count} words"),
    answerer="whoever answers",
    unnamed="Nothing in this file names {subject}, so nothing is supposed to be {subject}’s before you say so.",
    play="play from {time}",
    save="Save what I decided",
    saved=(
        "{count} decision saved ({change} words); {words} words of this source may be quoted now.",
        "{count} decisions saved ({change} words); {words} words of this source may be quoted now.",
    ),
    nothing="Nothing was decided; nothing changed.",
    moved="The source has changed since this page was opened; please decide again.",
    forget="Take every decision back",
    forget_hint="Who speaks is then again as the file itself says; facts you gave stay.",
    forgotten="Every decision was taken back; {words} words of this source may be quoted now.",
    ask_model="Suggestions of the model",
    model_failed="The model gave no suggestions ({reason}). These are guesses from the words alone.",
)

CHINESE = ReviewTexts(
    review="核对说话人",
    promise="在您确认之前，这里的任何话都不会作为 {subject} 的话引用。"
    "提示只是根据文字的猜测，常常不对：请先听或读，再作决定。",
    by_stretch="按段",
    by_sentence="逐句",
    stretch="第 {number} 段",
    perhaps="可能是{role}（{why}）",
    cues={
        Cue.QUESTION: "提出问题",
        Cue.ADDRESS: "用了“你”",
        Cue.ASKING: "以提问的方式开头",
        Cue.ANSWER: "回答问题",
        Cue.OWN: "用了“我”或“我们”",
        Cue.MODEL: "模型这样认为",
        Cue.NONE: "接着前一句",
    },
    known={
        Certainty.LABELLED: "来源中已标明",
        Certainty.REVIEWED: "已经人工核对",
        Certainty.INFERRED: "仅为推断",
    },
    others_name="另一位说话人的姓名",
    which="哪些段落",
    these="这些段落：",
    all_except="全部，除了：",
    numbers="段落编号，例如 3-9, 12",
    range_role="说话人",
    set_range="标记",
    fewer="总共只有 {count} 段；超出的编号已略去。",
    badly="请填写编号，例如 3-9, 12。",
    undo="撤销",
    keys="按键：J 下一段，K 上一段，H {subject}，O 其他人，U 不详。",
    unsaved="{decisions} 项尚未保存。保存后有 {words} 词可引用（{change}）。",
    leaving="您的决定尚未保存。",
    length=("{count} 词", "{count} 词"),
    answerer="回答者",
    unnamed="此文件中没有任何地方提到 {subject}，因此在您确认之前，不会推测任何一段是 {subject} 所说。",
    play="从 {time} 播放",
    save="保存我的决定",
    saved=(
        "已保存 {count} 项决定（{change} 词）；此来源现有 {words} 词可引用。",
        "已保存 {count} 项决定（{change} 词）；此来源现有 {words} 词可引用。",
    ),
    nothing="没有作出决定，没有改动。",
    moved="打开此页之后来源已有变动；请重新决定。",
    forget="撤回全部决定",
    forget_hint="说话人将恢复为文件本身所说；您提供的来源信息保留。",
    forgotten="已撤回全部决定；此来源现有 {words} 词可引用。",
    ask_model="模型的建议",
    model_failed="模型没有给出建议（{reason}）。以下仅是根据文字的猜测。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def review_texts(language: str) -> ReviewTexts:
    """Return the review's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0], ENGLISH)
