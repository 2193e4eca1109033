"""The example county's places for all tests of the intake."""

import pytest

from dibao_lib import Inspection
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.plan import Plan


@pytest.fixture(scope="session")
def example_plan(tmp_path_factory):
    file = tmp_path_factory.mktemp("plan") / "plan.toml"
    file.write_text(Plan.template("dexing"), encoding="utf-8")
    return Plan.read(file)


@pytest.fixture(scope="session")
def gazetteer(example_plan):
    townships = [(one.code, one.name, one.aliases) for one in example_plan.townships]
    villages = [(one.code, one.name, ()) for one in example_plan.villages]
    return Gazetteer.of(example_plan.place.name, townships + villages)


@pytest.fixture
def workspace(tmp_path):
    return Inspection.create(tmp_path / "workspace")
