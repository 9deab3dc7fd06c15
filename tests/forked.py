"""Processes of ours without their imports: forked from a server that has imported Gradio, Chroma and the rest once.

Each is a process of its own, with an environment, standard streams and an exit code of its own; what differs from one
started by its path is only the seconds of importing. What depends on how the interpreter starts (limits of the shell,
encodings, `python -c`) is tested with real ones.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.warm_imports"])


def ilya(*arguments: str | Path, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of `ilya` over a data folder; return what it said, wherever it is wide enough for a table."""
    words = [str(argument) for argument in arguments]
    given = {**os.environ, "ILYA_HOME": str(home), "COLUMNS": "200", **environment}
    with tempfile.TemporaryDirectory() as folder:
        said, errors = Path(folder, "stdout"), Path(folder, "stderr")
        process = _FORKS.Process(target=_command, args=(words, given, str(said), str(errors)))
        process.start()
        process.join()
        assert process.exitcode is not None
        told = said.read_text(encoding="utf-8"), errors.read_text(encoding="utf-8")
        done = subprocess.CompletedProcess(["ilya", *words], process.exitcode, *told)
        process.close()
    return done


@contextmanager
def running(
    act: Callable[..., None], *arguments: str, environment: Mapping[str, str], log: Path
) -> Iterator[tuple[Callable[[], str], multiprocessing.process.BaseProcess]]:
    """Run a function in a process until the block ends; yield what reads a line it printed, and the process.

    Args:
        act: what is run; a function of a module.
        arguments: what it is called with.
        environment: all of the process's environment.
        log: where its standard error goes.
    """
    reads, writes = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=_act, args=(act, arguments, dict(environment), writes, str(log)))
    process.start()
    writes.close()
    with os.fdopen(os.dup(reads.fileno()), encoding="utf-8") as said:
        reads.close()
        try:
            yield said.readline, process
        finally:
            process.terminate()
            process.join(20)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()


def _command(words: list[str], environment: dict[str, str], said: str, errors: str) -> None:
    from ui.cli import main

    _stand_in(environment, os.open(said, os.O_WRONLY | os.O_CREAT), os.open(errors, os.O_WRONLY | os.O_CREAT))
    sys.argv = ["ilya", *words]
    main()


def _act(
    act: Callable[..., None],
    arguments: tuple[str, ...],
    environment: dict[str, str],
    said: multiprocessing.connection.Connection,
    log: str,
) -> None:
    _stand_in(environment, said.fileno(), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    said.close()
    act(*arguments)


def _stand_in(environment: dict[str, str], said: int, errors: int) -> None:
    """Give this process the environment and the standard streams that a shell would have given it."""
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(said, 1)
    os.dup2(errors, 2)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
