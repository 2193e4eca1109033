"""The draws of a workspace as the checks read them: replacements count, promises do not, levels follow from the codes."""

import duckdb
import pytest

from dibao_lib.checks.drawn import register_draws
from dibao_lib.errors import InputRefused
from dibao_lib.sampling import Design, assign_inspectors, draw
from dibao_lib.sampling.archive import save_stage
from dibao_lib.sampling.frame import Frame
from dibao_lib.sampling.teams import save_teams

TOWNS = [f"3611812{n:02d}" for n in range(16)]


def drawn(folder):
    with duckdb.connect() as connection:
        register_draws(connection, folder)
        return connection.sql("SELECT draw, unit, level, source FROM drawn ORDER BY source").fetchall()


def test_a_replaced_township_gives_way_to_the_one_that_took_its_place(tmp_path):
    made = draw(Frame.of(TOWNS, [""] * 16), Design("督查", rate="20%"), "3 1 4")
    gone, *others = [row.unit for row in made.rows]
    changed = made.replace(gone, "洪水断路")
    (tmp_path / "督查.json").write_text(changed.to_json(), encoding="utf-8")
    (tmp_path / "督查.commitment.json").write_text("{}", encoding="utf-8")
    rows = drawn(tmp_path)
    assert {unit for _, unit, _, _ in rows} == {row.unit for row in changed.rows} >= set(others)
    assert {(name, level) for name, _, level, _ in rows} == {("督查", "township")}


@pytest.mark.parametrize(
    ("unit", "level"),
    [("361181103", "township"), ("361181103201", "village"), ("36118110320201", "household"), ("D1", "household")],
)
def test_the_length_of_a_code_tells_what_was_drawn(tmp_path, unit, level):
    made = draw(Frame.of([unit], [""]), Design("抽样", n=1), "3 1 4")
    (tmp_path / "抽样.json").write_text(made.to_json(), encoding="utf-8")
    assert drawn(tmp_path) == [("抽样", unit, level, "draws/抽样.json##1")]


def test_without_draws_nothing_is_drawn(tmp_path):
    assert drawn(tmp_path) == []


def test_second_stages_count_and_teams_are_no_draws(tmp_path):
    villages = [f"361181103{n}" for n in (201, 202, 203)]
    made = draw(Frame.of(villages, [""] * 3), Design("听证/361181103", n=1), "3 1 4")
    save_stage(tmp_path, "听证", {"361181103": made})
    save_teams(tmp_path, "督查", assign_inspectors(TOWNS, TOWNS[:2], seed="3 1 4"), "3 1 4")
    (unit,) = [row.unit for row in made.rows]
    assert drawn(tmp_path) == [("听证/361181103", unit, "village", "draws/听证/361181103.json##1")]


def test_damaged_teams_are_named(tmp_path):
    (tmp_path / "teams").mkdir()
    (tmp_path / "teams" / "督查.json").write_text('{"name": "督查", "pairs": [["a"]]}', encoding="utf-8")
    with pytest.raises(InputRefused, match=r"抽样记录 draws/teams/督查\.json 读不出来"):
        drawn(tmp_path)
