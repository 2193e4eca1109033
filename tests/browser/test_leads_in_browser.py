"""The leads of the five checks in JupyterLab: overview, a township, a lead and its source rows, the list in Excel."""

import datetime as dt
from urllib.parse import quote

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from field_county import make_field_county
from lab_cells import run_cells

from dibao_lib.checks import run_checks
from dibao_lib.evidence.tables import table_schema

FOLDER = "查过的工作区"


@pytest.fixture(scope="module")
def checked(lab):
    """A workspace below the one that is served: four households were approved without a village review."""
    ins = make_field_county(lab.inspection.folder / FOLDER, households=60)
    day = dt.date(2010, 3, 1)
    steps = {"apply": day, "twn_review": day, "approve": day, "source_file": "审批.xlsx", "source_sheet": "2010"}
    rows = [{"hh_id": f"3611810{n:05d}", "source_row": place, **steps} for place, n in enumerate((0, 1, 2, 55), 2)]
    pq.write_table(pa.Table.from_pylist(rows, table_schema("case_events")), ins.evidence / "case_events.parquet")
    (ins.folder / "findings.parquet").unlink()
    run_checks(ins, dt.date(2011, 6, 20))
    return ins


@pytest.fixture
def leads(page, lab, checked):
    """The notebook, run from top to bottom; `leads(n)` is the n-th list to choose from."""
    page.goto(f"{lab.address}/doc/tree/{quote(FOLDER)}/notebooks/03_checks.ipynb?token={lab.token}")
    page.wait_for_selector("#jp-main-statusbar :text('空闲')")
    run_cells(page, 0, 11)
    page.wait_for_selector(".widget-dropdown select")
    return page.locator(".widget-dropdown select").nth


def test_from_the_overview_to_a_lead_its_source_rows_and_the_list_in_excel(page, leads, checked):
    township, check, _, lead = map(leads, range(4))
    findings = checked.findings()
    few, other = findings["township"].value_counts().index[[-1, 0]]
    township.select_option(few)
    page.wait_for_selector(f"caption:has-text('{few}问题线索')")
    check.select_option("P1 四步程序（1条）")
    page.wait_for_function("(list) => list.options.length == 1", arg=lead.element_handle())
    assert "缺少村（居）评议日期" in lead.inner_text()
    rows = page.locator("table:has-text('审批.xlsx#2010#5')")
    rows.wait_for()
    assert "县级审批日期" in rows.inner_text() and "户主姓名" in rows.inner_text()
    page.click("button:has-text('导出本乡镇线索')")
    page.wait_for_selector(f"text=已写入 线索/{few}.xlsx")
    (sheet,) = openpyxl.load_workbook(checked.folder / "线索" / f"{few}.xlsx").worksheets
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert set(findings[findings["township"] == few]["finding_id"]) <= cells
    township.select_option(other)
    page.wait_for_selector(f"caption:has-text('{other}问题线索')")
    page.wait_for_function(
        "(list) => /^P1.四步程序（3条）$/.test(list.selectedOptions[0].text)", arg=check.element_handle()
    )
