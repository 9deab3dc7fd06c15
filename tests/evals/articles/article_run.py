"""How many quotations of invented articles are found, and how many found ones are theirs.

    python -m tests.evals.articles.article_run [held_out|seen] [-v]

In each article ⟦ and ⟧ stand around what is attributed to Oren Talmi. An article of `held_out` has not been looked at
by whoever changes the finder; measured once, it moves to `seen`. First figures of the batches so measured:
precision 58/61, 28/32, 11/12, 31/36; recall 58/74, 28/38, 11/13, 31/40 (files h*, n*, p*, d*); the rules were widened
after each. The 12 of `held_out` (t*) had 22/26 and 22/37 at first; they have been looked at since, and have 31/32 and
31/37. Two batches of ten written outside the repository after the grid of `tests/assistant/documents` was whole had at
first sight 30/35 and 30/42, then 33/37 and 33/41. So expect about .9 and .8 on articles of another hand.
"""

import html
import sys
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from assistant.documents.document_claims import quotations
from assistant.documents.printed_documents import printed_text
from knowledge.model.subject import Subject
from knowledge.text.words import keys

HERE = Path(__file__).parent
OREN = Subject(
    name="Oren Talmi",
    aliases=("Oren", "Talmi", "奥伦·塔尔米", "塔尔米", "奥伦"),
    handles=("orentalmi",),
    pronouns=("he", "him", "his", "他"),
    roles=("founder", "co-founder", "researcher", "scientist"),
    organisations=("Tidewater",),
)


class Score(NamedTuple):
    """What was found of the gold, what of the found is gold, and the texts that went wrong."""

    gold: int
    recalled: int
    found: int
    right: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def article(path: Path) -> tuple[str, list[str]]:
    """Return an article as its readers see it and the quotations its marks stand around."""
    marked = path.read_text(encoding="utf-8")
    gold = [part.split("⟧")[0] for part in marked.split("⟦")[1:]]
    return marked.replace("⟦", "").replace("⟧", ""), [html.unescape(one) for one in gold]


def score(path: Path) -> Score:
    """Return how an article comes out; each printing counts, and halves of a sentence count by themselves."""
    text, gold = article(path)
    printed = printed_text(text)
    found = []
    for one in quotations(printed, OREN):
        found += [printed.text[start:end] for start, end in one.parts] or [one.text]
    open_gold, wrong = list(gold), []
    for told in found:
        match = next((one for one in open_gold if _same(one, told)), None)
        if match is None:
            wrong.append(told)
        else:
            open_gold.remove(match)
    return Score(
        len(gold), len(gold) - len(open_gold), len(found), len(found) - len(wrong), tuple(open_gold), tuple(wrong)
    )


def total(folder: str) -> tuple[Score, list[tuple[str, Score]]]:
    """Return the sum over a folder of articles, and each by its name."""
    rows = [
        (path.name, score(path))
        for path in sorted((HERE / folder).iterdir())
        if path.suffix in (".md", ".txt", ".html")
    ]
    numbers = [sum(one[field] for _, one in rows) for field in range(4)]
    return Score(*numbers, (), ()), rows


def interval(hits: int, count: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    if not count:
        return 0.0, 1.0
    share, z = hits / count, 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return middle - half, middle + half


def _same(gold: str, told: str) -> bool:
    one, other = keys(gold), keys(told)
    return one == other


def main() -> None:
    """Print the figures."""
    folders = [name for name in ("held_out", "seen") if name in sys.argv] or ["held_out", "seen"]
    for folder in folders:
        if not (HERE / folder).is_dir():
            continue
        whole, rows = total(folder)
        if "-v" in sys.argv:
            for name, one in rows:
                for told in one.missed:
                    sys.stdout.write(f"{name} missed: {told}\n")
                for told in one.wrong:
                    sys.stdout.write(f"{name} wrong: {told}\n")
        sys.stdout.write(f"{folder}: {len(rows)} articles, {whole.gold} quotations\n")
        for name, hits, count in (("precision", whole.right, whole.found), ("recall", whole.recalled, whole.gold)):
            low, high = interval(hits, count)
            sys.stdout.write(f"  {name:9} {hits}/{count} = {hits / max(count, 1):.3f} [{low:.3f}, {high:.3f}]\n")


if __name__ == "__main__":
    main()
