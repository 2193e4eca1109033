"""The page over all reports: what state each is in, why one failed, and links to what there is."""

import base64
import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest

from dibao_lib.batch.farm import Outcome
from dibao_lib.batch.index_page import write_index
from dibao_lib.batch.job import Job
from dibao_lib.batch.places import notice_folder

DAY = dt.date(2011, 6, 30)
CITY, MADE, FAILED, EARLIER = "city", "361181103-绕二镇", "361181001-银城街道", "361181205-龙头山乡"
WHY = "单元格 [3] 所需内存超过上限；请减少一次读入的数据后重试。"


def put(folder, *files):
    folder.mkdir(parents=True)
    for file in files:
        (folder / file).touch()


def ended(folder, status="done", message=""):
    return Outcome(Job(Path("x.ipynb"), {}, folder, folder.name), status, 1.0, message)


@pytest.fixture
def page(own_copy):
    """The lines of the page by name: state, labels of links; and its text."""
    reports = own_copy.reports
    put(reports / MADE, "report.ipynb", "report.html", "report.pdf", "ledger.xlsx")
    put(notice_folder(reports / MADE), "report.html", "report.docx")
    put(reports / FAILED, "report.ipynb", "report.html")
    put(reports / EARLIER, "report.ipynb", "report.docx")
    outcomes = [ended(reports / MADE), ended(reports / FAILED, "failed", WHY), ended(reports / CITY, "crashed", WHY)]
    text = write_index(own_copy, DAY, outcomes).read_text(encoding="utf-8")
    rows = re.findall(r"<tr[^>]*><td>([^< ]+).*?<td class=\"state\">(.*?)</td><td>(.*?)</td>", text)
    return {name: (state, re.findall(r">(\w+)</a>", links)) for name, state, links in rows}, text


def test_every_township_of_the_plan_has_a_line_and_a_state(page):
    lines, _ = page
    assert len(lines) == 17
    assert lines["绕二镇"] == ("最新", ["网页", "PDF", "台账", "公示材料"])
    assert lines["银城街道"] == (f"未完成：{WHY}链接打开的是上一次的报告。", ["网页"])
    assert lines["全市"] == (f"未完成：{WHY}", [])
    assert lines["龙头山乡"] == ("以前生成", ["Word"])
    assert lines["海口镇"] == ("尚未生成", [])


def test_what_failed_is_told_above_the_lines_and_a_notice_is_linked_where_it_lies(page):
    _, text = page
    assert "2个报告未完成：全市、银城街道。原因见“状态”。" in text
    assert 'href="public/361181103-%E7%BB%95%E4%BA%8C%E9%95%87/report.docx">公示材料' in text


def test_a_page_without_failures_says_nothing_of_them(own_copy):
    assert "未完成" not in write_index(own_copy, DAY).read_text(encoding="utf-8")


def test_the_page_allows_its_own_script_only(page):
    _, text = page
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'\"" in text
