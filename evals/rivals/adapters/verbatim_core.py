"""Run by the Python of verbatim-core's own environment: its public extractor, told that a model extracted each claim.

The first argument is its `span_match_mode`: `exact` is its default, `fuzzy` its offer for imperfect text.
"""

import json
import logging
import sys
from types import SimpleNamespace

from verbatim_core.extractors import LLMSpanExtractor  # type: ignore[import-not-found]

logging.disable(logging.CRITICAL)
told = json.load(sys.stdin)
documents = [SimpleNamespace(text=text) for text in told["sources"]]
model = SimpleNamespace(extract_relevant_spans=lambda claim, _document: [claim])
extractor = LLMSpanExtractor(llm_client=model, extraction_mode="individual", span_match_mode=sys.argv[1])
kept = [extractor.extract_spans(claim, documents) for claim in told["claims"]]
json.dump([any(spans.values()) for spans in kept], sys.stdout)
