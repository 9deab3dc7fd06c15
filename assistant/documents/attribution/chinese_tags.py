"""What a Chinese sentence beside a quotation says of its speaker: "他说", "他沉默良久，答道", "记者追问"."""

import re

from assistant.documents.attribution.attribution_words import words_of
from assistant.documents.attribution.mentions import Who
from knowledge.model.subject import Subject

_CJK = re.compile("[\u3400-\u9fff]")
_LONGEST_TAG = 30  # signs
_CLAUSE = re.compile("[，,；;。]")


def is_chinese(text: str) -> bool:
    """Whether a sentence is Chinese, names in Latin letters among it or not."""
    signs = len(_CJK.findall(text))
    return signs > 0 and signs >= len(re.findall("[A-Za-z]+", text))


class ChineseTags:
    """Reads Chinese sentences for one subject."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        toward = "".join(f"(?<!{word})" for word in words_of("chinese_toward").words)
        pronouns = "|".join(word for word in subject.pronouns if _CJK.match(word))
        self._pronoun = re.compile(f"{toward}(?:{pronouns or '(?!)'})(?![们的])")
        kin = "|".join(words_of("chinese_kin").words)
        self._named = re.compile(
            f"{toward}\ufffc(?!的[^，。：:]{{0,8}}(?:{kin}))(?!之后|之前|以后|以前|身边|旁边|离开后|离开之后|走后)"
        )
        roles = "|".join(sorted(words_of("chinese_roles").words, key=len, reverse=True))
        self._role = re.compile(
            f"{toward}(?:这位|这名|那位|该)[^，。：:“「]{{0,8}}?(?:{roles})(?![A-Za-z\u4e00-\u9fff]{{2,4}}·)"
        )
        somebody = "|".join(words_of("chinese_somebody").words)
        self._somebody = re.compile(f"(?:一位|一名|某位|有位|一个)[^，。]{{0,10}}(?:{somebody})")
        self._asks_him = re.compile(f"(?:问|追问|请)(?:\ufffc|{pronouns or '(?!)'})[^：:]{{3,}}[^：:，,]$")
        self._verbs = re.compile("|".join(sorted(words_of("chinese_speech").words, key=len, reverse=True)))
        self._filling = re.compile(
            "|".join(sorted(words_of("chinese_filling").words, key=len, reverse=True)) + r"|[\s—–]"
        )

    def speaker(self, sentence: str) -> tuple[Who, bool] | None:
        """Return who stands before the last verb of speech, and whether that asks; None where nobody is told of."""
        clauses = [part for part in _CLAUSE.split(sentence) if part.strip()]
        standing = self._subject_of(clauses[-1]) if clauses and not self._verbs.search(clauses[-1]) else None
        if standing and sentence.rstrip().endswith(("，", ",")):
            return standing, False  # "记者追问原因，他笑了笑，“…”"
        if clauses and self._asks_him.search(self._subject.without_names(clauses[-1], "\ufffc")) and not standing:
            return Who.OTHER, True  # "主持人问他想说些什么"
        for number in range(len(clauses) - 1, -1, -1):
            found = list(self._verbs.finditer(clauses[number]))
            if found:
                asks = "问" in clauses[number][max(found[-1].start() - 1, 0) :]
                return self._before(clauses[: number + 1], found[-1].start()), asks
        if self._names_him(sentence):
            return Who.HIM, False
        if self._somebody.search(sentence) and not standing:
            return Who.OTHER, False  # "我念给一位朋友听。"
        if clauses and any(word in clauses[0] for word in words_of("chinese_stances").words) and not standing:
            return Who.OTHER, False  # "导师不同意。"
        if not sentence.rstrip().endswith(("：", ":")):
            return None
        return (standing or Who.OTHER), False

    def is_tag(self, tail: str) -> bool:
        """Whether what stands behind a whole sentence is no more than a tag: "“…。”他笑着说。"."""
        told = re.split("[。！？\n]", tail, maxsplit=1)[0].strip()
        found = list(self._verbs.finditer(told))
        return bool(found) and told[found[-1].end() :].strip() in ("", "道", "着", "了") and len(told) <= _LONGEST_TAG

    def asked(self, sentence: str) -> Who | None:
        """Return whom a sentence asks: who stands behind its verb of asking."""
        behind = sentence.split("问", 1)[-1]
        if self._subject.is_mentioned(behind):
            return Who.HIM
        return Who.PRONOUN if any(behind.startswith(word) for word in self._subject.pronouns) else None

    def _before(self, clauses: list[str], verb: int) -> Who:
        """Return who stands before a verb; where nobody does, the clause before tells."""
        before = clauses[-1][:verb]
        quoting = next((word for word in words_of("chinese_quoting").words if word in before), None)
        if quoting:  # "他引用导师的话说", "导师引用他的话说"
            return self._subject_of(before.split(quoting, 1)[1]) or Who.OTHER
        number = len(clauses) - 1
        while not self._filling.sub("", before) and number > 0:
            number -= 1
            before = clauses[number]
        nobody = not self._filling.sub("", before)
        return self._subject_of(before) or (Who.PRONOUN if nobody else Who.OTHER)

    def _subject_of(self, clause: str) -> Who | None:
        if self._names_him(clause):
            return Who.HIM
        return Who.PRONOUN if self._pronoun.search(clause) or self._role.search(clause) else None

    def _names_him(self, text: str) -> bool:
        """Whether the subject is named other than as one spoken of or to."""
        return self._named.search(self._subject.without_names(text, "\ufffc")) is not None
