"""A province's own template: its looks stay, its marks become values, what stands below the records moves down."""

import datetime as dt

import openpyxl
import pytest
from books import HEAD, P1, P2, xlsx
from openpyxl.styles import Font

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.evidence.blank.records import fill_template
from dibao_lib.evidence.blank.template import fill
from dibao_lib.evidence.intake import import_files

TODAY = dt.date(2011, 6, 30)
ROWS = [{"户主": "张三", "金额": 330}, {"户主": "李四", "金额": 200}, {"户主": "=1+1", "金额": None}]


@pytest.fixture
def template(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "{{市}}低保公示（{{乡镇}}）"
    sheet.merge_cells("A1:C1")
    sheet.append(["户主", "金额", ""])
    sheet.append(["{{.户主}}", "{{.金额}}", "户主：{{.户主}}"])
    sheet["A3"].font = Font(name="仿宋", size=14, bold=True)
    sheet.row_dimensions[3].height = 33
    sheet["A4"] = "公示电话：{{电话}}"
    sheet.merge_cells("A4:C4")
    sheet.row_dimensions[4].height = 50
    path = tmp_path / "统一格式.xlsx"
    book.save(path)
    return path


def filled(template, rows, tmp_path, **more):
    fields = {"市": "德兴市", "乡镇": "绕二镇", "电话": "7522"} | more
    path = tmp_path / "填好.xlsx"
    path.write_bytes(fill(template, fields, rows))
    return openpyxl.load_workbook(path).active


def test_records_take_the_looks_of_the_marked_row(template, tmp_path):
    sheet = filled(template, ROWS, tmp_path)
    assert sheet["A1"].value == "德兴市低保公示（绕二镇）"
    assert [[cell.value for cell in row] for row in sheet["A3:C5"]] == [
        ["张三", 330, "户主：张三"],
        ["李四", 200, "户主：李四"],
        ["=1+1", None, "户主：=1+1"],
    ]
    assert {(sheet.cell(row, 1).font.name, sheet.cell(row, 1).font.size) for row in (3, 4, 5)} == {("仿宋", 14)}
    assert [sheet.row_dimensions[row].height for row in (3, 4, 5)] == [33, 33, 33]


def test_what_stands_below_moves_with_its_merges_and_heights(template, tmp_path):
    sheet = filled(template, ROWS, tmp_path)
    assert sheet["A6"].value == "公示电话：7522"
    assert sorted(area.coord for area in sheet.merged_cells.ranges) == ["A1:C1", "A6:C6"]
    assert sheet.row_dimensions[6].height == 50


@pytest.mark.parametrize("count", [0, 1])
def test_no_record_or_one_leaves_the_rows_where_they_are(template, tmp_path, count):
    sheet = filled(template, ROWS[:count], tmp_path)
    assert sheet["A3"].value == ("张三" if count else None)
    assert sheet["A4"].value == "公示电话：7522"


@pytest.mark.parametrize("hostile", ["=cmd|'/c calc'!A1", "{{市}}", "{{.金额}}", "a\x0bb", "<b>&", "\ud800"])
def test_a_value_is_never_a_formula_nor_breaks_the_file(template, tmp_path, hostile):
    sheet = filled(template, [{"户主": hostile, "金额": 1}], tmp_path)
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].value in {hostile, "a\ufffdb", "\ufffd"}


def test_a_mark_without_a_value_is_refused_by_name(template, tmp_path):
    with pytest.raises(InputRefused, match=r"模板“统一格式.xlsx”中的{{电话}}没有对应的内容。可用的有：市、乡镇。"):
        fill(template, {"市": "德兴市", "乡镇": "绕二镇"}, [])


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "模板.xlsx"
    path.write_bytes(b"not a zip")
    with pytest.raises(InputRefused, match=r"模板“模板.xlsx”打不开"):
        fill(path, {}, [])


@pytest.fixture
def filled_workspace(workspace, tmp_path):
    rows = [("D1", "绕二镇", "张三", P1, 2, 330.5), ("D2", "海口镇", "李四", P2, 1, 200)]
    import_files(workspace, [xlsx(tmp_path / "台账.xlsx", {"Sheet1": [HEAD, *rows]})], dt.datetime(2011, 5, 1))
    return workspace


def board(path, column="户主姓名"):
    book = openpyxl.Workbook()
    book.active.append(["{{市}}{{乡镇}}公示，共{{行数}}户，{{日期}}"])
    book.active.append(["{{.序号}}", "{{." + column + "}}", "{{.base}}", "{{.乡镇}}"])
    book.save(path)
    return path


def test_each_township_gets_its_own_workbook(filled_workspace, tmp_path):
    made = fill_template(filled_workspace, board(tmp_path / "公示栏.xlsx"), "households", tmp_path / "出", TODAY)
    assert sorted(path.name for path in made) == ["海口镇-公示栏.xlsx", "绕二镇-公示栏.xlsx"]
    sheet = openpyxl.load_workbook(tmp_path / "出" / "绕二镇-公示栏.xlsx").active
    assert sheet["A1"].value == "德兴市绕二镇公示，共1户，2011年6月30日"
    assert [cell.value for cell in sheet[2]] == [1, "张三", 330.5, "绕二镇"]


def test_a_column_the_table_has_not_is_named_with_those_it_has(filled_workspace, tmp_path):
    with pytest.raises(UsageError, match=r"中的{{.户主名}}不是该表的列。可用的列：序号、"):
        fill_template(filled_workspace, board(tmp_path / "栏.xlsx", "户主名"), "households", tmp_path / "出", TODAY)


def test_an_unknown_or_empty_table_is_told(filled_workspace, tmp_path):
    with pytest.raises(UsageError, match="没有名为“低保户”的表"):
        fill_template(filled_workspace, board(tmp_path / "栏.xlsx"), "低保户", tmp_path / "出", TODAY)
    plain = openpyxl.Workbook()
    plain.save(tmp_path / "空.xlsx")
    with pytest.raises(UsageError, match="“公示栏检查记录”还没有导入"):
        fill_template(filled_workspace, tmp_path / "空.xlsx", "公示栏检查记录", tmp_path / "出", TODAY)
