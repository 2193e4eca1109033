"""`verified(drawn)` gives items, problems and what they say of each township, under the example plan."""

from pathlib import Path

import drawn
import pyarrow as pa
import pytest

from dibao_lib.checks.views import open_views
from dibao_lib.verification import concealment, problem_households, self_inspection_items

_FINDINGS = pa.schema([(name, pa.string()) for name in ("household_id", "check_id", "severity", "period")])


class Verified:
    """A drawn township's self-inspection, performed again."""

    def __init__(self, plan, shared, text, findings):
        shared.execute("USE memory; DETACH DATABASE IF EXISTS example")
        self.connection = open_views(drawn.Example(plan, shared, drawn.draw(text), Path("nowhere")), drawn.TODAY)
        rows = [dict(zip(_FINDINGS.names, finding, strict=True)) for finding in findings]
        self.connection.register("findings", pa.Table.from_pylist(rows, _FINDINGS))
        self.items = self_inspection_items(self.connection, plan)
        self.problems = problem_households(self.connection, plan, drawn.TODAY)
        self.judged = concealment(self.connection, plan, drawn.TODAY, self.problems, self.items)

    def item(self, name, kind="合计"):
        """(reported, recounted, outcome, seen) of a figure."""
        rows = self.items[self.items["item"].eq(name) & self.items["kind"].eq(kind)]
        return [tuple(row) for row in rows[["reported", "recounted", "outcome", "seen"]].itertuples(index=False)]

    def standing(self):
        """Household -> what the self-inspection is to be told about it."""
        return dict(zip(self.problems["household_id"], self.problems["standing"], strict=True))


@pytest.fixture
def verified(plan, shared):
    return lambda text, findings=(): Verified(plan, shared, text, findings)
