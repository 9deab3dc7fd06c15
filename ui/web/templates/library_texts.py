"""What the library page says, in English and Chinese."""

from dataclasses import dataclass

from knowledge.library.importer import Outcome
from ui.web.uploads.upload_items import UploadState


@dataclass(frozen=True)
class LibraryTexts:
    """The library page in one language. `{name}` marks what code fills in; pairs are for one and for several."""

    columns: dict[str, str]
    speakers_known: str
    speakers_unknown: tuple[str, str]
    change: str
    words_per_year: str
    find: str
    nothing_held: str
    take_out: str
    take_out_sure: str
    told_apart: str
    drop_here: str
    choose: str
    adding: str
    uploads: str
    report: tuple[str, ...]
    outcomes: dict[Outcome, str]
    states: dict[UploadState, str]
    sending: str
    refused_file: str
    failed_file: str
    cancel: str
    cancel_all: str
    dismiss: str
    overall: str
    leaving: str

    def unknown(self, count: int) -> str:
        """Return how many turns have no known speaker, in words."""
        return self.speakers_unknown[count != 1].format(count=count)


ENGLISH = LibraryTexts(
    columns={
        "source": "Source",
        "date": "Date",
        "venue": "Venue",
        "kind": "Kind",
        "language": "Language",
        "words": "Words",
        "quotable": "Quotable",
        "speakers": "Speakers",
    },
    speakers_known="known",
    speakers_unknown=("{count} turn not known", "{count} turns not known"),
    change="Change",
    words_per_year="Quotable words per year",
    find="Find a source",
    nothing_held="Nothing is held yet.",
    take_out="Remove",
    take_out_sure="Take “{title}” out of the library? Quotes already cited keep resolving.",
    told_apart="file: {id}",
    drop_here="Drop transcripts here, or choose files: text, captions, Word, PDF, web pages, JSON",
    choose="Choose files",
    adding="Adding files",
    uploads="Files added here",
    report=("File", "State", "Source", "Date", "Quotable words", "Why the rest is not"),
    outcomes={
        Outcome.NEW: "new",
        Outcome.REPLACED: "replaced",
        Outcome.UNCHANGED: "unchanged",
        Outcome.REFUSED: "refused",
    },
    states={
        UploadState.AWAITED: "not sent; choose the file again to go on",
        UploadState.WAITING: "waiting",
        UploadState.READING: "being read",
        UploadState.INDEXING: "held; being made searchable",
        UploadState.DONE: "done",
        UploadState.CANCELLED: "cancelled",
    },
    sending="being sent",
    refused_file="Not added: {reason}",
    failed_file="It could not be sent; please try again.",
    cancel="Cancel",
    cancel_all="Cancel the rest",
    dismiss="Clear this report",
    overall="{done} of {count} files finished",
    leaving="Files are still being sent.",
)

CHINESE = LibraryTexts(
    columns={
        "source": "来源",
        "date": "日期",
        "venue": "场合",
        "kind": "类别",
        "language": "语言",
        "words": "词数",
        "quotable": "可引用",
        "speakers": "说话人",
    },
    speakers_known="已知",
    speakers_unknown=("{count} 段不详", "{count} 段不详"),
    change="更改",
    words_per_year="每年可引用的词数",
    find="查找来源",
    nothing_held="尚未收录任何内容。",
    take_out="移除",
    take_out_sure="要将“{title}”移出资料库吗？已引用的话仍然有效。",
    told_apart="文件：{id}",
    drop_here="把文字稿拖到这里，或选择文件：文本、字幕、Word、PDF、网页、JSON",
    choose="选择文件",
    adding="添加文件",
    uploads="在此添加的文件",
    report=("文件", "状态", "来源", "日期", "可引用词数", "其余为何不可引用"),
    outcomes={
        Outcome.NEW: "新增",
        Outcome.REPLACED: "已替换",
        Outcome.UNCHANGED: "未变",
        Outcome.REFUSED: "已拒绝",
    },
    states={
        UploadState.AWAITED: "未发送；再次选择该文件即可继续",
        UploadState.WAITING: "等待中",
        UploadState.READING: "正在读取",
        UploadState.INDEXING: "已收录；正在建立索引",
        UploadState.DONE: "完成",
        UploadState.CANCELLED: "已取消",
    },
    sending="正在发送",
    refused_file="未能加入：{reason}",
    failed_file="未能发送，请重试。",
    cancel="取消",
    cancel_all="取消其余文件",
    dismiss="清除此报告",
    overall="{count} 个文件中已完成 {done} 个",
    leaving="文件仍在发送。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


def library_texts(language: str) -> LibraryTexts:
    """Return the library page's texts for a language tag; English where we have no other."""
    return BY_LANGUAGE.get(language.split("-")[0], ENGLISH)
