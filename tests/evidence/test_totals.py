"""Printed sums against the sums of the rows read (dirty-data.md, no. 16)."""

from sheets_drawn import P1, P2, read

HEAD = "低保证号|乡镇|户主姓名|户主身份证号|家庭人口|户月保障金额"


def ties(reading):
    return [(tie["row"], tie["field"], tie["printed"], tie["summed"]) for tie in reading.report.tie_outs]


def test_a_total_that_agrees_is_recorded_without_a_word(gazetteer):
    reading = read(f"{HEAD}\nD1|绕二镇|张三|{P1}|#2|#330\nD2|绕二镇|李四|{P2}|#1|#200\n合计|~|~|~|#3|#530", gazetteer)
    assert ties(reading) == [(4, "size", 3, 3), (4, "base", 53000, 53000)]
    assert reading.report.notes == ()


def test_a_difference_is_reported_with_both_figures(gazetteer):
    reading = read(f"{HEAD}\nD1|绕二镇|张三|{P1}|#2|#330\n合计|~|~|~|#2|#430", gazetteer)
    assert reading.report.notes == ("第3行的合计与读入各行之和不符：“户月保障金额”印作430，读入之和为330",)


def test_a_row_set_aside_shows_as_a_difference(gazetteer):
    reading = read(f"{HEAD}\nD1|绕二镇|张三|{P1}|#2|#330\nD2|绕三镇|李四|{P2}|#1|#200\n合计|~|~|~|#3|#530", gazetteer)
    assert ties(reading)[1] == (4, "base", 53000, 33000)


def test_subtotals_cover_their_block_and_the_total_covers_all(gazetteer):
    reading = read(
        f"""
        {HEAD}
        D1 | 绕二镇 | 张三 | {P1} | #2 | #330
        双河社区小计 | ~ | ~ | ~ | #2 | #330
        D2 | 绕二镇 | 李四 | {P2} | #1 | #200
        重溪村小计 | ~ | ~ | ~ | #1 | #200
        合计 | ~ | ~ | ~ | #3 | #530
        """,
        gazetteer,
    )
    assert all(printed == summed for _, _, printed, summed in ties(reading))


def test_a_total_that_stands_first_covers_all_rows_below(gazetteer):
    reading = read(f"{HEAD}\n合计|~|~|~|#2|#330\nD1|绕二镇|张三|{P1}|#2|#330", gazetteer)
    assert ties(reading) == [(2, "size", 2, 2), (2, "base", 33000, 33000)]


def test_a_total_of_one_kind_covers_the_rows_of_that_kind(gazetteer):
    reading = read(
        "填报单位|类别|现有低保户数|现有低保人数\n绕二镇|城市|#3|#5\n绕二镇|农村|#7|#9\n德兴市|城市|#3|#5\n德兴市|农村|#7|#9",
        gazetteer,
    )
    assert all(printed == summed for _, _, printed, summed in ties(reading))


def test_amounts_a_head_are_not_summed(gazetteer):
    reading = read("低保证号|乡镇|户主姓名|月人均收入|家庭人口\nD1|绕二镇|张三|#100|#2\n合计|~|~|#95|#2", gazetteer)
    assert [tie[1] for tie in ties(reading)] == ["size"]
