"""A PostgreSQL server that runs as long as its tests do."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import sqlalchemy as sql

from autograder.worker import privileges

READY_SECONDS = 60
PASSWORD = "pass-" + secrets.token_hex(8)


@pytest.fixture(scope="session")
def postgresql(free_port):
    """The URL of a server that runs as long as the tests do; it wants a password."""
    programs = _programs()
    owner = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="layerwise-postgresql-") as folder:
        word = Path(folder, "password")
        word.write_text(PASSWORD)
        if owner:  # initdb refuses root
            for path in (Path(folder), word):
                shutil.chown(path, owner, pwd.getpwnam(owner).pw_gid)
        server = Server(programs, Path(folder), owner)
        try:
            yield server.start(free_port)
        finally:
            server.stop()


@pytest.fixture
def new_database(postgresql):
    """Makes an empty database, and returns its URL."""

    def make():
        name = f"test_{secrets.token_hex(6)}"
        engine = sql.create_engine(postgresql, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sql.text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return sql.make_url(postgresql).set(database=name).render_as_string(hide_password=False)

    return make


@pytest.fixture
def database(new_database):
    """The URL of an empty database."""
    return new_database()


@pytest.fixture
def databases(new_database):
    """The URLs of two empty ones."""
    return new_database(), new_database()


class Server:
    """One PostgreSQL server in a folder of its own."""

    def __init__(self, programs, folder, owner):
        self.programs, self.folder = programs, folder
        self.account = {"user": owner, "group": pwd.getpwnam(owner).pw_gid} if owner else {}
        self.process = None

    def start(self, port):
        data = str(self.folder / "data")
        password = f"--pwfile={self.folder / 'password'}"
        access = ("-U", "grader", "--auth=scram-sha-256", password)
        self._once("initdb", "-D", data, *access, "--no-sync", "--encoding=UTF8", "--locale=C")
        options = {"listen_addresses": "127.0.0.1", "port": port, "fsync": "off",
                   "unix_socket_directories": str(self.folder)}  # fmt: skip
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", data, *(f"--{k}={v}" for k, v in options.items())],
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "log").open("wb"),
            cwd=self.folder,
            preexec_fn=privileges.end_with_parent,
            extra_groups=[],
            **self.account,
        )
        url = f"postgresql+psycopg2://grader:{PASSWORD}@127.0.0.1:{port}/postgres"
        self._wait(sql.create_engine(url, poolclass=sql.NullPool))
        return url

    def stop(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)  # at once, whoever is connected
            self.process.wait(READY_SECONDS)

    def _once(self, program, *arguments):
        done = subprocess.run(
            [self.programs / program, *arguments],
            capture_output=True, text=True, cwd=self.folder, extra_groups=[], **self.account,
        )  # fmt: skip
        assert done.returncode == 0, f"{program} failed: {done.stderr}"

    def _wait(self, engine):
        until = time.monotonic() + READY_SECONDS
        while not _answers(engine):
            log = (self.folder / "log").read_text()
            assert self.process.poll() is None, f"PostgreSQL did not start: {log}"
            assert time.monotonic() < until, f"PostgreSQL does not answer: {log}"
            time.sleep(0.1)


def _answers(engine):
    try:
        with engine.connect():
            return True
    except sql.exc.OperationalError:
        return False


def _programs():
    """The folder of PostgreSQL's programs, which Debian keeps out of PATH."""
    found = [Path(path).resolve().parent for path in [shutil.which("postgres")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    for folder in reversed(found):
        if (folder / "initdb").exists():
            return folder
    missing = "PostgreSQL is missing: run “make test-services”, which installs it."
    if without := os.environ.get("LAYERWISE_WITHOUT_POSTGRESQL"):
        pytest.skip(without)
    pytest.fail(missing)
