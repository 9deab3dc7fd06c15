"""The least a verifier can do: whether the claim's words, spaces folded and case ignored, stand in a source."""

import json
import sys

told = json.load(sys.stdin)
texts = [" ".join(text.split()).casefold() for text in told["sources"]]
json.dump([any(" ".join(claim.split()).casefold() in text for text in texts) for claim in told["claims"]], sys.stdout)
