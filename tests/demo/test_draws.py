"""The demo's draws cover what the plan demands and can be made again (R57, R58)."""

import datetime as dt

from dibao_lib.demo.draws import draw_townships, draw_villages
from dibao_lib.sampling.archive import kept_draws
from dibao_lib.sampling.files import verify_file
from dibao_lib.workspace import Inspection


def test_the_demo_draws_20_and_30_percent_and_assigns_teams(tmp_path):
    inspection = Inspection.create(tmp_path / "w")
    day = dt.date(2011, 6, 30)
    supervised, crossed, assignment = draw_townships(inspection, day)
    assert (len(supervised.rows), len(crossed.rows)) == (4, 5)
    assert [target for _, target in assignment.pairs] == [row.unit for row in crossed.rows]
    assert assignment.check() == []
    for name in ("督查", "交叉检查"):
        assert verify_file(inspection.folder / "draws" / f"{name}.json") == []


def test_hearings_are_held_in_the_villages_drawn(tmp_path, county):
    inspection = Inspection.create(tmp_path / "w")
    supervised, crossed, _ = draw_townships(inspection, dt.date(2011, 6, 30))
    assert draw_villages(inspection, supervised, crossed) == 16
    kept = [one.draw for one in kept_draws(inspection.folder / "draws") if one.parent]
    drawn = {row.unit for made in kept for row in made.rows}
    assert {row["vil_id"] for row in county.tables["hearings"][""]} == drawn


def test_the_demo_draws_again_what_it_drew(tmp_path):
    inspection = Inspection.create(tmp_path / "w")
    first = draw_townships(inspection, dt.date(2011, 6, 30))
    assert [made.to_json() for made in first[:2]] == [
        made.to_json() for made in draw_townships(inspection, dt.date(2011, 7, 1))[:2]
    ]
