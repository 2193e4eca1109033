"""A table nobody could read is settled in JupyterLab: the rows of its header, what its columns hold, then the import."""

from urllib.parse import quote

import pytest
import xlsxwriter
from lab_cells import run_cells

from dibao_lib import Inspection
from dibao_lib.notebooks import copy_notebooks

SENT = (
    ("城市低保", "农村低保"),
    ("甲", "乙"),
    ("家庭代号", "当家人", "每月给"),
    ("36118110001", "张三", 330),
    ("36118110002", "李四", 200),
)


@pytest.fixture
def arrived(lab):
    """A workspace of its own below the folder of the lab, into which one township's workbook came."""
    ins = Inspection.create(lab.inspection.folder / "表册")
    copy_notebooks(ins.folder / "notebooks")
    with xlsxwriter.Workbook(ins.inbox / "绕二镇.xlsx") as book:
        sheet = book.add_worksheet("名单")
        for number, row in enumerate(SENT):
            sheet.write_row(number, 0, row)
    return ins


def set_first_row(page, number):
    page.get_by_label("表头首行").fill(str(number))
    page.keyboard.press("Enter")


def test_header_rows_and_columns_are_set_saved_and_imported(page, lab, arrived):
    page.goto(f"{lab.address}/doc/tree/{quote('表册')}/notebooks/02_evidence.ipynb?token={lab.token}")
    page.wait_for_selector("#jp-main-statusbar :text('空闲')")
    run_cells(page, 0, 9)
    page.wait_for_selector(":text('共5行，均未导入')")
    set_first_row(page, 1)
    page.wait_for_selector(":text('以上按所选表头行预览，尚未保存。')")
    page.wait_for_selector(".widget-html:has-text('农村低保')")
    set_first_row(page, 3)
    page.wait_for_selector(".widget-html:has-text('家庭代号')")
    page.get_by_label("表样").select_option("低保对象台账(家庭)")
    for header, meaning in {"家庭代号": "低保证号", "当家人": "户主姓名", "每月给": "户月保障金额"}.items():
        line = page.locator(f".widget-hbox:has(> .widget-html:has-text('{header}'))")
        line.locator("select").first.select_option(meaning)
    page.click(".widget-button:has-text('保存')")
    page.wait_for_selector(":text('已保存到 绕二镇.xlsx.toml。试读1个文件、1张表：读入2行，忽略3行，隔离0行。')")
    assert arrived.tables() == {}
    run_cells(page, 9, 7)
    page.wait_for_selector(".dibao-listing:has-text('人工指定表样，认出3列，其中3列为人工确认')")
    households = arrived.table("households")
    assert households["head"].tolist() == ["张三", "李四"]
    assert households["base"].tolist() == [33000, 20000]
