"""The analyst's notebook: every cell answers, nothing can be written, and the check it shows is one."""

import re
from pathlib import Path

import bad_county
import nbformat
import papermill
import pytest

from dibao_lib.checks.rule import Query, Rule, check
from dibao_lib.checks.views import open_views
from dibao_lib.errors import InputRefused
from dibao_lib.evidence.dictionary import columns_listed, tables_listed
from dibao_lib.notebooks import shipped_notebook
from dibao_lib.plan import Plan
from dibao_lib.report.blocks import MIME


@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs_and_shows_its_tables_and_plots(done, tmp_path):
    inspection, _ = done
    notebook = papermill.execute_notebook(
        shipped_notebook("explore"),
        tmp_path / "done.ipynb",
        parameters={"workspace": str(inspection.folder)},
        engine_name="dibao",
        progress_bar=False,
        store_widget_state=False,
        cwd=tmp_path,
    )
    data = [output["data"] for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output]
    assert [block["kind"] for entry in data for block in entry.get(MIME, ())] == ["figure", "figure"]
    assert "低保对象台账(家庭)" in data[0]["text/html"] and "户主身份证号" in data[1]["text/html"]


def test_the_check_in_the_notebook_is_one(done):
    inspection, _ = done
    cells = nbformat.read(shipped_notebook("explore"), as_version=4).cells
    (source,) = re.findall(r"```python\n(.*?)```", cells[-1].source, re.DOTALL)
    known = {"check": check, "Plan": Plan, "Query": Query, "dt": __import__("datetime")}
    exec(source, known)
    rule = known["account_registered_twice"]
    assert isinstance(rule, Rule) and rule.id == "F11"
    with open_views(inspection, bad_county.TODAY) as connection:
        asked = connection.execute(rule(inspection.plan, bad_county.TODAY).sql)
        assert {"household_id", "observed", "expected", "explanation", "sources"} <= {c[0] for c in asked.description}


def test_every_table_and_column_has_a_chinese_meaning(done):
    inspection, _ = done
    tables = tables_listed(inspection)
    assert set(tables["表名"]) == set(inspection.tables())
    for name in tables["表名"]:
        columns = columns_listed(inspection, name)
        assert columns["含义"].str.contains("[\u4e00-\u9fff]").all(), name
        assert columns["存放方式"].ne("").all()


def test_money_says_that_it_is_in_fen_and_choices_are_listed(done):
    columns = columns_listed(done[0], "households").set_index("列名")["存放方式"]
    assert columns["base"] == "整数，单位分（除以100为元）"
    assert columns["kind"] == "文本：城市、农村"


def test_a_table_that_is_not_there_is_named_with_those_that_are(done):
    for name in ("nothing", 'x"; DROP VIEW members; --'):
        with pytest.raises(InputRefused, match=r"没有表.*可查的表：.*households"):
            columns_listed(done[0], name)


@pytest.mark.parametrize(
    "question",
    [
        "COPY (SELECT 1) TO 'out.csv'",
        "CREATE TABLE x AS SELECT 1",
        "SELECT 1; DELETE FROM members",
        "ATTACH 'x.db'",
        "SET memory_limit = '1GB'",
    ],
)
def test_a_question_only_reads(done, tmp_path, monkeypatch, question):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputRefused, match="只能查询，不能写入"):
        done[0].sql(question)
    assert not [*Path(tmp_path).iterdir()]
