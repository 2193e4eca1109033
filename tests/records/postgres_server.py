"""A PostgreSQL server of the tests' own: on a socket in a temporary folder, user dibao with a password, one database."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "drawn-for-this-test"


def programs():
    """The folder with initdb and pg_ctl, None where no server is installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(installed[-1]) if installed else shutil.which("initdb")
    return Path(found).parent if found else None


def _as_server(*words):
    """Runs a server program; PostgreSQL refuses to be root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *map(str, words)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def running():
    """The socket folder of a server that lives as long as the block."""
    # a socket's path may have 107 bytes at most
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    secret = folder / "secret"
    secret.write_text(PASSWORD)
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        for path in (folder, secret):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    options = ("-U", "dibao", "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync", "-E", "UTF8", "--locale=C")
    _as_server(programs() / "initdb", "-D", data, *options)
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    _as_server(programs() / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
    try:
        yield folder
    finally:
        _as_server(programs() / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def emptied(folder):
    """Empties the server's one database and gives its address, without password."""
    import psycopg

    with psycopg.connect(host=str(folder), user="dibao", password=PASSWORD, dbname="postgres") as link:
        link.execute("DROP SCHEMA public CASCADE")
        link.execute("CREATE SCHEMA public")
    return f"postgresql://dibao@/postgres?host={folder}"
