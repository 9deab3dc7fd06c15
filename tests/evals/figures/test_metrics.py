"""Every metric works as its docstring's example says, and turns red when the fault it is for is planted."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import evals.metrics
from evals.metrics.abstention import Outcome, abstention_precision, abstention_recall, auroc, false_refusals
from evals.metrics.intervals import bootstrap, paired_bootstrap
from evals.metrics.ranking import Place, is_relevant, ndcg_at, reciprocal_rank
from evals.metrics.rates import altered_called_exact, attack_success_rate, cohens_kappa, percentile, rule_of_three
from evals.metrics.spans import (
    Statement,
    citation_length,
    citation_precision,
    citation_recall,
    gold_coverage,
    iou_f1,
    is_sufficient,
    word_f1,
    word_precision,
)

MODULES = [f"evals.metrics.{found.name}" for found in pkgutil.iter_modules(evals.metrics.__path__)]
WITH_EXAMPLES = (
    *MODULES,
    *(f"evals.gates.{name}" for name in ("attribution", "raw_text")),
    *(f"evals.run.systems.{name}" for name in ("baselines", "ours")),
    *("evals.hostile.writers", "evals.run.worlds"),
)
TEXT = "It scales. Nobody knows why it scales so well, but it does."
GOLD = [Place("talk", 0, 10, TEXT[0:10])]


def place(start: int, end: int, source: str = "talk") -> Place:
    return Place(source, start, end, TEXT[start:end])


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_worked_examples_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_metric_has_a_worked_example(name: str) -> None:
    module = importlib.import_module(name)
    functions = [value for _, value in inspect.getmembers(module, inspect.isfunction) if value.__module__ == name]
    public = [function for function in functions if not function.__name__.startswith("_")]
    assert [f.__name__ for f in public if ">>>" not in (f.__doc__ or "")] == []


def test_a_quote_of_the_evidence_is_perfect() -> None:
    assert word_precision([place(0, 10)], GOLD) == gold_coverage([place(0, 10)], GOLD) == 1.0
    assert word_f1([place(0, 10)], GOLD) == iou_f1([place(0, 10)], GOLD) == 1.0
    assert citation_length([place(0, 10)], GOLD) == 1.0


def test_a_shifted_offset_lowers_the_span_metrics() -> None:
    shifted = [place(11, 36)]
    assert word_precision(shifted, GOLD) == word_f1(shifted, GOLD) == iou_f1(shifted, GOLD) == 0.0
    assert not is_sufficient(shifted[0], GOLD)
    assert not is_relevant(shifted[0], GOLD)


def test_the_same_words_elsewhere_do_not_count() -> None:
    assert word_precision([place(28, 37)], GOLD) == 0.0
    assert word_precision([place(0, 10, source="other talk")], GOLD) == 0.0


def test_padding_lowers_precision_and_shows_in_the_length() -> None:
    padded = [place(0, len(TEXT))]
    assert word_precision(padded, GOLD) < 0.25
    assert gold_coverage(padded, GOLD) == 1.0
    assert citation_length(padded, GOLD) > 5


def test_quoting_twice_the_same_words_gains_nothing() -> None:
    assert word_f1([place(0, 10), place(0, 10)], GOLD) == word_f1([place(0, 10)], GOLD)


def test_evidence_further_down_lowers_rank_metrics() -> None:
    assert reciprocal_rank([False, True]) < reciprocal_rank([True])
    assert ndcg_at([False, True], 10, ideal=1) < ndcg_at([True], 10, ideal=1)


def test_an_altered_statement_loses_recall_and_a_stray_citation_precision() -> None:
    assert citation_recall([Statement("It scaled.", ("It scales.",))]) == 0.0
    assert citation_precision([Statement("It scales.", ("It scales.", "Nobody knows why."))]) == 0.5


def test_answering_everything_or_nothing_shows() -> None:
    everything = [Outcome(True, True), Outcome(False, True)]
    nothing = [Outcome(True, False), Outcome(False, False)]
    assert abstention_recall(everything) == 0.0
    assert false_refusals(nothing) == 1.0
    assert abstention_precision(nothing) == 0.5


def test_swapped_confidence_shows() -> None:
    assert auroc([0.1, 0.2], [0.8, 0.9]) == 0.0


def test_altered_called_exact_counts_every_kind_of_wrong_text() -> None:
    assert altered_called_exact([("stitched", "exact"), ("not_found", "exact"), ("exact", "altered")]) == 2


def test_one_successful_attack_shows() -> None:
    assert attack_success_rate(1, 300) > 0
    assert rule_of_three(300) == pytest.approx(0.01)


def test_intervals_hold_their_mean_and_repeat() -> None:
    values = [1.0] * 70 + [0.0] * 30
    low, high = bootstrap(values)
    assert low < 0.7 < high
    assert bootstrap(values) == (low, high)


def test_a_paired_comparison_sees_a_loss() -> None:
    worse = paired_bootstrap([1.0] * 40, [1.0] * 30 + [0.0] * 10)
    assert worse.high < 0
    assert worse.p == 1.0


def test_kappa_of_a_judge_who_guesses_is_zero() -> None:
    assert cohens_kappa(["yes", "yes", "no", "no"], ["yes", "no", "yes", "no"]) == 0.0


def test_percentiles_refuse_nothing() -> None:
    with pytest.raises(ValueError, match="needs values"):
        percentile([], 0.5)
