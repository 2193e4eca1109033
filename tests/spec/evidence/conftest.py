"""The helpers of tests/evidence, and places for drawn sheets."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evidence"))

from dibao_lib import Inspection
from dibao_lib.evidence.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer(plan):
    entries = [(one.code, one.name, one.aliases) for one in plan.townships]
    return Gazetteer.of(plan.place.name, [*entries, *((one.code, one.name, ()) for one in plan.villages)])


@pytest.fixture
def workspace(tmp_path):
    return Inspection.create(tmp_path / "workspace")
