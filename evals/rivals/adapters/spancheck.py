"""Run by the Python of spancheck's own environment: sources and claims come in as JSON, verdicts go out as JSON."""

import json
import sys

from spancheck import verify_citation

told = json.load(sys.stdin)
contexts = told["sources"]
json.dump([bool(verify_citation(claim, contexts, answer=claim).span_found) for claim in told["claims"]], sys.stdout)
