"""A workspace: made from a plan, opened again, asked questions that cannot change it."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dibao_lib import Inspection
from dibao_lib.errors import InputRefused, UsageError


@pytest.fixture
def inspection(tmp_path):
    return Inspection.create(tmp_path / "德兴", plan="dexing", year=2011)


@pytest.fixture
def with_households(inspection):
    rows = [{"hh_id": "36118110001", "total": 33000}, {"hh_id": "36118110002", "total": 12050}]
    pq.write_table(pa.Table.from_pylist(rows), inspection.evidence / "households.parquet")
    return inspection


def test_a_new_workspace_holds_the_plan_and_its_folders(inspection):
    assert {p.name for p in inspection.folder.iterdir()} == {
        "plan.toml",
        "inbox",
        "notebooks",
        "evidence",
        "draws",
        "inspection_reports",
    }
    assert inspection.plan.year == 2011


def test_the_year_is_a_parameter(tmp_path):
    assert Inspection.create(tmp_path, year=2025).plan.date("self_report_due").isoformat() == "2025-05-10"


def test_an_existing_workspace_is_not_overwritten(inspection):
    with pytest.raises(UsageError, match="“德兴”已经是检查工作区，未作改动"):
        Inspection.create(inspection.folder)


def test_a_folder_without_a_plan_is_no_workspace(tmp_path):
    with pytest.raises(UsageError, match=r"不是检查工作区：其中没有 plan\.toml。请先用 dibao new 新建工作区。"):
        Inspection.open(tmp_path)


def test_a_table_that_did_not_arrive_is_named_with_what_to_do(inspection):
    with pytest.raises(InputRefused, match="表“households”尚未导入。请把相应表册放入 inbox 后运行 dibao import"):
        inspection.table("households")


def test_findings_before_the_checks_say_what_to_run(inspection):
    with pytest.raises(InputRefused, match="尚无检查结果。请先运行 dibao check。"):
        inspection.findings()


def test_a_question_in_sql_is_answered_with_its_parameter_bound(with_households):
    answer = with_households.sql("select hh_id from households where total > $least", {"least": 20000})
    assert answer["hh_id"].tolist() == ["36118110001"]


def test_money_stays_an_integer_in_a_data_frame(with_households):
    assert with_households.table("households")["total"].dtype == "int64"


@pytest.mark.parametrize(
    "statement",
    [
        "copy (select 1) to 'x.parquet'",
        "create table x as select 1",
        "drop view households",
        "select 1; drop view households",
        "attach 'x.db'",
        "install httpfs",
        "set memory_limit = '1GB'",
    ],
)
def test_a_statement_that_could_write_is_refused(with_households, statement):
    with pytest.raises(InputRefused, match="只能查询，不能写入"):
        with_households.sql(statement)


def test_a_wrong_question_says_so_in_chinese(with_households):
    with pytest.raises(InputRefused, match=r"查询未能执行：.*请检查表名、列名和语法"):
        with_households.sql("select nothing from nowhere")


def test_a_quote_in_the_folder_name_does_no_harm(tmp_path):
    inspection = Inspection.create(tmp_path / "it's")
    pq.write_table(pa.table({"a": [1]}), inspection.evidence / "x.parquet")
    assert inspection.table("x")["a"].tolist() == [1]


def test_a_limited_workspace_answers_by_spilling_and_leaves_nothing_behind(tmp_path):
    folder = Inspection.create(tmp_path / "w").folder
    limited = Inspection.open(folder, memory="60MB", spill=tmp_path / "spill")
    rows = "SELECT i, md5(i::VARCHAR) AS m FROM range(2000000) t(i) ORDER BY m"
    assert limited.sql(f"SELECT count(*) AS n FROM ({rows} LIMIT 1999999)")["n"].iloc[0] == 1_999_999
    with limited.connect() as connection:
        limits = connection.execute(
            "SELECT current_setting('memory_limit'), current_setting('temp_directory')"
        ).fetchone()
    assert limits == ("57.2 MiB", str(tmp_path / "spill"))
    assert not (tmp_path / "spill").exists() or not [*(tmp_path / "spill").iterdir()]
