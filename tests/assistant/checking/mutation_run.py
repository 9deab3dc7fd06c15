"""The whole mutation test over real interviews of others: `python -m tests.assistant.checking.mutation_run [COUNT]
[SEED]`.

Each labelled interview of ../shared/corpus/other-speakers is read as if its guest were the person we quote; COUNT
mutations and COUNT / 4 honest variants are made of every kind and interview, and what is called exact is counted.
"""

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from assistant.checking import Verdict
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.readers import read
from tests.assistant.checking.mutations import BY_CHARACTERS, DISHONEST, HONEST
from tests.assistant.checking.worlds import World
from tests.assistant.transcripts import SHARED

GUESTS = {
    "axrp-24-leike-labelled.md": Subject(name="Jan Leike", aliases=("Leike",)),
    "dwarkesh-jang-labelled-with-data-uri.md": Subject(name="Eric Jang", aliases=("Jang",)),
    "lenny-turley-labelled.md": Subject(name="Nick Turley", aliases=("Turley",)),
    "lex-419-altman-labelled.txt": Subject(name="Sam Altman", aliases=("Altman",)),
    "practical-ai-126-labelled.md": Subject(name="Ville Tuulos", aliases=("Ville",)),
}
_TRIES = 30  # sentences tried for each mutation that is wanted


def interviews() -> list[tuple[Source, Subject]]:
    """Return the interviews that can be read as their guest's, each with its guest."""
    folder = SHARED / "corpus" / "other-speakers"
    found = []
    for name, guest in GUESTS.items():
        raw = (folder / name).read_bytes()
        source = read(raw, origin=name, source_id=Path(name).stem, subject=guest)
        if source.quotable_words():
            found.append((source, guest))
    return found


def dishonest(world: World, name: str, count: int, seed: str) -> tuple[list[str], Counter[str]]:
    """Return the mutations called exact, and how often each verdict was given."""
    dice, wrong, verdicts = random.Random(f"{name}{seed}"), [], Counter[str]()
    for _ in range(count * _TRIES):
        changed = DISHONEST[name](dice.choice(world.his), dice, world.his)
        if changed is None or world.truly_said(changed, by_characters=name in BY_CHARACTERS):
            continue
        verdict = world.checker.check(changed).verdict
        verdicts[verdict.value] += 1
        if verdict is Verdict.EXACT:
            wrong.append(changed)
        if verdicts.total() == count:
            break
    return wrong, verdicts


def honest(world: World, name: str, count: int, seed: str) -> tuple[list[str], Counter[str]]:
    """Return the honest variants not called exact, and how often each verdict was given."""
    dice, wrong, verdicts = random.Random(f"{name}{seed}"), [], Counter[str]()
    for _ in range(count * _TRIES):
        rewritten = HONEST[name](dice.choice(world.his), dice)
        if rewritten is None:
            continue
        verdict = world.checker.check(rewritten).verdict
        verdicts[verdict.value] += 1
        if verdict is not Verdict.EXACT:
            wrong.append(f"{verdict.value}: {rewritten}")
        if verdicts.total() == count:
            break
    return wrong, verdicts


def _main(count: int, seed: str) -> None:
    told: dict[str, tuple[list[str], Counter[str]]] = {}
    for source, guest in interviews():
        with tempfile.TemporaryDirectory() as folder:
            world = World(Path(folder), [source], guest)
            for table, run, share in ((DISHONEST, dishonest, 1), (HONEST, honest, 4)):
                for name in table:
                    if name == "with his name":
                        continue
                    wrong, verdicts = run(world, name, max(count // share, 1), seed)
                    kept, sums = told.setdefault(f"{run.__name__}: {name}", ([], Counter()))
                    kept += wrong
                    sums.update(verdicts)
    for name, (wrong, verdicts) in told.items():
        sys.stdout.write(f"{name:48} wrong {len(wrong):3} of {verdicts.total():5}   {dict(verdicts)}\n")
        sys.stdout.write("".join(f"      {text}\n" for text in wrong[:6]))
    for kind in ("dishonest", "honest"):
        rows = [row for name, row in told.items() if name.startswith(kind + ":")]
        wrong_ones, tried = sum(len(row[0]) for row in rows), sum(row[1].total() for row in rows)
        sys.stdout.write(f"{kind}: {wrong_ones} wrong of {tried}\n")


if __name__ == "__main__":
    _main(int(sys.argv[1]) if len(sys.argv) > 1 else 60, sys.argv[2] if len(sys.argv) > 2 else "")
