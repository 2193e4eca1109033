"""Wide member lists become rows (dirty-data.md, no. 18)."""

from sheets_drawn import P1, P2, read, rows_of, set_aside


def members(reading):
    return rows_of(reading, "hh_id", "name", "pid", "rel", table="members")


def test_numbered_pairs_become_one_row_each(gazetteer):
    reading = read(
        f"""
        低保证号 | 乡镇   | 户主 | 户主身份证号 | 姓名1 | 身份证号1 | 与户主关系1 | 姓名2 | 身份证号2 | 与户主关系2
        D1       | 绕二镇 | 张三 | {P1}         | 张三  | {P1}      | 本人        | 李四  | {P2}      | 妻
        D2       | 绕二镇 | 王五 | ~            | 王五  | ~         | 户主        | ~     | ~         | ~
        """,
        gazetteer,
    )
    assert members(reading) == [("D1", "张三", P1, "本人"), ("D1", "李四", P2, "配偶"), ("D2", "王五", None, "本人")]
    assert reading.batches[1].rows == [2, 2, 3]
    assert reading.report.others == {"members": 3}
    assert reading.report.unmapped == ()


def test_the_number_may_stand_in_front_or_in_a_header_line_above(gazetteer):
    reading = read(
        f"""
        低保证号 | 乡镇   | 户主姓名 | 成员1 | <        | 成员2 | <
        ^        | ^      | ^        | 姓名  | 身份证号 | 姓名  | 身份证号
        D1       | 绕二镇 | 张三     | 张三  | {P1}     | 李四  | {P2}
        """,
        gazetteer,
    )
    assert [row[1:3] for row in members(reading)] == [("张三", P1), ("李四", P2)]


def test_pairs_side_by_side_need_no_numbers(gazetteer):
    reading = read(
        f"""
        低保证号 | 乡镇   | 户主姓名 | 户主身份证号 | 姓名 | 身份证号 | 姓名 | 身份证号
        D1       | 绕二镇 | 张三     | {P1}         | 张三 | {P1}     | 李四 | {P2}
        """,
        gazetteer,
    )
    assert [row[1:3] for row in members(reading)] == [("张三", P1), ("李四", P2)]


def test_a_member_without_a_name_is_set_aside_alone(gazetteer):
    reading = read(
        f"""
        低保证号 | 乡镇   | 户主 | 姓名1 | 身份证号1 | 姓名2 | 身份证号2
        D1       | 绕二镇 | 张三 | 张三  | {P1}      | ~     | {P2}
        """,
        gazetteer,
    )
    assert len(members(reading)) == 1 and reading.report.read == 1
    assert set_aside(reading) == [(2, "name", "missing")]
    assert "第2行“姓名2”列：必填项为空。请补填后重报（该成员未计入）" in reading.report.problems[0]


def test_a_members_lost_digits_leave_the_member_without_an_id(gazetteer):
    reading = read("低保证号|乡镇|户主|姓名1|身份证号1\nD1|绕二镇|张三|张三|#361181196001011232", gazetteer)
    assert members(reading) == [("D1", "张三", None, None)]
    assert set_aside(reading) == [(2, "pid", "digits_lost")]


def test_members_of_a_household_that_is_set_aside_are_not_read(gazetteer):
    reading = read(f"低保证号|乡镇|户主|姓名1|身份证号1\n~|绕二镇|张三|张三|{P1}", gazetteer)
    assert members(reading) == []
