"""Interviews whose text says who speaks: turns by label, each with its role; what stands around them is background."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.provenance import Provenance, TranscriptKind
from knowledge.readers.background import take_background
from knowledge.readers.blocks import Block, BlockKind
from knowledge.readers.document import Document, Given, finished
from knowledge.readers.draft import Draft
from knowledge.readers.labels import (
    Layout,
    accepted_layouts,
    is_anonymous,
    label_key,
    read_prefix,
    split_inside,
)
from knowledge.readers.rewrites import signs_of_rewriting, slow_speech
from knowledge.readers.scripts import is_cjk, language_of
from knowledge.readers.translations import signs_of_translation
from knowledge.readers.trust import Said, labels_broken
from knowledge.source import Source, count_words
from knowledge.subject import Subject
from knowledge.turns import Certainty, Role

_ENDED = re.compile(r"[.?!…。？！:：;；,，—–-][\"”’')\]】）*_]*\s*$|[\"”’)\]】）]\s*$")
_BRACKETED = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\)|【[^】]*】|（[^）]*）)\s*")
_OUTRO = re.compile(
    r"(?:this (?:article|post|entry|story|piece|interview|transcript|episode|content) (?:is|was|has|first|originally)|"
    r"(?:translated|transcri(?:bed|pt(?:ion)?)|edited|compiled|produced|written|posted|published|reprinted) "
    r"(?:by|from|on|in)\b|"
    r"related (?:reading|articles?|posts?|links?)|read (?:more|next|also)|further reading|share this|"
    r"subscribe|sign up|follow us|leave a (?:comment|reply)|about the (?:author|host|guest)|copyright|©|all rights|"
    r"references|footnotes|notes|sources?:|tags?:|本文|原文|来源|编译|翻译|译者|作者|参考|相关阅读|推荐阅读|责任编辑|版权|转载|关注|声明)",
    re.IGNORECASE,
)
_MAX_HEADING_WORDS = 15
_INTERVIEWEE = r"(?:deposition|testimony|examination|interview|conversation|q ?& ?a|questions for|talk)"


@dataclass
class _Utterance:
    """Blocks under one label; `label` is None for background."""

    label: str | None
    blocks: list[Block]
    seconds: float | None = None


def is_labelled(document: Document, subject: Subject) -> bool:
    """Whether at least two names take turns in a document."""
    return bool(accepted_layouts(read_prefix(block) for block in document.blocks))


def read_labelled(document: Document, given: Given) -> Source:
    """Return a labelled interview, its turns quotable only where their labels and their words can be believed."""
    utterances = _merged(list(_utterances(document, given.subject)))
    said = [Said(label_key(one.label), _text(one)) for one in utterances if one.label]
    roles = _roles(document, utterances, given.subject)
    distrust = labels_broken(said) or _not_speech(document, utterances, given.subject)
    if distrust:
        return _untrusted(document, given, utterances, distrust)
    provenance, notes = _provenance(document, utterances, given.subject)
    noted = document.noting(*notes, *_cut_off(utterances))
    draft = noted.draft(provenance)
    for one in utterances:
        _take(draft, noted, one, roles, given.subject)
    if document.ends_at is not None:
        draft.mark_end(document.ends_at)
    noted = replace(noted, how=noted.how or TranscriptKind.EDITED).noting(
        *_summary(draft, utterances, roles, given.subject)
    )
    reader = document.reader if document.recorded else "labelled/1"
    return finished(draft, noted, given, reader=reader, interviewers=_interviewers(utterances, roles))


def _utterances(document: Document, subject: Subject) -> Iterator[_Utterance]:
    """Yield what each label says, in order, and the background between."""
    prefixes = [read_prefix(block) for block in document.blocks]
    layouts = accepted_layouts(prefixes)
    names = sorted({prefix.name for prefix in prefixes if prefix and prefix.name and prefix.layout in layouts})
    inside = names if Layout.COLON in layouts else []
    labelled = [number for number, prefix in enumerate(prefixes) if prefix and prefix.layout in layouts and prefix.name]
    last = labelled[-1] if labelled else -1
    current: str | None = None
    before: str | None = None
    wordless = False  # the label stands above its words, which are still to come
    labelled_at: float | None = None
    for number, whole in enumerate(document.blocks):
        tail = number > last
        for block in split_inside(whole, inside):
            prefix = read_prefix(block)
            if prefix and prefix.name and prefix.layout in layouts:
                current = before = prefix.name
                wordless, labelled_at = not block.text[prefix.body :].strip(), prefix.seconds
                yield _Utterance(current, [block.cut(prefix.body)], prefix.seconds)
            elif (
                prefix
                and prefix.name is None
                and before
                and block.kind is BlockKind.PARAGRAPH
                and not tail | (Layout.STAMP not in layouts and Layout.COLON not in layouts)
            ):
                current = before  # a time alone: the same person goes on
                yield _Utterance(current, [block.cut(prefix.body)], prefix.seconds)
            elif current and wordless and block.kind is BlockKind.PARAGRAPH:
                wordless = False
                yield _Utterance(current, [block], labelled_at if block.seconds is None else block.seconds)
            elif current is None or not _continues(block, current, subject, tail=tail, wrapped=document.wrapped):
                ends = not _BRACKETED.fullmatch(block.text) or block.kind is BlockKind.RULE
                current = None if ends else current
                yield _Utterance(None, [block])
            else:
                yield _Utterance(current, [block], block.seconds)


def _continues(block: Block, label: str, subject: Subject, *, tail: bool, wrapped: bool) -> bool:
    """Whether an unlabelled block goes on with the words of the speaker before it; strictest with the subject's."""
    text = block.text.strip()
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE):
        return False
    if _BRACKETED.fullmatch(text) or (tail and _OUTRO.match(text)):
        return False
    if subject.is_label(label) and (subject.name in text or _OUTRO.match(text)):
        return False
    if block.kind is not BlockKind.PARAGRAPH:
        return not tail
    looks_like_heading = len(text.split()) <= _MAX_HEADING_WORDS and len(text) < 120 and not _ENDED.search(text)
    return not looks_like_heading or (block.follows and wrapped)


