"""Run by the Python of verbatimeter's own environment: the claim as one quotation, passed where its `--fail` passes."""

import json
import sys

from verbatimeter import check  # type: ignore[import-not-found]

told = json.load(sys.stdin)
verdicts = [any(not check(claim, text).differing_tokens for text in told["sources"]) for claim in told["claims"]]
json.dump(verdicts, sys.stdout)
