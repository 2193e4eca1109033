"""The workbook holds text as text and numbers as numbers, prints on A4, and has no live formula."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest
from hostile import HOSTILE
from python_calamine import CalamineWorkbook
from report_sample import sample

from dibao_lib.report.blocks import Table
from dibao_lib.report.formats.xlsx import render, render_tables
from dibao_lib.report.pieces import Cell, Column
from dibao_lib.report.tables import table
from dibao_lib.report.text import clean


def book(*tables):
    return openpyxl.load_workbook(io.BytesIO(render_tables(tables)))


LEDGER = table(
    pd.DataFrame(
        {
            "序号": [1, 2],
            "身份证号": ["362326190001010018", "007"],
            "金额（元）": [123450, None],
            "问题": ["补助低于应发", "公示不足七日" * 30],
        }
    ),
    caption="问题整改台账",
    note="填报单位：泗洲镇",
    money={"金额（元）"},
)


def test_numbers_are_numbers_and_identity_numbers_are_text():
    sheet = book(LEDGER)["问题整改台账"]
    assert [cell.value for cell in sheet[3]] == [1, "362326190001010018", 1234.5, "补助低于应发"]
    assert [cell.number_format for cell in sheet[3]] == ["0", "@", "#,##0.00", "@"]
    assert sheet["B4"].value == "007" and sheet["C4"].value == "—"


def test_a_cell_of_a_number_column_that_is_no_number_stays_text():
    for words in ("12户", "=1+1", "Infinity", "1e5x", "——"):
        made = Table((Column(kind="number"),), ((Cell("数"),),), ((Cell(words),),))
        assert book(made).worksheets[0]["A2"].value == words


@pytest.mark.parametrize("kind", ["text", "number", "money"])
def test_no_value_becomes_a_formula_or_a_link(kind):
    rows = tuple((Cell(text),) for text in HOSTILE)
    data = render_tables([Table((Column(kind=kind),), ((Cell("姓名"),),), rows, HOSTILE[3], HOSTILE[0])])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    values = [sheet.cell(row, 1) for row in range(3, 3 + len(HOSTILE))]
    assert all(cell.data_type in "sn" and cell.hyperlink is None for cell in values)
    assert [cell.value for cell in values if cell.data_type == "s"] == [
        clean(t) for t, cell in zip(HOSTILE, values, strict=True) if cell.data_type == "s"
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "externalLink" in name]


def test_the_sheet_prints_on_a4_landscape_with_its_head_on_every_page():
    sheet = book(LEDGER).worksheets[0]
    setup = sheet.page_setup
    # one page wide is Excel's default, so only the height is written
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$2" and sheet.freeze_panes == "A3"
    assert "第 &P 页" in sheet.oddFooter.center.text


def test_a_row_of_long_text_is_high_enough():
    sheet = book(LEDGER).worksheets[0]
    assert sheet.row_dimensions[3].height < sheet.row_dimensions[4].height <= 409


def test_merged_cells_stay_merged():
    merged = {
        str(area) for area in book(*[b for b in sample() if isinstance(b, Table)]).worksheets[0].merged_cells.ranges
    }
    assert {"A1:G1", "C2:D2", "E2:F2", "A2:A3", "A4:A5"} <= merged


def test_sheets_have_names_excel_accepts():
    captions = ["表1：[甲]/乙*?", "'", "History", "长" * 40, "长" * 40, ""]
    made = book(*(Table((Column(),), ((Cell("甲"),),), (), caption) for caption in captions))
    names = made.sheetnames
    assert names[0] == "表1：甲乙" and names[1] == "表2"
    assert len({name.lower() for name in names}) == 6 and all(0 < len(name) <= 31 for name in names)


def test_excel_finds_nothing_to_repair(tmp_path):
    audit = pytest.importorskip("openxml_audit")
    (tmp_path / "a.xlsx").write_bytes(render(tuple(sample())))
    assert list(audit.OpenXmlValidator().validate(str(tmp_path / "a.xlsx")).errors) == []


def test_what_was_written_is_read_back_as_it_was_by_the_reader_of_imports():
    texts = [clean(text) for text in HOSTILE]
    data = render_tables([table(pd.DataFrame({"姓名": texts, "身份证号": ["362326190001010018"] * len(texts)}))])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == texts
    assert {row[1] for row in rows[1:]} == {"362326190001010018"}


def test_a_column_of_numbers_is_wide_enough_and_counts_are_grouped():
    rows = pd.DataFrame({"身份证号": ["36232619000101001X"], "户数": [6420], "情况": ["甲" * 80]})
    sheet = book(table(rows, widths=[1, 1, 8])).worksheets[0]
    assert sheet.column_dimensions["A"].width >= 18
    cell = sheet.cell(2, 2)
    assert (cell.value, cell.number_format) == (6420, "#,##0")
