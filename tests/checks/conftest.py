"""Workspaces for the tests of the checks' machinery; the finished run is shared and only read."""

from __future__ import annotations

from pathlib import Path

import bad_county
import pytest

from dibao_lib import Inspection
from dibao_lib.checks import CheckRun, run_checks


@pytest.fixture
def inspection(tmp_path: Path) -> Inspection:
    return Inspection.create(tmp_path / "w")


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Inspection, CheckRun]:
    """A finished run over the small county."""
    inspection = Inspection.create(tmp_path_factory.mktemp("run") / "w")
    bad_county.write(inspection, bad_county.rows(inspection))
    return inspection, run_checks(inspection, bad_county.TODAY)
