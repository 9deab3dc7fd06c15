"""Print how many slipped labels leak, and the price: `python -m evals.benchmarks.slips [--shared ../shared]`.

Three figures: invented interviews in every layout with every slip at every place; the real labelled interviews of
the shared corpus with one label damaged in each copy; and the share of the subject's words lost on those undamaged.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from evals.benchmarks.slips.clean import clean_files
from evals.benchmarks.slips.damage import PLACES, SLIPS, damaged
from evals.benchmarks.slips.generation import Case, Leak, drawn_cases, every_case, leaked_words, transcript
from evals.benchmarks.slips.written import quotable_spans, words_within
from evals.metrics.intervals import bootstrap
from knowledge.model.source import Source
from knowledge.model.subject import default_subject
from knowledge.readers import read

_NAME = default_subject().name


def main() -> None:
    """Measure what is asked for and print it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--shared", type=Path, default=Path("../shared"), help="where the shared corpus stands")
    asked.add_argument("--cases", type=int, default=0, help="so many cases drawn at random instead of all of them")
    asked.add_argument("--real", type=int, default=100, help="damaged copies of each real file")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    cases = drawn_cases(given.cases, given.seed) if given.cases else list(every_case())
    _print_leaks("invented", len(cases), invented_leaks(cases))
    if (given.shared / "corpus").is_dir():
        _print_leaks("real", *real_leaks(given.shared, given.real, given.seed))
        print_price(given.shared)
    else:
        sys.stdout.write(f"{given.shared}/corpus is not there: nothing measured on real files\n")


def invented_leaks(cases: Iterable[Case]) -> list[Leak]:
    """Return the cases in which words of others became quotable."""
    found = []
    for case in cases:
        slipped = transcript(case, _NAME)
        words = leaked_words(slipped, _read(slipped.text), _NAME)
        found += [Leak(case, words)] if words else []
    return found


def real_leaks(shared: Path, copies: int, seed: int) -> tuple[int, list[Leak]]:
    """Return how many damaged copies of real interviews were read, and those in which words of others leaked."""
    drawn = random.Random(seed)
    found, count = [], 0
    for clean, whole in clean_files(shared, _NAME):
        theirs = [number for number, turn in enumerate(whole.turns) if turn.speaker != _NAME and number]
        for _ in range(copies):
            slip, place = drawn.choice(list(SLIPS)), drawn.choice(list(PLACES))
            number = drawn.choice(theirs)
            slipped = damaged(whole, number, slip, place)
            words = leaked_words(slipped, _read(slipped.text), _NAME)
            found += [Leak(Case(clean.path, slip, place, number), words)] if words else []
            count += 1
    return count, found


def print_price(shared: Path) -> None:
    """Print for each clean file, and for all, which share of the subject's words is not quotable."""
    lost_of_all = of_all = 0
    for clean, whole in clean_files(shared, _NAME):
        his = [turn.words for turn in whole.turns if turn.speaker == _NAME]
        words = words_within(whole.text, his, his)
        lost = words - words_within(whole.text, quotable_spans(_read(whole.text)), his)
        lost_of_all, of_all = lost_of_all + lost, of_all + words
        sys.stdout.write(f"  price {clean.path}: {lost} of {words:,} words lost ({lost / words:.2%})\n")
    sys.stdout.write(f"price: {lost_of_all} of {of_all:,} words lost ({lost_of_all / of_all:.2%})\n")


def _print_leaks(name: str, count: int, leaks: list[Leak]) -> None:
    low, high = bootstrap([1.0] * len(leaks) + [0.0] * (count - len(leaks)))
    sys.stdout.write(f"{name}: {len(leaks)} of {count:,} damaged transcripts leak (95 % {low:.2%}-{high:.2%}), ")
    sys.stdout.write(f"{sum(leak.words for leak in leaks)} words of others quotable\n")
    for leak in leaks[:20]:
        sys.stdout.write(f"  {leak.case}: {leak.words} words\n")
    for part in ("slip", "layout", "place"):
        sys.stdout.write(f"  by {part}: {Counter(getattr(leak.case, part) for leak in leaks).most_common(8)}\n")


def _read(text: str) -> Source:
    return read(text.encode(), origin="interview.txt", source_id="interview", subject=default_subject())


if __name__ == "__main__":
    main()
