"""Dirt nos. 15-18: titles, sums, household blocks, wide members."""

from sheets_drawn import P1, P2, P3, read, rows_of, set_aside

BLOCK = "低保证号 | 姓名 | 身份证号 | 与户主关系"


def members(reading):
    return rows_of(reading, "hh_id", "name", table="members")


def test_15_title_unit_line_and_two_level_header_are_counted_and_not_read(gazetteer):
    reading = read(
        f"""
        绕二镇低保对象台账 | < | < | < | <
        单位：元 | ~ | ~ | ~ | ~
        低保证号 | 乡镇 | 户主 | < | 户月保障金额
        ^ | ^ | 姓名 | 身份证号 | ^
        D1 | 绕二镇 | 张三 | {P1} | #330
        """,
        gazetteer,
    )
    assert rows_of(reading, "hh_id", "head", "head_pid", "base") == [("D1", "张三", P1, 33000)]
    assert reading.report.ignored == {"title": 2, "header": 2}


def test_16_sums_and_signatures_are_counted_and_the_sum_is_compared(gazetteer):
    reading = read(
        "低保证号|乡镇|户主姓名|户月保障金额\nD1|绕二镇|张三|#330\n合计|~|~|#430\n填表人：王五|~|~|~", gazetteer
    )
    assert reading.report.ignored == {"header": 1, "total": 1, "signature": 1}
    assert "“户月保障金额”印作430，读入之和为330" in reading.report.notes[-1]


def test_17_the_number_of_the_head_holds_for_the_rows_right_below(gazetteer):
    reading = read(
        f"{BLOCK}\nD1|张三|{P1}|户主\n~|李四|{P2}|妻\n~|张小|~|子\nD2|王五|{P3}|户主\n~|王六|~|子",
        gazetteer,
        "家庭成员.xlsx",
    )
    assert members(reading) == [("D1", "张三"), ("D1", "李四"), ("D1", "张小"), ("D2", "王五"), ("D2", "王六")]
    assert "“低保证号”列有3行的空白按同户户主行填入" in reading.report.notes[0]


def test_17_a_blank_row_ends_the_block(gazetteer):
    reading = read(f"{BLOCK}\nD1|张三|{P1}|户主\n~|~|~|~\n~|李四|{P2}|妻", gazetteer, "家庭成员.xlsx")
    assert members(reading) == [("D1", "张三")]
    assert set_aside(reading) == [(4, "hh_id", "missing")]


def test_17_a_head_without_a_number_is_no_member_of_the_household_above(gazetteer):
    reading = read(f"{BLOCK}\nD1|张三|{P1}|户主\n~|李四|{P2}|户主\n~|王五|~|妻", gazetteer, "家庭成员.xlsx")
    assert members(reading) == [("D1", "张三")]
    assert [row for row, _, _ in set_aside(reading)] == [3, 4]


def test_17_a_row_that_does_not_say_who_it_is_is_set_aside(gazetteer):
    reading = read(f"{BLOCK}\nD1|张三|{P1}|户主\n~|李四|{P2}|~", gazetteer, "家庭成员.xlsx")
    assert members(reading) == [("D1", "张三")]


def test_17_a_household_row_without_a_number_is_never_filled(gazetteer):
    reading = read("低保证号|乡镇|户主姓名\nD1|绕二镇|张三\n~|绕二镇|李四", gazetteer)
    assert rows_of(reading, "hh_id") == [("D1",)] and set_aside(reading) == [(3, "hh_id", "missing")]


def test_18_members_side_by_side_become_rows(gazetteer):
    reading = read(f"低保证号|乡镇|户主|姓名1|身份证号1|姓名2|身份证号2\nD1|绕二镇|张三|张三|{P1}|李四|{P2}", gazetteer)
    assert members(reading) == [("D1", "张三"), ("D1", "李四")]
