"""The charts of payments, rectification and rates: what they say, whatever the names, the same bytes each time."""

from xml.etree import ElementTree

import pandas as pd
from hostile import HOSTILE

from dibao_lib.checks import rules
from dibao_lib.report.interval_plot import interval_plot
from dibao_lib.report.payments_calendar import month_labels, payments_calendar
from dibao_lib.report.rectification_funnel import rectification_funnel
from dibao_lib.report.sections.heat_map import counts_map, money_map
from dibao_lib.report.text import clean

SVG = "{http://www.w3.org/2000/svg}"
SHORT = [text for text in HOSTILE if len(text) < 60]


def due(**places):
    """Place -> {month: (due, paid, late)}."""
    rows = [(area, month, *counts) for area, months in places.items() for month, counts in months.items()]
    return pd.DataFrame(rows, columns=["area", "month", "due", "paid", "late"])


def told(svg):
    return [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_month_with_money_missing_or_late_says_for_how_many_households():
    made = payments_calendar(
        due(
            甲村={"2010-12": (9, 9, 0), "2011-01": (9, 7, 0), "2011-02": (9, 9, 4)},
            乙村={"2010-12": (0, 0, 0), "2011-01": (5, 5, 0), "2011-02": (5, 4, 1)},
        )
    )
    assert [text for text in told(made.svg) if text[0] in "缺迟"] == ["缺2", "迟4", "缺1"]
    assert made.alt == "各月应发与实发：应发37户次，缺发3户次，逾期发放5户次"


def test_a_place_without_rows_for_a_month_is_not_due_then():
    made = payments_calendar(due(甲村={"2011-01": (3, 3, 0)}, 乙村={"2011-02": (2, 1, 0)}))
    assert [text for text in told(made.svg) if text[0] in "缺迟"] == ["缺1"]


def test_of_very_many_places_those_with_most_missing_are_shown():
    made = payments_calendar(due(**{f"第{n}村": {"2011-01": (50, 50 - n, 0)} for n in range(40)}))
    assert "缺发较多的26个" in made.caption
    assert {"第39村", "第14村"} <= {*told(made.svg)} and "第13村" not in told(made.svg)


def test_months_are_numbered_and_each_year_stands_once():
    assert month_labels(["2010-11", "2010-12", "2011-01"]) == ["11\n2010年", "12", "1\n2011年"]


def test_each_step_of_the_funnel_has_its_count_and_its_share_of_the_step_before():
    made = rectification_funnel({"问题线索": 40, "属实，列入台账": 20, "已整改": 10, "已销号": 5})
    assert {"40", "20（占上一步的50%）", "5（占上一步的50%）"} <= {*told(made.svg)}
    assert made.alt == "整改漏斗：问题线索40，属实，列入台账20，已整改10，已销号5"


def test_leads_that_would_squeeze_the_rest_are_cut_and_said_to_be():
    made = rectification_funnel({"问题线索": 4000, "属实，列入台账": 20, "已销号": 0})
    assert {"4,000（条数超出比例尺）", "20（占上一步的0%）", "0（占上一步的0%）"} <= {*told(made.svg)}


def test_a_funnel_of_nothing_is_drawn():
    assert "0" in told(rectification_funnel({"问题线索": 0, "已销号": 0}).svg)


def test_a_rate_is_drawn_with_its_limits_and_named_when_it_is_the_highest():
    made = interval_plot({"甲镇": (0.02, 0.05, 0.11), "乙镇": (0.3, 0.5, 0.7)}, "差错率", 0.05)
    assert {"甲镇", "乙镇", "5.0%", "50.0%"} <= {*told(made.svg)}
    assert made.alt == "差错率：最高的是乙镇，50.0%，区间30.0%至70.0%"


def test_hostile_names_are_drawn_as_they_are():
    names = {line for name in SHORT for line in clean(name).split("\n") if line}
    calendar = payments_calendar(due(**{name: {"2011-01": (2, 1, 0)} for name in SHORT[:26]}))
    assert {clean(name) for name in SHORT[:26]} <= {*told(calendar.svg)}
    plot = interval_plot(dict.fromkeys(SHORT, (0.1, 0.2, 0.3)), "差错率")
    assert names <= {*told(plot.svg)}
    for svg in (calendar.svg, plot.svg):
        assert "script" not in {e.tag.removeprefix(SVG) for e in ElementTree.fromstring(svg).iter()}


def test_the_same_figures_have_the_same_bytes():
    assert rectification_funnel({"甲": 3, "乙": 1}) == rectification_funnel({"甲": 3, "乙": 1})
    rows = due(甲村={"2011-01": (3, 2, 0)})
    assert payments_calendar(rows) == payments_calendar(rows)


def test_names_of_checks_that_would_run_into_each_other_give_way_to_their_ids():
    ids = [rule.id for rule in rules()]
    titles = {rule.id: rule.title for rule in rules()}
    for many in (24, 25):
        counts = pd.DataFrame([[1] * many, [0] * many], index=["甲乡", "乙乡"], columns=ids[:many])
        made = counts_map(counts)
        below = [text for text in told(made.svg) if text and text[:1] in "SOPGFC"]
        assert below == ([f"{check} {titles[check]}" for check in ids[:many]] if many == 24 else ids[:many])
        assert made.caption.endswith("横轴为检查项编号）") == (many == 25)


def test_money_by_check_is_told_in_thousands_of_yuan_so_that_it_fits_its_cell():
    made = money_map(pd.DataFrame({"O4": [1_234_500, 0], "F1": [12_375_500, 4_999]}, index=["甲镇", "乙乡"]))
    assert [text for text in told(made.svg) if text[0] in "<0123456789"] == ["12.3", "124", "<0.1"]
    assert made.caption == "各乡镇各检查项涉及金额（千元，颜色越深越多）"
    assert made.alt == "乡镇与检查项的涉及金额，最多的是甲镇的发放频次，123,755元"


def test_of_many_checks_the_map_of_money_shows_those_with_the_largest_amounts():
    ids = [rule.id for rule in rules()][:30]
    made = money_map(pd.DataFrame({check: [100_000 * (1 + place)] for place, check in enumerate(ids)}, index=["甲镇"]))
    assert made.caption.endswith("（千元，颜色越深越多，金额较多的24项）")
    assert [text.split()[0] for text in told(made.svg) if text.split()[0] in ids] == ids[6:]
