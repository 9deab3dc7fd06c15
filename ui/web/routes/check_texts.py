"""What the check page says, in English and Chinese; what is said of a verdict is in `ui.rendering`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckTexts:
    """The check page in one language. `{name}` marks what code fills in."""

    title: str
    promise: str
    label: str
    check: str
    result: str
    passage_too_long: str
    passage_found: str
    rest_unchecked: str
    line: str


ENGLISH = CheckTexts(
    title="Did {subject} say this?",
    promise="Paste a quotation, with what is said of its occasion if you like, or a text with several. Each is "
    "compared word by word with what we hold.",
    label="The quotation",
    check="Check",
    result="The verdict",
    passage_too_long="This text has {count} characters; please paste at most {limit}, or check the file with "
    "“ilya check FILE”.",
    passage_found="{count} quotations in this text are attributed to {subject}.",
    rest_unchecked="Only the first {count} were checked; “ilya check FILE” checks them all.",
    line="Line {number}",
)

CHINESE = CheckTexts(
    title="{subject} 说过这句话吗？",
    promise="粘贴一条引文（可附上出处），或一篇含有多条引文的文字。每一条都会与我们收录的内容逐词比对。",
    label="引文",
    check="核对",
    result="核对结果",
    passage_too_long="这段文字有 {count} 个字符；请粘贴不超过 {limit} 个字符，或用“ilya check FILE”核对文件。",
    passage_found="这段文字中有 {count} 条引文记为 {subject} 所说。",
    rest_unchecked="只核对了前 {count} 条；“ilya check FILE”可核对全部。",
    line="第 {number} 行",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def check_texts(language: str) -> CheckTexts:
    """Return the check page's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0], ENGLISH)
