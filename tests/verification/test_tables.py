"""The verification under Chinese headings: what notebooks and reports print."""

import pandas as pd

from dibao_lib.sampling import rate_interval
from dibao_lib.verification import Concealment
from dibao_lib.verification.tables import differing_table, outcomes_table, refused_table, signals_table, silence_table

NAMES = {"T1": "绕二镇"}
ITEMS = pd.DataFrame(
    [
        ("T1", "统计表", "农村", "现有低保户数", "户", 1302, 1299, "按明细计算", "不符", ""),
        ("T1", "干部统计表", "合计", "涉及月金额", "元", 9000, 12050, "按备案表计算", "不符", ""),
        ("T1", "统计表", "合计", "公示栏数", "个", 4, pd.NA, "按明细计算", "没有明细可核", ""),
    ],
    columns=["township_code", "form", "kind", "item", "unit", "reported", "recounted", "basis", "outcome", "seen"],
)


def test_differences_read_as_more_or_less_in_their_unit():
    table = differing_table(ITEMS, NAMES)
    assert table[["填报", "核实", "相差"]].values.tolist() == [
        ["1,302户", "1,299户", "多报3户"],
        ["90元", "120.50元", "少报30.50元"],
    ]
    # nobody saw anything, so there is no column for it
    assert "现场所见" not in table


def test_outcomes_are_counted_by_township():
    assert outcomes_table(ITEMS, NAMES).values.tolist() == [["绕二镇", 0, 2, 1]]


def test_limits_are_printed_with_their_rate_and_nobody_reverified_is_a_dash():
    rate = rate_interval(2, 40)
    one = Concealment("T1", 40, 2, rate, 2, 2, rate_interval(2, 2), 0, 1, False, ("统计表、汇总表有1项与明细不符",))
    none = Concealment("T2", 0, 0, None, 0, 0, None, 0, 0, False, ())
    rows = silence_table([one, none], NAMES).values.tolist()
    assert rows[0][:4] == ["绕二镇", 40, 2, "5.0%（0.6%至16.9%）"]
    assert rows[1] == ["T2", 0, 0, "—", 0, 0, "—"]
    assert signals_table([one, none], NAMES).values.tolist() == [["绕二镇", "统计表、汇总表有1项与明细不符", ""]]


def test_where_nobody_was_refused_the_list_is_empty():
    empty = pd.DataFrame(columns=["household_id", "township_code", "refused_on", "reason"])
    assert refused_table(empty, 20, "3", NAMES).empty
