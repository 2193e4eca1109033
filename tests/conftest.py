"""For all tests: one made-up county, imported and checked once for all processes of a run, and the command line."""

import datetime as dt
import fcntl
import hashlib
import json
import os
import pickle
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, settings

from dibao_lib.checks import run_checks
from dibao_lib.cli import main
from dibao_lib.demo import County, build_county, demo_day, write_workbooks
from dibao_lib.demo.draws import draw_townships
from dibao_lib.demo.records import Campaign, write_records
from dibao_lib.evidence.intake import import_files
from dibao_lib.plan import Plan
from dibao_lib.records.publish import publish
from dibao_lib.shipped import shipped
from dibao_lib.workspace import Inspection

SEED = 1

# a busy machine is no fault of the code
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")
# one where the demo's campaign leaves irregularities, one where it does not
RECORDED = ("361181001", "361181103")


@dataclass(frozen=True)
class Inspected:
    """The county after its workbooks went through intake and checks."""

    county: County
    inspection: Inspection
    findings: pd.DataFrame


@dataclass(frozen=True)
class Recorded:
    """The county with the field records of two townships."""

    county: County
    inspection: Inspection
    campaign: Campaign
    findings: pd.DataFrame


@pytest.fixture(scope="session")
def plan():
    return Plan.read(shipped("templates") / "plans" / "dexing.toml")


@pytest.fixture(scope="session")
def county(plan):
    return build_county(plan, SEED)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """`made_once(name, make)`: a copy, for this process, of the workspace `make(folder)` makes once for all processes."""
    own = tmp_path_factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def workspace(name, make):
        made = common / f"{name}-made"
        with (common / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                if not made.exists():
                    half = tmp_path_factory.mktemp(name) / "half"
                    make(half)
                    half.rename(made)
            finally:
                # a process that `make` started may hold the file open still
                fcntl.flock(lock, fcntl.LOCK_UN)
        return Inspection.open(shutil.copytree(made, tmp_path_factory.mktemp(name) / "workspace"))

    return workspace


@pytest.fixture(scope="session")
def inspected(county, made_once):
    def make(folder):
        inspection = Inspection.create(folder)
        write_workbooks(county, inspection.inbox)
        import_files(inspection, [inspection.inbox], dt.datetime(2011, 6, 1, 9, 0))
        draw_townships(inspection, demo_day(inspection.plan))
        run_checks(inspection, demo_day(inspection.plan))

    inspection = made_once("inspected", make)
    return Inspected(county, inspection, inspection.findings())


@pytest.fixture(scope="session")
def recorded(inspected, made_once):
    """The inspected county after teams recorded what they saw in two townships, checked again."""

    def make(folder):
        shutil.copytree(inspected.inspection.folder, folder, ignore=_only_evidence)
        inspection = Inspection.open(folder)
        day = demo_day(inspection.plan)
        campaign = write_records(inspected.county, inspection, RECORDED, day)
        (folder / "campaign.pickle").write_bytes(pickle.dumps(campaign))
        publish(inspection)
        run_checks(inspection, day)

    inspection = made_once("recorded", make)
    campaign = pickle.loads((inspection.folder / "campaign.pickle").read_bytes())
    return Recorded(inspected.county, inspection, campaign, inspection.findings())


@pytest.fixture
def write_evidence():
    """`write_evidence(inspection, table, rows)` changes the evidence of a test."""
    return write_table


@pytest.fixture
def dibao(monkeypatch, capsys):
    """Runs `dibao ...` and gives (exit code, standard output, standard error)."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["dibao", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    monkeypatch.delenv("DIBAO_WORKSPACE", raising=False)
    return run


@pytest.fixture
def own_copy(inspected, tmp_path):
    """The inspected county without its workbooks, for a test that changes or reports on it."""
    folder = tmp_path / "workspace"
    shutil.copytree(inspected.inspection.folder, folder, ignore=_only_evidence)
    return Inspection.open(folder)


def write_table(inspection: Inspection, name: str, table: pa.Table) -> None:
    """Puts rows into the evidence of a test as an import would: the manifest knows them."""
    path, manifest = inspection.evidence / f"{name}.parquet", inspection.evidence / "manifest.json"
    pq.write_table(table, path)
    content = json.loads(manifest.read_bytes())
    content["tables"][name]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(content), encoding="utf-8")


def _only_evidence(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if Path(folder).name in ("inbox", "inspection_reports")}
