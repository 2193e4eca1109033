"""Which cases a village hears, what its record departs from, and how all hearings went (R60, R61)."""

import pytest
from record_writing import workspace
from sound_records import CASE, HEARING, put, sound

from dibao_lib.errors import InputRefused
from dibao_lib.hearing import hearing_cases, hearing_faults, hearing_given, hearings, hearings_of
from dibao_lib.records.form import blank
from dibao_lib.records.given import find_village, visit_given
from dibao_lib.records.kinds import record_form
from dibao_lib.records.log import RecordLog


@pytest.fixture(scope="module")
def busiest(inspected):
    """The village with most households under a lead."""
    frame = inspected.findings.dropna(subset=["household_id", "village_code"])
    return frame.groupby("village_code")["household_id"].nunique().idxmax()


def test_a_village_hears_its_households_with_leads_most_serious_first(inspected, busiest):
    cases = hearing_cases(inspected.inspection, busiest)
    frame = inspected.findings[inspected.findings["village_code"] == busiest].dropna(subset=["household_id"])
    assert set(cases) == set(frame["household_id"])
    worst = frame.groupby("household_id")["severity"].min()
    assert [worst[case] for case in cases] == sorted(worst)


def test_the_hearing_form_opens_with_its_cases_and_their_leads(inspected, busiest):
    given = hearing_given(inspected.inspection, busiest)
    data = blank(record_form("hearing"), given)
    assert data["vil_id"] == busiest
    assert all(row["head"] and row["leads"] and row["agree"] is None for row in data["cases"])


def test_the_caller_may_name_the_cases(inspected, busiest):
    assert [row["hh_id"] for row in hearing_given(inspected.inspection, busiest, ["A1"])["cases"]] == ["A1"]


def test_a_visit_is_given_the_registers_figures_and_no_figures_in_its_leads(inspected, busiest):
    hh_id = hearing_cases(inspected.inspection, busiest)[0]
    given = visit_given(inspected.inspection, hh_id)
    (household,) = [h for rows in inspected.county.tables["households"].values() for h in rows if h["hh_id"] == hh_id]
    assert given["register_people"] == household["size"]
    assert given["head"] == household["head"]
    assert given["leads"].isascii() or "、" in given["leads"]
    assert isinstance(given["register_income"], int)
    assert isinstance(given["register_amount"], int)


def test_a_household_nobody_registered_is_refused(inspected):
    with pytest.raises(InputRefused, match="台账中没有这个低保证号"):
        visit_given(inspected.inspection, "没有")


def test_villages_are_found_by_code_name_or_township_and_name(inspected):
    village = inspected.inspection.plan.villages[40]
    township = next(t.name for t in inspected.inspection.plan.townships if t.code == village.township_code)
    for named in (village.code, f"{township}{village.name}", f"{township}{village.name[:-5]}"):
        assert find_village(inspected.inspection, named) == village
    with pytest.raises(InputRefused, match="方案中没有这个村"):
        find_village(inspected.inspection, "某某村")
    with pytest.raises(InputRefused, match=r"有\d+个村（居）符合所写的名称"):
        find_village(inspected.inspection, township)


def test_departures_are_told_also_where_the_record_explains_them(plan):
    attended = HEARING["attended"] | {"低保对象": 0}
    data = sound("hearing", attended=attended, deviation="大雨", signatures=False, cases=[CASE | {"agree": 15}])
    assert hearing_faults(plan, data) == [
        "没有低保对象参加",
        "第1户：三种票合计21票，有表决权的到会人员20人，应相等",
        "与会人员没有签名",
    ]


def test_all_hearings_are_listed_by_day_with_their_conclusions(tmp_path):
    inspection = workspace(tmp_path / "工作区")
    with RecordLog.open(inspection) as log:
        assert hearings(log, inspection.plan).empty
        assert hearings_of(inspection).empty
        put(log, "hearing", "R1")
        put(log, "hearing", "R2", answers={"on": "2011-06-02"})
        found = hearings(log, inspection.plan)
        assert list(hearings_of(inspection).columns) == list(found.columns[1:])
    assert found["会议日期"].to_list() == ["2011-06-02", "2011-06-10"]
    assert found[["听证户数", "维持", "清退", "状态"]].to_numpy().tolist() == [[1, 1, 0, "未提交"]] * 2