def _merged(utterances: list[_Utterance]) -> list[_Utterance]:
    merged: list[_Utterance] = []
    for one in utterances:
        if merged and merged[-1].label == one.label:
            merged[-1].blocks.extend(
                replace(block, seconds=block.seconds if block.seconds is not None else one.seconds)
                for block in one.blocks
            )
        else:
            first = replace(one.blocks[0], seconds=one.seconds if one.seconds is not None else one.blocks[0].seconds)
            merged.append(_Utterance(one.label, [first, *one.blocks[1:]], one.seconds))
    return merged


def _roles(document: Document, utterances: list[_Utterance], subject: Subject) -> dict[str, Role]:
    roles = {}
    for label in {one.label for one in utterances if one.label}:
        if subject.is_label(label):
            roles[label] = Role.SUBJECT
        elif is_anonymous(label):
            roles[label] = Role.UNKNOWN
        else:
            roles[label] = Role.OTHER
    answerers = [
        label for label in roles if label.strip(" .:").casefold() in {"a", "answer", "答", "the witness", "interviewee"}
    ]
    if Role.SUBJECT not in roles.values() and answerers and _is_interviewee(document, subject):
        roles |= {label: Role.OTHER for label, role in roles.items() if role is Role.UNKNOWN}
        roles |= dict.fromkeys(answerers, Role.SUBJECT)
    return roles


def _is_interviewee(document: Document, subject: Subject) -> bool:
    """Whether the top of a document says that it is an interview, or a deposition, of the subject alone."""
    head = " ".join([document.facts.title or "", *(block.text for block in document.blocks[:60])])[:6000]
    of_him = re.compile(
        rf"\b{_INTERVIEWEE}\s+(?:of|with)\s+(?:dr\.?\s+|mr\.?\s+|ms\.?\s+)?{re.escape(subject.name)}", re.IGNORECASE
    )
    return of_him.search(" ".join(head.split())) is not None


def _not_speech(document: Document, utterances: list[_Utterance], subject: Subject) -> str | None:
    signs = signs_of_rewriting(document.facts, document.blocks)
    times = [one.seconds for one in utterances if one.seconds is not None]
    words = sum(count_words(_text(one)) for one in utterances if one.label)
    slow = slow_speech(words, document.facts.seconds or (max(times) if len(times) > 5 else None))
    signs += [slow] if slow and not document.recorded else []
    if not signs:
        return None
    return f"It is not a record of what was said: {'; '.join(signs)}."


