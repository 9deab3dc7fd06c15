"""The English encoder: one pass over a text gives a state and a short unit vector for every word piece of it.

all-MiniLM-L6-v2, fine-tuned on interviewers' questions and their answers (`weights/MODEL_CARD.md`), as int8 ONNX.
Vectors of sentences are means over the states of the whole text they stand in ("late chunking", Günther et al. 2024);
the short vectors are compared piece by piece (MaxSim of ColBERT, Khattab & Zaharia 2020).
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "weights"
LONGEST = 384
"""Word pieces of a text that are read; the rest has no vectors of its own."""
_LONGEST_QUESTION = 64
"""Word pieces of a question that are read; what follows is not heard."""
_BATCH_PIECES = 1_024
"""Word pieces encoded at once, padding included."""

Floats = NDArray[np.float32]


class Encoded(NamedTuple):
    """What the encoder makes of one text of `pieces` word pieces, the two that frame it left out.

    `states`: shape (pieces, 384). `short`: unit vectors, shape (pieces, 96). `spans`: the characters [start, end) of
    each piece, shape (pieces, 2).
    """

    states: Floats
    short: Floats
    spans: NDArray[np.int64]

    def mean(self, start: int, end: int) -> Floats:
        """Return the unit mean of the states of the characters [start, end); of the whole text where it has none."""
        inside = (self.spans[:, 0] < end) & (self.spans[:, 1] > start)
        states = self.states[inside] if inside.any() else self.states
        mean = states.mean(axis=0) if len(states) else np.zeros(self.states.shape[1], dtype=np.float32)
        unit: Floats = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return unit


class EnglishEncoder:
    """Runs the shipped weights; texts in other languages give vectors of little use.

    Args:
        workers: batches that run side by side, each on one core.
    """

    def __init__(self, *, workers: int = 2) -> None:
        self._workers = workers

    @cached_property
    def fingerprint(self) -> str:
        """Return a name that changes with the weights."""
        return f"minilm-{sha256((WEIGHTS / 'encoder.onnx').read_bytes()).hexdigest()[:12]}"

    def question(self, text: str) -> Encoded:
        """Return what is made of a question, at most 64 word pieces of it."""
        return next(self._encode([text], _LONGEST_QUESTION))

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Return what is made of each text, at most `LONGEST` word pieces of each."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        batches = list(_batches(order, texts))
        found: list[Encoded | None] = [None] * len(texts)
        with ThreadPoolExecutor(self._workers) as pool:
            made = pool.map(lambda batch: list(self._encode([texts[place] for place in batch], LONGEST)), batches)
            for batch, encoded in zip(batches, made, strict=True):
                for place, one in zip(batch, encoded, strict=True):
                    found[place] = one
        return [one for one in found if one is not None]

    def _encode(self, texts: Sequence[str], longest: int) -> Iterator[Encoded]:
        read = [self._tokenizer.encode(text or " ") for text in texts]
        lengths = [min(len(one.ids), longest) for one in read]
        ids = np.zeros((len(texts), max(lengths)), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, (one, length) in enumerate(zip(read, lengths, strict=True)):
            ids[row, :length] = one.ids[:length]
            mask[row, :length] = 1
        states, short = self._session.run(["states", "short"], {"input_ids": ids, "attention_mask": mask})
        for row, (one, length) in enumerate(zip(read, lengths, strict=True)):
            # the first piece frames the text, and the last one where it is not cut off
            last = length - (length == len(one.ids))
            spans = np.array(one.offsets[1:last], dtype=np.int64).reshape(-1, 2)
            yield Encoded(states[row, 1:last], short[row, 1:last], spans)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        found = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
        found.no_padding()
        found.no_truncation()
        return found

    @cached_property
    def _session(self) -> "InferenceSession":
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return InferenceSession(str(WEIGHTS / "encoder.onnx"), options, providers=["CPUExecutionProvider"])


def _batches(order: Iterable[int], texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield texts of like length together, so that little is padded."""
    batch: list[int] = []
    for place in order:
        pieces = len(texts[place]) // 4 + 2
        if batch and pieces * (len(batch) + 1) > _BATCH_PIECES:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
