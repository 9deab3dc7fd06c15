"""What the form of a source's facts says, in English and Chinese."""

from dataclasses import dataclass

from knowledge.model.source import FactName


@dataclass(frozen=True)
class FactsTexts:
    """The form in one language. `{name}` marks what code fills in."""

    correct: str
    promise: str
    names: dict[FactName, str]
    examples: dict[FactName, str]
    given: str
    nothing: str
    save: str
    saved: str
    take_back: str
    history: str
    fact_changed: str
    words_changed: str
    details_changed: str
    undone: str
    undo: str
    not_undone: str


ENGLISH = FactsTexts(
    correct="Correct its facts",
    promise="What you give stands above what the file says and is shown as given by a person. Empty a field to take it "
    "back. Quotes already cited keep resolving.",
    names={
        FactName.TITLE: "Title",
        FactName.DATE: "Date",
        FactName.VENUE: "Venue",
        FactName.HOSTS: "Who asked",
        FactName.URL: "Address",
        FactName.LANGUAGE: "Language",
    },
    examples={FactName.DATE: "2023-03-27", FactName.HOSTS: "names, parted by commas", FactName.LANGUAGE: "en"},
    given="given by a person; before: {before}",
    nothing="nothing",
    save="Save",
    saved="Saved.",
    take_back="Take back",
    history="What persons changed",
    fact_changed="{name}: {before} → {after}",
    words_changed="who speaks: {before} → {after} quotable words",
    details_changed="who speaks, or how a fact is known",
    undone="{told} (undone)",
    undo="Undo this change",
    not_undone="Only the newest change can be undone, while nothing followed it.",
)

CHINESE = FactsTexts(
    correct="更正来源信息",
    promise="您填写的内容优先于文件本身的说法，并标明由人提供。清空一栏即可撤回。已引用的话仍然有效。",
    names={
        FactName.TITLE: "标题",
        FactName.DATE: "日期",
        FactName.VENUE: "场合",
        FactName.HOSTS: "提问者",
        FactName.URL: "网址",
        FactName.LANGUAGE: "语言",
    },
    examples={FactName.DATE: "2023-03-27", FactName.HOSTS: "姓名，以逗号分隔", FactName.LANGUAGE: "en"},
    given="由人提供；原为：{before}",
    nothing="无",
    save="保存",
    saved="已保存。",
    take_back="撤回",
    history="人工更改记录",
    fact_changed="{name}：{before} → {after}",
    words_changed="说话人：可引用词数 {before} → {after}",
    details_changed="说话人，或某项信息的依据",
    undone="{told}（已撤销）",
    undo="撤销此更改",
    not_undone="只能撤销最近一次更改，且其后没有其他改动。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def facts_texts(language: str) -> FactsTexts:
    """Return the form's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0], ENGLISH)
