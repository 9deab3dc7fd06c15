"""Reading NumPy's files from several threads of one process.

CPython 3.11 keeps the depth of its syntax trees in one place for all threads, and NumPy reads the head of a file as
such a tree: two files opened at once ended in a `SystemError` of `ast.parse` once in some ten runs of the stress
(https://github.com/python/cpython/issues/106905). So one file's head is read at a time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

reads_one_at_a_time = RLock()
"""Held by whoever reads such files through another library."""


def load_array(path: Path, *, mapped: bool = False) -> NDArray[Any]:
    """Return the array of an .npy file, read or mapped from disk."""
    with reads_one_at_a_time:
        found: NDArray[Any] = np.load(path, mmap_mode="r" if mapped else None)
        return found


def load_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of an .npz file by name."""
    with reads_one_at_a_time, np.load(path) as held:
        return dict(held)


@contextmanager
def array_file(
    path: Path, kind: type[np.number[Any]], shape: tuple[int, ...]
) -> Iterator[Callable[[NDArray[Any]], None]]:
    """Yield a function that appends rows to an .npy file of this shape.

    Files are written, not mapped: on a full disk a mapped file ends the process.
    """
    with path.open("wb") as file:
        described = {"descr": np.lib.format.dtype_to_descr(np.dtype(kind)), "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(file, described)

        def append(rows: NDArray[Any]) -> None:
            file.write(np.ascontiguousarray(rows).data)

        yield append
