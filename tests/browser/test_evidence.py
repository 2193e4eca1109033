"""A sheet nobody could read is settled in JupyterLab: its header rows, its form, its columns and a unit, then saved."""

import pytest
import xlsxwriter
from conftest import running_lab

from dibao_lib.evidence.answer_file import answer_path
from dibao_lib.workspace import Inspection

ROWS = (
    ("绕二镇二季度汇总", "发放名单"),
    ("甲", "乙", "丙", "丁"),
    ("家庭代号", "当家人", "一季给"),
    ("D1", "张三", 990),
    ("D2", "李四", 600),
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab on a new workspace with one strange workbook in its inbox."""
    inspection = Inspection.create(tmp_path_factory.mktemp("表册") / "workspace")
    with xlsxwriter.Workbook(inspection.inbox / "绕二镇.xlsx") as book:
        sheet = book.add_worksheet("名单")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    with running_lab(inspection, tmp_path_factory.mktemp("home")) as running:
        yield running


def pick(page, label, value):
    page.locator(f".widget-dropdown:has(label:text-is('{label}')) select").select_option(label=value)


def number(page, label):
    return page.locator(f".widget-text:has(label:text-is('{label}')) input")


def column(page, header):
    """The drop-down lists of the column with a header: what it holds, and its unit."""
    return page.locator(f".widget-hbox:has(> .widget-html:nth-child(2):has-text('{header}')) select")


def test_header_rows_columns_and_units_are_set_by_hand_and_saved(page, lab):
    page.goto(lab.url("02_evidence"))
    page.wait_for_selector("text=空闲", timeout=60_000)
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector("text=共1张表，其中标 ● 的1张需要人来确定", timeout=60_000)
    number(page, "表头首行").fill("3")
    number(page, "表头首行").press("Enter")
    page.wait_for_selector("text=以上按所选表头行预览，尚未保存。")
    pick(page, "表样", "低保对象台账(家庭)")
    for header, meaning in (("家庭代号", "低保证号"), ("当家人", "户主姓名"), ("一季给", "户月保障金额")):
        column(page, header).first.select_option(label=meaning)
    column(page, "一季给").nth(1).select_option(label="元/户·季")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_selector("text=已保存到 绕二镇.xlsx.toml。试读1个文件、1张表：读入2行，忽略3行，隔离0行")
    page.wait_for_selector("text=现为人工指定")
    said = answer_path(lab.inspection.inbox / "绕二镇.xlsx").read_text("utf-8")
    assert "header_rows = [3, 3]" in said and '"户月保障金额" = "元/户·季"' in said
