"""Published statistics, read as counties print them: the header claims 万元, the figures are yuan, some cells are blank.

The printed logic of the form: month and year sums are allowance plus extras; the county's row is the sum of its towns.
"""

import csv

import published
import pytest
import xlsxwriter
from published import FORM, printed, rows

from dibao_lib.evidence.file import read_file
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.mapping import Vocabulary

TOWNS = ("龙浔镇", "浔中镇", "上涌镇", "盖德镇", "三班镇", "龙门滩镇", "雷峰镇", "南埕镇")
DEHUA = Gazetteer.of("德化县", [(f"3505261{n:02d}", name, ()) for n, name in enumerate(TOWNS)])
VOCABULARY = Vocabulary([FORM])
URBAN = {
    "2024-02": "dehua_2024-02_urban.raw.txt",
    "2024-06": "dehua_2024-06_urban.raw.txt",
    "2024-10": "dehua_2024-10_urban.raw.txt",
}
RURAL = "dehua_2023-12_rural_partial.raw.txt"


def read(tmp_path, body, unit, gazetteer=DEHUA):
    grid, merged = printed("2024年居民最低生活保障统计表", unit, body)
    path = tmp_path / "统计表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("统计表")
        for block in merged:
            sheet.merge_range(*block, grid[block[0]][block[1]])
        for r, row in enumerate(grid):
            for c, cell in enumerate(row):
                if cell != "" and not any(t <= r <= b and lt <= c <= rt for t, lt, b, rt in merged):
                    sheet.write(r, c, cell)
    reading = read_file(path, path.name, VOCABULARY, gazetteer)
    return reading.report.sheets[0], reading.tables.get("published")


def fund_table():
    with (published.FOLDER / "dehua_funds.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["source"] == "dehua"]


@pytest.mark.parametrize("month", URBAN)
def test_ten_thousands_over_yuan_are_seen_through_by_the_printed_average(tmp_path, month):
    report, table = read(tmp_path, rows(URBAN[month]), "万元")
    assert report.read == 3 and report.ignored["total"] == 1
    assert {column.unit for column in report.columns if column.field.startswith(("ytd", "month"))} == {"元"}
    assert "“当月支出(万元)低保金”列标注万元，按元计算与本表印出的“人均水平”相符，已按元读取，请核对" in report.notes
    expected = [row for row in fund_table() if row["month"] == month and row["level"] == "town"]
    for got, want in zip(table.to_pylist(), expected, strict=True):
        assert got["month_total"] == int(want["month_total"]) * 100
        assert got["ytd_dibao"] == int(want["ytd_dibao"]) * 100
        assert got["persons"] == (int(want["persons"]) if want["persons"] else None)


def test_true_ten_thousands_are_left_as_they_are(tmp_path):
    yongtai = Gazetteer.of("福州市", [("350125000", "永泰县", ())])
    report, table = read(tmp_path, rows("yongtai_2023-01_rural_total.raw.txt"), "万元", yongtai)
    row = table.to_pylist()[0]
    assert (row["month_total"], row["month_dibao"], row["percap"]) == (899_810_000, 416_540_000, 73347)
    assert not any("请核对" in note for note in report.notes)


def test_without_a_printed_average_the_unit_is_asked_for_and_nothing_multiplied(tmp_path):
    report, table = read(tmp_path, rows(RURAL), "万元")
    assert table is None
    assert report.questions[0].text == (
        "“当月支出低保金”列的单位按万元计算，各行人均的中间值为6,142,479.78元，不在50至3,000元之间；"
        "如以元为单位则为614.25元。实际单位是什么"
    )


def test_with_the_right_unit_in_its_header_it_is_read(tmp_path):
    report, table = read(tmp_path, rows(RURAL), "元")
    assert report.read == 7
    expected = [int(row["month_dibao"]) * 100 for row in fund_table() if row["month"] == "2023-12"]
    assert table["month_dibao"].to_pylist() == expected


@pytest.mark.parametrize("name", [*URBAN.values(), RURAL])
def test_month_and_year_are_allowance_plus_extras(tmp_path, name):
    _, table = read(tmp_path, rows(name), "元")
    for row in table.to_pylist():
        assert row["month_total"] == row["month_dibao"] + (row["month_other"] or 0)
        assert row["ytd_total"] == row["ytd_dibao"] + (row["ytd_other"] or 0)


def differences(report):
    return [(tie["field"], tie["printed"], tie["summed"]) for tie in report.tie_outs if tie["printed"] != tie["summed"]]


def test_the_county_is_the_sum_of_its_towns(tmp_path):
    report, _ = read(tmp_path, rows(URBAN["2024-10"]), "万元")
    assert len(report.tie_outs) == 8
    assert differences(report) == []


@pytest.mark.parametrize(
    ("month", "households", "persons"), [("2024-02", (176, 173), (326, 323)), ("2024-06", (173, 170), (315, 312))]
)
def test_a_town_whose_counts_are_blank_shows_as_a_difference_of_three(tmp_path, month, households, persons):
    report, _ = read(tmp_path, rows(URBAN[month]), "万元")
    assert differences(report) == [("households", *households), ("persons", *persons)]
    assert f"印作{households[0]}，读入之和为{households[1]}" in " ".join(report.notes)


def test_the_average_is_printed_from_the_allowance_and_not_from_the_total():
    for name in URBAN.values():
        county = next(row for row in rows(name) if row.area == "德化县")
        from_allowance = abs(county.month_dibao / county.persons - county.percap)
        assert from_allowance < 1
        assert from_allowance < abs(county.month_total / county.persons - county.percap)
