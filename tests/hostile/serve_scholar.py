"""Serve the scripted good model for a suite's questions: `python -m tests.hostile.serve_scholar shared`.

In another terminal, with the address it prints:
`ILYA_MODEL=scholar OPENAI_BASE_URL=http://127.0.0.1:…/v1 ilya eval shared --selector model`.
It shows whether anything after selection loses what a good model chose.
"""

import sys

from evals.hostile.endpoint_server import serving
from evals.hostile.writers import knows
from evals.suite.cases import ConversationCase, QuestionCase
from evals.suite.suite_file import Suite, find_suite


def gold_of(suite: Suite) -> dict[str, list[str]]:
    """Return the evidence of every question of a suite, by the question's words."""
    gold: dict[str, list[str]] = {}
    for one in suite.written:
        case = one.case
        if isinstance(case, QuestionCase):
            gold[case.question] = [evidence.text for evidence in case.evidence]
        elif isinstance(case, ConversationCase):
            gold |= {turn.question: [evidence.text for evidence in turn.evidence] for turn in case.turns}
    return gold


if __name__ == "__main__":
    with serving(knows(gold_of(find_suite(sys.argv[1])))) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()
