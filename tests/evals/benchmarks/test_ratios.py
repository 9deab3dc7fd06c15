"""`ilya bench` prints a line for every ratio and tells by its exit code whether one missed its target."""

from itertools import islice

import pytest

from assistant import Assistant
from evals.benchmarks.bench_run import answers_beside_queries, memory_over_questions, questions, reimports
from evals.benchmarks.ratios import Ratio


@pytest.mark.parametrize(
    ("values", "at_least", "reached"),
    [((1.0, 3.0, 2.0), True, True), ((1.0, 1.9, 9.0), True, False), ((2.0,), False, True), ((2.1,), False, False)],
)
def test_the_median_keeps_the_bound(values: tuple[float, ...], at_least: bool, reached: bool) -> None:
    ratio = Ratio("one", values, 2.0, at_least=at_least)
    assert ratio.is_reached is reached
    assert ratio.line().endswith("reached" if reached else "missed")


def test_the_questions_stand_in_both_languages() -> None:
    told = list(islice(questions(), 2))
    assert told[0].isascii()
    assert not told[1].isascii()


def test_throughput_and_memory_are_ratios_of_one_run(assistant: Assistant) -> None:
    found = [
        *answers_beside_queries(assistant, rounds=1, seconds=0.2),
        *memory_over_questions(assistant, asked=6, warm=3),
    ]
    assert [len(ratio.values) for ratio in found] == [1, 1]
    assert all(value > 0 for ratio in found for value in ratio.values)


def test_an_unchanged_folder_is_imported_many_times_faster() -> None:
    ratio = next(reimports(rounds=1))
    assert ratio.values[0] > 1