def _untrusted(document: Document, given: Given, utterances: list[_Utterance], why: str) -> Source:
    noted = replace(document, wrapped=True).noting(why, "All of it is background, none of it can be quoted.")
    draft = noted.draft(Provenance.REPORT)
    spoken: list[Block] = []
    for one in utterances:
        if one.label is None:
            _take_spoken(draft, noted, spoken)
            take_background(draft, noted, one.blocks)
        else:
            spoken += one.blocks
    _take_spoken(draft, noted, spoken)
    return finished(draft, noted, given, reader="labelled/1")


def _take_spoken(draft: Draft, document: Document, spoken: list[Block]) -> None:
    for block in spoken:
        draft.take_pieces(block.pieces, join=" ", seconds=block.seconds)
    draft.close_turn(role=Role.UNKNOWN, provenance=Provenance.REPORT)
    spoken.clear()


def _provenance(document: Document, utterances: list[_Utterance], subject: Subject) -> tuple[Provenance, list[str]]:
    spoken = [block for one in utterances if one.label for block in one.blocks]
    language = language_of(" ".join(block.text for block in spoken), document.facts.language)
    if language in {"zh", "ja", "ko"} and not is_cjk(subject.name):
        return Provenance.TRANSLATION, [
            "It is in Chinese script, and he speaks on record in another language: a translation."
        ]
    labels = [one.label for one in utterances if one.label]
    signs = [] if document.recorded else signs_of_translation(document.blocks, labels, language=language)
    if signs:
        return Provenance.TRANSLATION, [f"The words went through another language: {'; '.join(signs)}."]
    return Provenance.TRANSCRIPT, []


def _take(draft: Draft, document: Document, one: _Utterance, roles: dict[str, Role], subject: Subject) -> None:
    if one.label is None:
        take_background(draft, document, one.blocks)
        return
    role = roles[one.label]
    if not any(char.isalnum() for char in _text(one)):
        return
    for number, block in enumerate(one.blocks):
        join = document.joint(block) if number else " "
        draft.take_pieces(block.pieces, join=join, seconds=block.seconds)
    draft.close_turn(
        role=role,
        speaker=subject.name if role is Role.SUBJECT else one.label,
        certainty=None if role is Role.UNKNOWN else Certainty.LABELLED,
        said_at=one.seconds,
        provenance=_turn_provenance(draft, one, subject),
        language=language_of(_text(one), draft.language if draft.language not in {"zh", "ja", "ko"} else None),
    )


def _turn_provenance(draft: Draft, one: _Utterance, subject: Subject) -> Provenance:
    """In a bilingual page the turns in the other script are the translation."""
    if draft.provenance is Provenance.TRANSCRIPT and is_cjk(_text(one)) and not is_cjk(subject.name):
        return Provenance.TRANSLATION
    return draft.provenance


def _cut_off(utterances: list[_Utterance]) -> list[str]:
    spoken = [one for one in utterances if one.label]
    if spoken and not any(char.isalnum() for char in _text(spoken[-1])):
        return [f"The file breaks off: the last turn (“{spoken[-1].label}”) has no words and was dropped."]
    return []


def _summary(draft: Draft, utterances: list[_Utterance], roles: dict[str, Role], subject: Subject) -> list[str]:
    labels = Counter(one.label for one in utterances if one.label)
    names = ", ".join(f"{label} ({roles[label].value})" for label, _ in labels.most_common(8))
    notes = [f"The text labels its speakers: {names}."]
    if Role.SUBJECT not in roles.values():
        notes.append(f"No label names {subject.name}: nothing is quotable.")
    if any(turn.provenance is Provenance.REPORT for turn in draft.turns):
        notes.append("Headings and text outside the labelled turns are background.")
    return notes


def _interviewers(utterances: list[_Utterance], roles: dict[str, Role]) -> tuple[str, ...]:
    """Return the others who speak at least a tenth as many turns as anyone, when the subject speaks."""
    if Role.SUBJECT not in roles.values():
        return ()
    counts = Counter(one.label for one in utterances if one.label)
    most = max(counts.values())
    found = {
        label_key(label): label for label, count in counts.items() if roles[label] is Role.OTHER and count * 5 >= most
    }
    return tuple(found.values())


def _text(one: _Utterance) -> str:
    return " ".join(block.text for block in one.blocks)
