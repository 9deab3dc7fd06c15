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
    range_from: str
    range_to: str
    range_role: str
    set_range: str
    save: str
    saved: str
    nothing: str
    moved: str


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
    range_from="From",
    range_to="to",
    range_role="speaks",
    set_range="Mark the range",
    save="Save what I decided",
    saved="{count} decisions saved; {words} words of this source may be quoted now.",
    nothing="Nothing was decided; nothing changed.",
    moved="The source has changed since this page was opened; please decide again.",
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
    range_from="从第",
    range_to="到第",
    range_role="说话人",
    set_range="标记此范围",
    save="保存我的决定",
    saved="已保存 {count} 项决定；此来源现有 {words} 词可引用。",
    nothing="没有作出决定，没有改动。",
    moved="打开此页之后来源已有变动；请重新决定。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def review_texts(language: str) -> ReviewTexts:
    """Return the review's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0], ENGLISH)
