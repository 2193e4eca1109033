"""Column labels and the units beside them (dirty-data.md, nos. 15, 21, 22)."""

from fractions import Fraction

import pytest
from sheets_drawn import drawn

from dibao_lib.evidence.form import Field, Form
from dibao_lib.evidence.header import candidates
from dibao_lib.evidence.labels import label_of, money_unit, spellings, unit_in_label
from dibao_lib.evidence.mapping import Vocabulary


@pytest.mark.parametrize("written", ["银行帐号", "银行账号", " 银 行 账 号 ", "*银行账号：", "银行账号\n"])
def test_a_label_has_one_spelling(written):
    assert label_of(written) == "银行账号"


def test_full_width_brackets_are_brackets():
    assert label_of("低保（特困）证号") == "低保(特困)证号"


def test_a_unit_in_brackets_is_no_part_of_the_name_but_other_brackets_may_be():
    assert spellings("户月保障金额(元)") == ("户月保障金额(元)", "户月保障金额")
    assert spellings("村(居)") == ("村(居)", "村")
    assert spellings("家庭人口(人)")[1] == "家庭人口"


@pytest.mark.parametrize(
    ("words", "factor", "months", "per"),
    [
        ("元", 1, None, ""),
        ("万元", 10_000, None, ""),
        ("单位:万元", 10_000, None, ""),
        ("元/人·月", 1, 1, "人"),
        ("元/年", 1, 12, ""),
        ("元/季", 1, 3, ""),
        ("元/户.月", 1, 1, "户"),
        ("户、人、万元", 10_000, None, ""),
    ],
)
def test_a_money_unit_says_factor_period_and_head(words, factor, months, per):
    unit = money_unit(words)
    assert (unit.factor, unit.months, unit.per) == (Fraction(factor), months, per)


@pytest.mark.parametrize("words", ["人", "18位", "A/B/C", "居", ""])
def test_what_is_no_money_is_no_unit(words):
    assert money_unit(words) is None


@pytest.mark.parametrize("label", ["金额(万元)", "金额,万元", "金额:万元", "低保金(单位:万元)"])
def test_the_unit_stands_in_brackets_or_at_the_end(label):
    assert unit_in_label(label).word == "万元"


def test_a_header_of_two_lines_is_read_from_the_top_down():
    sheet = drawn("""
        绕二镇低保家庭   | <        | <      | <
        户主             | <        | 金额   | 备注
        姓名             | 身份证号 | ^      | ^
        张三             | x        | #330   | ~
    """)
    paths = {header.depth: header.paths for header in candidates(sheet) if header.top == 1}
    assert paths[2] == (("户主", "姓名"), ("户主", "身份证号"), ("金额",), ("备注",))


def test_a_header_of_three_lines_without_merge_information_too():
    sheet = drawn("""
        地区 | 低保户数 | 低保人数 | 其中     | ~        | ~    | 支出
        ~    | ~        | ~        | 老年人   | 成年人   | ~    | ~
        ~    | ~        | ~        | ~        | 在职职工 | 灵活 | ~
        甲镇 | #90      | #171     | #9       | #20      | #30  | #110989
    """)
    deepest = max(candidates(sheet), key=lambda header: header.depth if header.top == 0 else 0)
    assert deepest.paths[3:6] == (("其中", "老年人"), ("其中", "成年人", "在职职工"), ("其中", "成年人", "灵活"))


def test_a_row_of_data_is_no_second_header_line():
    sheet = drawn("""
        低保证号 | 户主姓名 | 地址
        D1       | 张三     | 甲村
    """)
    assert [header.depth for header in candidates(sheet) if header.top == 0] == [1]


def test_the_forms_own_header_goes_before_a_synonym():
    form = Form("t", "表", (Field("head", "户主姓名", ("姓名",)), Field("hh_id", "低保证号")))
    header = next(candidates(drawn("姓名 | 低保证号 | 户主姓名\n甲|乙|丙")))
    mapped = Vocabulary([form]).read(header)[0]
    assert mapped.columns["head"].column == 2
    assert mapped.unmapped() == [(0, "姓名")]


def test_two_equal_columns_are_not_chosen_between():
    form = Form("t", "表", (Field("amt", "金额"), Field("hh_id", "低保证号")))
    mapped = Vocabulary([form]).read(next(candidates(drawn("金额 | 低保证号 | 金额\n1|2|3"))))[0]
    assert "amt" not in mapped.columns
    assert [match.column for match in mapped.doubled["amt"]] == [0, 2]
