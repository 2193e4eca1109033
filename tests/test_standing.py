"""Where the campaign stands."""

import datetime as dt

from field_county import make_field_county

from dibao_lib.notebooks import copy_notebooks
from dibao_lib.records.log import RecordLog
from dibao_lib.standing import standing
from dibao_lib.widgets.steps import Steps
from dibao_lib.workspace import Inspection

NOW = dt.datetime(2011, 6, 8, 9)


def states(ins):
    return {step.name: (step.done, step.state) for step in standing(ins)}


def test_a_new_workspace_asks_for_files_first(tmp_path):
    ins = Inspection.create(tmp_path / "workspace")
    copy_notebooks(ins.folder / "notebooks")
    told = states(ins)
    assert told["表册"] == (False, "尚未导入")
    assert told["五查"] == (False, "尚未检查")
    assert told["方案"][0]


def test_an_inspected_county_tells_tables_and_leads(own_copy):
    copy_notebooks(own_copy.folder / "notebooks")
    told = states(own_copy)
    assert told["表册"][0] and "张表" in told["表册"][1]
    assert told["五查"][1].startswith("线索：A类")


def test_the_first_page_links_each_step_to_its_notebook(own_copy):
    copy_notebooks(own_copy.folder / "notebooks")
    shown = Steps(standing(own_copy))
    assert "<a href='02_evidence.ipynb'>表册</a>" in shown._repr_html_()
    assert "抽样：已抽取：交叉检查、督查" in repr(shown)
    assert "<a href='03_checks.ipynb'>五查</a>" in shown._repr_html_()


def test_records_are_counted_by_where_they_stand_and_looking_makes_no_log(tmp_path):
    ins = make_field_county(tmp_path / "workspace")
    assert states(ins)["入户核查"] == (False, "尚无记录")
    assert not (ins.folder / "records.db").exists()
    with RecordLog.open(ins) as log:
        log.save("visit", "visit-1", {"hh_id": "1"}, who="甲", now=NOW, submission="s1")
    assert states(ins)["入户核查"] == (True, "未提交1份")
