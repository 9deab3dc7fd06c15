"""Tables whose rows are turns: a column of names that take turns, a column of words, perhaps a column of times."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from knowledge.formats.blocks import Block, BlockKind
from knowledge.formats.timed.timestamps import stamp_at
from knowledge.metadata.label_names import is_name, label_key
from knowledge.model.source import count_words

_HEADS = frozenset(["speaker", "name", "who", "participant", "person", "说话人", "发言人", "讲者", "人物"])
_MIN_SHARE = 0.8
_MIN_TURNS = 2
_MIN_WORDS = 0.3
"""A column with so many words beside the fullest holds words too: a table in two languages."""

Row = dict[int, list[Block]]


def with_table_turns(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the rows of every table of turns as labelled paragraphs; other tables stay as they are."""
    found: list[Block] = []
    for in_table, members in groupby(blocks, key=lambda block: block.cell is not None):
        cells = list(members)
        found += _turns(cells) if in_table else cells
    return tuple(found)


def _turns(cells: list[Block]) -> list[Block]:
    rows: dict[int, Row] = defaultdict(lambda: defaultdict(list))
    for block in cells:
        if block.cell:
            rows[block.cell[0]][block.cell[1]].append(block)
    columns = sorted({column for row in rows.values() for column in row})
    texts = {column: [_text(row.get(column, [])) for row in rows.values()] for column in columns}
    names = next((column for column in columns if _are_names(texts[column])), None)
    times = next((column for column in columns if _are_times(texts[column])), None)
    rest = [column for column in columns if column not in (names, times)]
    if names is None or not rest:
        return cells
    weights = {column: sum(count_words(text) for text in texts[column]) for column in rest}
    words = [column for column in rest if weights[column] >= _MIN_WORDS * max(weights.values())]
    found: list[Block] = []
    for row in rows.values():
        name = _text(row.get(names, []))
        if name.casefold() in _HEADS:
            found += [block for blocks in row.values() for block in blocks]
            continue
        stamp = stamp_at(_text(row.get(times, []))) if times is not None else None
        seconds = stamp.seconds if stamp else None
        found += [block for column in rest if column not in words for block in row.get(column, [])]
        for number, block in enumerate(block for column in words for block in row.get(column, [])):
            said = replace(block, kind=BlockKind.PARAGRAPH, speaker=name or None, seconds=seconds)
            found.append(replace(said, follows=bool(number)))
    return found


def _text(blocks: Sequence[Block]) -> str:
    return " ".join(" ".join(block.text for block in blocks).split()).strip(" :：")


def _are_names(texts: Sequence[str]) -> bool:
    """Whether a column names speakers: two at least, each for two rows, and they change."""
    given = [text for text in texts if text and text.casefold() not in _HEADS]
    keys = [label_key(text) for text in given]
    often = [key for key, count in Counter(keys).items() if count >= _MIN_TURNS]
    named = sum(is_name(text) for text in given)
    changes = sum(left != right for left, right in pairwise(keys))
    return len(often) >= 2 and changes >= 2 and named >= _MIN_SHARE * len(given) and len(set(keys)) <= len(keys) / 2


def _are_times(texts: Sequence[str]) -> bool:
    given = [text for text in texts if text]
    return bool(given) and sum(stamp_at(text) is not None for text in given) >= _MIN_SHARE * len(given)
