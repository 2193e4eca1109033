"""What only the city's report has: the timetable, the appraisal by stated rules, the major cases."""

import pandas as pd
import pytest

from dibao_lib.report.audience import Audience
from dibao_lib.report.blocks import Table
from dibao_lib.report.sections import appraisal, major_cases, schedule, self_inspection
from dibao_lib.report.subject import open_subject
from dibao_lib.sampling import rate_interval
from dibao_lib.verification import Concealment


@pytest.fixture(scope="module")
def city(inspected):
    return open_subject(str(inspected.inspection.folder), "", "2011-06-30", Audience.CIRCULATED)


def said(blocks):
    return "".join(run.text for block in blocks for run in getattr(block, "runs", ()))


def tables(blocks):
    return {
        block.caption: [[cell and cell.text for cell in row] for row in block.body]
        for block in blocks
        if isinstance(block, Table)
    }


def test_scores_follow_from_the_facts_beside_them(city):
    scores = appraisal.scored(city)
    assert len(scores) == 16
    for row in scores.itertuples():
        households = min(3000, row.households_a * 10_000 // row.households * 2)
        overdue = row.overdue * 3000 // max(1, row.due)
        assert (
            row.score == 10_000 - households - min(2000, row.concealed * 200) - min(2000, row.filings * 200) - overdue
        )


def test_equal_scores_share_a_place(city, monkeypatch):
    facts = pd.DataFrame(
        {"name": ["甲镇", "乙镇", "丙镇"], "households": [100, 100, 50], "households_a": [1, 1, 0], "concealed": 0,
         "filings": [0, 0, 1], "due": 0, "overdue": 0}
    )  # fmt: skip
    monkeypatch.setattr(type(city), "sql", lambda *_, **__: facts)
    assert appraisal.scored(city)[["name", "score", "place"]].values.tolist() == [
        ["丙镇", 9800, 1],
        ["乙镇", 9800, 1],
        ["甲镇", 9800, 1],
    ]


def test_a_township_with_something_concealed_is_no_model(city):
    scores = appraisal.scored(city)
    text = said(appraisal.section(city))
    models = text.split("建议作为先进典型的：")[1].split("；")[0].split("、")
    assert models and scores[scores["name"].isin(models)]["concealed"].eq(0).all()
    assert "扣分标准由领导小组办公室确定" in text and "由领导小组研究决定" in text


def test_major_cases_are_proven_and_large_or_named_by_the_plan(city, inspected):
    rows = tables(major_cases.section(city))["重大典型情况"]
    proven = set(inspected.findings.query("severity == 'A'")["explanation"])
    assert rows and {row[3] for row in rows} <= proven
    amounts = [int(row[4].replace(",", "").split(".")[0]) if row[4] != "—" else 0 for row in rows]
    assert amounts == sorted(amounts, reverse=True)


def test_every_milestone_stands_in_the_timetable_with_its_state(city):
    rows = tables(schedule.section(city))["时限安排"]
    assert [row[0] for row in rows][:2] == ["4月6日", "4月6日"] and len(rows) == len(city.plan.milestones)
    assert {row[3] for row in rows} == {"已到期", "还有15天", "还有41天", "还有62天"}
    assert "正处在督促整改阶段；已到期的时限6项，未到期的3项" in said(schedule.section(city))


def test_rates_of_several_townships_stand_side_by_side_with_their_limits(city):
    judged = [
        Concealment(f"36118110{n}", 40, n, rate_interval(n, 40), n, 40, rate_interval(n, 40), 0, 0, False, ())
        for n in range(3)
    ]
    (made,) = self_inspection._intervals(judged, {"361181101": "甲镇"}, 0.05)
    assert made.alt.startswith(
        "复核户自查未报的比率和区间（虚线为提示界限5%）：最高的是361181102，5.0%，区间0.6%至16.9%"
    )
    assert ">甲镇</text>" in made.svg and self_inspection._intervals(judged[:1], {}, 0.05) == []
