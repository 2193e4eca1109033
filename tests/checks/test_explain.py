"""A finding's source rows side by side."""

import pytest

from dibao_lib.checks import explain
from dibao_lib.errors import InputRefused


def test_the_rows_of_a_finding_stand_side_by_side(done):
    inspection, run = done
    finding = next(row for row in run.table.to_pylist() if row["check_id"] == "O1")
    frame = explain(inspection, finding["finding_id"])
    assert [source for _, source in frame.columns] == finding["sources"]
    assert [table for table, _ in frame.columns] == ["低保对象台账(家庭)", "家庭经济状况核定表", "保障标准表"]
    register, assessment, standard = (frame[column] for column in frame.columns)
    assert register["低保证号"] == assessment["低保证号"] == finding["household_id"]
    assert (register["保障人口"], assessment["核定日期"], standard["保障标准"]) == ("2", "2011-03-01", "340")
    assert standard["低保证号"] == ""
    assert register["村(居)"] in {village.name for village in inspection.plan.villages}


def test_every_finding_can_be_explained(done):
    inspection, run = done
    for finding in {row["check_id"]: row for row in run.table.to_pylist()}.values():
        assert {source for _, source in explain(inspection, finding["finding_id"]).columns} == set(finding["sources"])


def test_the_first_eight_characters_are_enough(done):
    inspection, run = done
    number = run.table["finding_id"][0].as_py()
    assert explain(inspection, number[:8]).equals(explain(inspection, number))
    with pytest.raises(InputRefused, match="没有这个编号的线索"):
        explain(inspection, number[:7])


def test_an_unknown_number_is_asked_for_again(done):
    inspection, _ = done
    for number in ("", "0" * 16, "'; DROP TABLE findings; --"):
        with pytest.raises(InputRefused, match="没有这个编号的线索"):
            explain(inspection, number)
