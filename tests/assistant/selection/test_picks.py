import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Reason
from assistant.selection.picks import MAX_PICKS, Pick, PickReader

TWO = '{"picks":[{"passage":1,"first":2,"last":12},{"passage":3,"first":1,"last":1}],"unanswerable":null}'


def read(*pieces: str) -> tuple[list[Pick | None], PickReader]:
    reader = PickReader()
    return [pick for piece in pieces for pick in reader.feed(piece)], reader


def numbers(picks: list[Pick | None]) -> list[tuple[int, int, int]]:
    return [(pick.passage, pick.first, pick.last) for pick in picks if pick]


def test_each_pick_comes_with_its_closing_brace() -> None:
    reader = PickReader()
    arrived = [(index, pick) for index, char in enumerate(TWO) for pick in reader.feed(char)]
    assert [TWO[index] for index, _ in arrived] == ["}", "}"]
    assert arrived[0][0] < TWO.index("3")
    assert numbers([pick for _, pick in arrived]) == [(1, 2, 12), (3, 1, 1)]
    assert reader.finished


@pytest.mark.parametrize(
    "text",
    [
        f"Of course!\n```json\n{TWO}\n```\nHope {{this}} helps",
        f'<think>maybe {{"picks":[{{"passage":9}}]}}</think>{TWO}',
        TWO.replace(":", " : ").replace(",", " ,\n"),
        '{"thoughts":"a } and a {","picks":' + TWO.removeprefix('{"picks":'),
        '{"unanswerable":null,"picks":[{"passage":1,"first":2,"last":12,"why":"}"},{"passage":3,"first":1,"last":1}]}',
    ],
)
def test_what_stands_around_the_picks_does_not_matter(text: str) -> None:
    for pieces in ([text], list(text), [text[:40], text[40:]]):
        picks, reader = read(*pieces)
        assert numbers(picks) == [(1, 2, 12), (3, 1, 1)]
        assert None not in picks
        assert reader.finished


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_read_from_a_whole_reply_only(reason: Reason) -> None:
    text = json.dumps({"picks": [], "unanswerable": reason})
    assert read(text)[1].reason is reason
    assert read(text[:-1])[1].reason is None
    assert read(json.dumps({"unanswerable": reason, "picks": []}))[1].reason is reason


def test_other_reasons_are_none() -> None:
    for given_reason in ("because", 1, None, [], {"a": 1}, "NO_EVIDENCE"):
        assert read(json.dumps({"picks": [], "unanswerable": given_reason}))[1].reason is None


@pytest.mark.parametrize(
    "item",
    ['"x"', "7", "null", "[1,1,1]", "{}", '{"passage":1,"first":1}', '{"passage":1.0,"first":1,"last":1}',
     '{"passage":true,"first":1,"last":1}', '{"passage":"1","first":1,"last":1}', '{"passage":0,"first":1,"last":1}',
     '{"passage":1e9,"first":1,"last":1}', '{"passage":123456789012345678901234567890,"first":1,"last":1}'],
)  # fmt: skip
def test_what_is_not_three_whole_numbers_is_not_a_pick(item: str) -> None:
    picks, _ = read(f'{{"picks":[{item},{{"passage":1,"first":1,"last":1}}],"unanswerable":null}}')
    assert picks == [None, Pick(passage=1, first=1, last=1)]


def test_a_reply_is_not_read_for_ever() -> None:
    many = ",".join(['{"passage":1,"first":1,"last":1}'] * 5_000)
    picks, reader = read('{"picks":[' + many)
    assert len(picks) == MAX_PICKS
    assert reader.finished
    _, reader = read('{"picks":["' + "}" * 60_000)
    assert reader.finished
    _, reader = read('{"picks":' + "[" * 60_000 + "}")
    assert reader.finished


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PICKISH = st.fixed_dictionaries({name: st.integers(-2, 9) | JSON for name in ("passage", "first", "last")})
REPLY = st.fixed_dictionaries({"picks": st.lists(PICKISH | JSON, max_size=6) | JSON, "unanswerable": JSON})
TEXT = REPLY.map(json.dumps) | REPLY.map(lambda value: json.dumps(value, ensure_ascii=False)) | st.text()


@settings(max_examples=400, deadline=None)
@given(before=st.text(max_size=20), text=TEXT, after=st.text(max_size=20), cuts=st.lists(st.integers(0, 400)))
def test_any_reply_reads_the_same_in_any_pieces(before: str, text: str, after: str, cuts: list[int]) -> None:
    whole = before + text + after
    places = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    at_once, _ = read(whole)
    in_pieces, _ = read(*(whole[start:end] for start, end in pairwise(places)))
    assert in_pieces == at_once
    assert all(pick is None or min(pick.passage, pick.first, pick.last) >= 1 for pick in at_once)
