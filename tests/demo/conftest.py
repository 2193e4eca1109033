"""The county a second time, to compare with."""

import pytest

from dibao_lib.demo import build_county

SEED = 1


@pytest.fixture(scope="session")
def again(plan):
    """The same county made a second time."""
    return build_county(plan, SEED)
