"""Run by the Python of krokai's own environment: what `krokai quote` asks, over the sources as files of its corpus."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from krokai.corpus import Corpus  # type: ignore[import-not-found]
from krokai.verdicts import CLEAN  # type: ignore[import-not-found]
from krokai.verify import check  # type: ignore[import-not-found]

told = json.load(sys.stdin)
with TemporaryDirectory() as folder:
    for number, text in enumerate(told["sources"]):
        Path(folder, f"source-{number}.txt").write_text(text, encoding="utf-8")
    corpus = Corpus([folder], quiet=True)
    json.dump([check(claim, corpus)[0] in CLEAN for claim in told["claims"]], sys.stdout)
