"""For the records tests: fresh workspaces whose log is a file or a database on a PostgreSQL started here."""

import postgres_server
import pytest
from record_writing import workspace

from dibao_lib.records.log import RecordLog


@pytest.fixture(scope="session")
def server():
    """The socket folder of a PostgreSQL."""
    if postgres_server.programs() is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    with postgres_server.running() as folder:
        yield folder


@pytest.fixture
def shared(server, monkeypatch):
    """The address of an empty database, whose password is in the environment."""
    monkeypatch.setenv("DIBAO_RECORDS_PASSWORD", postgres_server.PASSWORD)
    return postgres_server.emptied(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def inspection(request, tmp_path):
    """A new workspace on each of the two databases."""
    url = request.getfixturevalue("shared") if request.param == "postgresql" else ""
    return workspace(tmp_path / "工作区", url)


@pytest.fixture
def log(inspection):
    """Its log, closed afterwards."""
    with RecordLog.open(inspection) as log:
        yield log


@pytest.fixture
def logs_of(tmp_path):
    """`logs_of("甲")`: the log of a workspace of that name, made when first asked for; all closed afterwards."""
    opened = {}

    def open_one(name):
        if name not in opened:
            opened[name] = RecordLog.open(workspace(tmp_path / name))
        return opened[name]

    yield open_one
    for log in opened.values():
        log.close()
