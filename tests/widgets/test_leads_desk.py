"""The notebook of the five checks without a browser: the way from the overview to source rows, and the list in Excel."""

import openpyxl
import papermill
import pytest

from dibao_lib.checks import last_run
from dibao_lib.errors import InputRefused
from dibao_lib.notebooks import shipped_notebook
from dibao_lib.report.leads import (
    checks_table,
    export_leads,
    household_leads,
    idle_table,
    leads_table,
    overview,
    source_rows,
    township_leads,
    townships_by_leads,
)
from dibao_lib.widgets.leads import LeadsDesk


@pytest.fixture
def ins(inspected):
    return inspected.inspection


@pytest.fixture
def desk(ins):
    return LeadsDesk(ins)


def test_it_opens_at_the_township_with_most_leads_and_its_foremost_lead(ins, desk):
    most = ins.findings()["township"].value_counts()
    assert most[desk.township.value] == most.max()
    assert desk.lead.value == township_leads(ins, "")["finding_id"][0]
    assert "问题线索" in desk.table.value and "栏目" in desk.rows.value


def test_another_township_shows_its_own_leads(ins, desk):
    desk.township.value = "绕二镇"
    own = ins.findings("绕二镇")
    assert {value for _, value in desk.lead.options} == set(own["finding_id"])
    assert desk.check.options[0][0] == f"全部检查项（{len(own)}条）"


def test_a_check_narrows_the_list_and_another_order_keeps_it(desk):
    desk.check.value = "F1 发放频次"
    assert desk.lead.options and all("F1" in label for label, _ in desk.lead.options)
    desk.order.value = "certainty"
    assert desk.check.value == "F1 发放频次"


def test_a_lead_shows_its_household_and_every_source_row_side_by_side(ins, desk):
    for _, finding_id in desk.lead.options[:5]:
        desk.lead.value = finding_id
        lead = ins.findings().set_index("finding_id").loc[finding_id]
        assert all(source.split("#")[0] in desk.rows.value for source in lead["sources"])
        assert ("该户全部线索" in desk.rows.value) == isinstance(lead["household_id"], str)


def test_all_leads_of_a_household_stand_together(ins):
    counts = ins.findings()["household_id"].value_counts()
    assert len(household_leads(ins, counts.index[0])) == counts.iloc[0] > 1


def test_the_button_writes_a_workbook_of_all_leads_and_no_person(own_copy):
    desk = LeadsDesk(own_copy, "绕二镇")
    desk.export.click()
    assert "已写入 线索/绕二镇.xlsx" in desk.status.value
    (sheet,) = openpyxl.load_workbook(own_copy.folder / "线索" / "绕二镇.xlsx").worksheets
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    findings = own_copy.findings("绕二镇")
    assert set(findings["finding_id"]) <= set(cells)
    assert not set(findings["person_id"].dropna()) & set(cells)
    assert not set(own_copy.table("households")["head"]) & set(cells)


def test_a_township_without_leads_is_refused_with_those_that_have_some(ins):
    for name in ("某乡", "<script>", "../x"):
        with pytest.raises(InputRefused, match=r"有线索的乡镇：.*绕二镇.*请核对名称"):
            export_leads(ins, name)


def test_the_overview_has_a_table_and_a_map_of_leads_and_of_money(ins):
    told, totals, counts, money = overview(ins)
    assert told.runs[0].text == last_run(ins).headline()
    assert totals.body[-1][0].text == "合计"
    assert "问题线索数" in counts.caption and "涉及金额" in money.caption


def test_the_tables_of_checks_add_up_with_the_run(ins):
    run = last_run(ins)
    table, idle = checks_table(run), idle_table(run)
    assert table["线索"].sum() == len(run.findings)
    assert len(table) + len(idle) == len(run.statuses)
    assert len(townships_by_leads(ins)) == run.findings["township"].nunique()


def test_every_lead_says_its_match_and_how_far_it_can_be_trusted(ins):
    told = set(leads_table(ins.findings())["比对依据"])
    assert {"18位身份证号（强）", "低保证号（强）", ""} <= told


def test_what_no_source_row_has_is_not_shown(ins):
    finding = ins.findings().query("check_id == 'O1'")["finding_id"].iloc[0]
    table = source_rows(ins, finding)
    assert len(table.columns) >= 4 and all(any(cell and cell.text for cell in row[1:]) for row in table.body)


@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs_without_a_browser(own_copy, tmp_path):
    notebook = papermill.execute_notebook(
        shipped_notebook("03_checks"),
        tmp_path / "done.ipynb",
        parameters={"workspace": str(own_copy.folder), "township": "绕二镇"},
        engine_name="dibao",
        progress_bar=False,
        store_widget_state=False,
        cwd=tmp_path,
    )
    shown = [o["data"].get("text/html", "") for cell in notebook.cells for o in cell.get("outputs", ()) if "data" in o]
    assert "绕二镇问题线索" in shown[3] and "widgets" not in notebook.metadata
    # a list is written when somebody presses the button, not when the page opens
    assert not (own_copy.folder / "线索").exists()
