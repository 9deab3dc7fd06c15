"""A real Postgres on a free port of this machine, where its programs are installed (`apt-get install postgresql`)."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.programs import free_port


class Postgres:
    """A server in a folder; it can be stopped, and started again over the same data."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self._programs = newest_programs()
        self._run("initdb", "-A", "trust", "-U", "ilya", "-E", "UTF8", "--no-sync", "-D", str(folder / "data"))

    def url(self, database: str = "postgres", scheme: str = "postgresql") -> str:
        """Return the address of a database."""
        return f"{scheme}://ilya@127.0.0.1:{self._port}/{database}"

    def start(self) -> None:
        """Start it and wait until it can be asked."""
        options = f"-p {self._port} -h 127.0.0.1 -k {self._folder} -c fsync=off"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-w", "-D", str(self._folder / "data"), "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self._run("pg_ctl", "-w", "-m", "immediate", "-D", str(self._folder / "data"), "stop")

    def new_database(self, name: str) -> str:
        """Create an empty database; return its address."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self._port), "-U", "ilya", name)
        return self.url(name)

    def _run(self, program: str, *arguments: str) -> None:
        # the server refuses to be root; `postgres` is who Debian's package makes for it
        user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        command = [str(self._programs / program), *arguments]
        done = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, check=False, **user)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr


def newest_programs() -> Path:
    """Return the folder of the server's programs; skips the test where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("no Postgres on this machine: apt-get install postgresql")
    return found[-1].parent


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Yield a running server; nothing is left of it."""
    pytest.importorskip("psycopg", reason="the driver for Postgres is not installed")
    newest_programs()
    own = Path("/tmp") / f"ilya-postgres-{os.getpid()}-{free_port()}"  # a path that `postgres` may enter
    own.mkdir(mode=0o755)
    if os.geteuid() == 0:
        shutil.chown(own, "postgres", "postgres")
    try:
        server = Postgres(own)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(own, ignore_errors=True)
