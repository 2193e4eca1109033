"""The draws of a workspace as the checks read them: replacements count, promises do not, levels follow from the codes."""

import duckdb
import pytest

from dibao_lib.checks.drawn import register_draws
from dibao_lib.sampling import Design, draw
from dibao_lib.sampling.frame import Frame

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
