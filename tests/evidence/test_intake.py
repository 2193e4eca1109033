"""The import as a whole: replaced, repeated, refused, in any order."""

import datetime as dt
import json
from dataclasses import replace

import books
import openpyxl
import pytest
from books import HEAD, P1, ROWS

from dibao_lib.evidence.intake import expand, import_files
from dibao_lib.evidence.tables import table_names

NOW = dt.datetime(2011, 6, 1, 9, 0)
LATER = dt.datetime(2011, 6, 2, 9, 0)


def state(workspace):
    return {file.name: file.read_bytes() for file in workspace.evidence.iterdir()}


def households(workspace):
    return workspace.sql(
        "SELECT hh_id, source_file, source_sheet, source_row FROM households ORDER BY ALL"
    ).values.tolist()


@pytest.fixture
def sent(tmp_path):
    folder = tmp_path / "报送"
    folder.mkdir()
    books.xlsx(folder / "绕二镇.xlsx", {"台账": [["绕二镇低保对象台账"], HEAD, *ROWS]})
    books.csv(folder / "海口镇.csv", [HEAD, ("H1", "海口镇", "王五", "", 1, 100)], "gb18030")
    return folder


def test_every_declared_table_is_written_even_when_empty(workspace, sent):
    import_files(workspace, [sent], NOW)
    assert set(table_names()) | {"quarantine"} == set(workspace.tables())
    assert workspace.table("filings").empty


def test_rows_say_which_file_sheet_and_row_they_came_from(workspace, sent):
    import_files(workspace, [sent], NOW)
    assert households(workspace) == [
        ["D1", "绕二镇.xlsx", "台账", 3],
        ["D2", "绕二镇.xlsx", "台账", 4],
        ["H1", "海口镇.csv", "", 2],
    ]
    book = openpyxl.load_workbook(workspace.inbox / "绕二镇.xlsx")
    assert book["台账"].cell(3, 1).value == "D1"


def test_files_from_elsewhere_are_copied_to_the_inbox(workspace, sent):
    import_files(workspace, [sent], NOW)
    assert sorted(file.name for file in workspace.inbox.iterdir()) == ["海口镇.csv", "绕二镇.xlsx"]


def test_the_same_bytes_again_change_nothing(workspace, sent):
    import_files(workspace, [sent], NOW)
    before = state(workspace)
    report = import_files(workspace, [sent], LATER)
    assert state(workspace) == before
    assert all(file.unchanged for file in report.files)
    assert report.files[0].sheets


def test_a_file_sent_again_replaces_its_rows_and_the_manifest_remembers(workspace, sent):
    import_files(workspace, [sent], NOW)
    books.xlsx(sent / "绕二镇.xlsx", {"台账": [HEAD, ("D9", "绕二镇", "张三", P1, 2, 330)]})
    import_files(workspace, [sent / "绕二镇.xlsx"], LATER)
    assert [row[0] for row in households(workspace)] == ["D9", "H1"]
    manifest = json.loads((workspace.evidence / "manifest.json").read_bytes())
    assert manifest["files"]["绕二镇.xlsx"]["imported_at"] == "2011-06-02T09:00:00"
    assert manifest["history"]["绕二镇.xlsx"][0]["imported_at"] == "2011-06-01T09:00:00"
    assert manifest["tables"]["households"]["rows"] == 2


def test_the_order_of_import_does_not_matter(tmp_path, sent):
    from dibao_lib import Inspection

    # a new village, which the households of another file already use
    books.csv(
        sent / "村居名册.csv", [("村居代码", "乡镇代码", "村(居)委会"), ("361181103999", "361181103", "新设村民委员会")]
    )
    books.xlsx(sent / "绕二镇.xlsx", {"台账": [[*HEAD, "村(居)"], [*ROWS[0], "新设村"]]})
    outcomes = []
    forwards = sorted(sent.iterdir())
    for number, order in enumerate((forwards, forwards[::-1])):
        workspace = Inspection.create(tmp_path / f"w{number}")
        for path in order:
            import_files(workspace, [path], NOW)
        outcomes.append(state(workspace))
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert workspace.table("households")["vil_id"].tolist().count("361181103999") == 1


def test_one_import_of_all_equals_one_of_each(tmp_path, sent):
    from dibao_lib import Inspection

    together, apart = Inspection.create(tmp_path / "a"), Inspection.create(tmp_path / "b")
    import_files(together, [sent], NOW)
    for path in sorted(sent.iterdir()):
        import_files(apart, [path], NOW)
    assert state(together) == state(apart)


def test_a_dry_run_writes_nothing_and_says_the_same(workspace, sent):
    report = import_files(workspace, [sent], NOW, dry_run=True)
    assert not list(workspace.inbox.iterdir()) and not list(workspace.evidence.iterdir())
    assert report.totals["read"] == 3
    assert report.to_text().endswith("未写入工作区。")


def test_everything_bad_is_one_sentence_and_everything_good_is_imported(workspace, sent):
    (sent / "锁.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    books.csv(sent / "发放.csv", [("低保证号", "户主姓名", "发放金额", "发放方式"), ("D1", "张三", 330, "银行")])
    books.xlsx(sent / "昄大乡.xlsx", {"台账": [HEAD, ("B1", "绕三镇", "张三", P1, 2, 330)]})
    books.xlsx(sent / "干部.xlsx", {"名册": [("姓名", "身份证号", "职务"), *[("甲", 361181196001011232, "主任")] * 3]})
    report = import_files(workspace, [sent], NOW)
    assert report.refused
    assert len(households(workspace)) == 3
    problems = [problem for file in report.files for problem in file.problems]
    assert [problem.partition("：")[0] for problem in problems] == [
        "发放.csv",
        "干部.xlsx“名册”第2、3、4行“身份证号”列",
        "昄大乡.xlsx“台账”第2行“乡镇”列",
        "锁.xlsx",
    ]
    assert all(problem.count("\n") == 0 for problem in problems)
    quarantine = workspace.table("quarantine")
    assert quarantine["reason"].tolist() == ["digits_lost"] * 3 + ["unknown_township"]
    assert set(quarantine["table"]) == {"cadres", "households"}


def test_a_refused_file_leaves_the_rows_of_its_earlier_version(workspace, sent):
    import_files(workspace, [sent], NOW)
    (sent / "绕二镇.xlsx").write_bytes(b"PK\x03\x04 broken on the way")
    report = import_files(workspace, [sent], LATER)
    assert report.refused
    assert len(households(workspace)) == 3
    assert openpyxl.load_workbook(workspace.inbox / "绕二镇.xlsx")
    manifest = json.loads((workspace.evidence / "manifest.json").read_bytes())
    assert "绕二镇.xlsx" in manifest["refused"] and "绕二镇.xlsx" in manifest["files"]


def test_two_different_files_of_one_name_are_not_chosen_between(workspace, sent, tmp_path):
    other = tmp_path / "另一处"
    other.mkdir()
    books.csv(other / "海口镇.csv", [HEAD])
    report = import_files(workspace, [sent / "海口镇.csv", other / "海口镇.csv"], NOW)
    assert "同名" in report.problems[0]
    assert report.refused


def test_a_document_among_the_tables_is_named_and_refuses_nothing(workspace, sent):
    (sent / "打包.rar").write_bytes(b"Rar!")
    report = import_files(workspace, [sent], NOW)
    assert "文件夹里另有1个文件不是表册，没有读取（压缩包请先解压）：打包.rar" in report.to_text()
    assert report.left_out == ("打包.rar",) and not report.refused


def test_a_path_that_leads_nowhere_is_refused_and_the_rest_imported(workspace, sent):
    report = import_files(workspace, [sent, sent / "无.xlsx"], NOW)
    assert report.refused and "找不到" in report.problems[0]
    assert len(households(workspace)) == 3


def test_files_laid_into_the_inbox_by_hand_are_imported_where_they_lie(workspace):
    (workspace.inbox / "绕二镇").mkdir()
    books.xlsx(
        workspace.inbox / "绕二镇" / "台账.xlsx",
        {"Sheet1": [[c for c in HEAD if c != "乡镇"], ("D1", "张三", P1, 2, 330)]},
    )
    import_files(workspace, [workspace.inbox], NOW)
    assert households(workspace) == [["D1", "绕二镇/台账.xlsx", "Sheet1", 2]]
    assert workspace.table("households")["twn_id"].tolist() == ["361181103"]


def test_progress_is_told_once_a_file(workspace, sent):
    told = []
    import_files(workspace, [sent], NOW, progress=told.append)
    import_files(workspace, [sent], NOW, progress=told.append)
    assert sorted(told) == ["海口镇.csv", "海口镇.csv", "绕二镇.xlsx", "绕二镇.xlsx"]
    assert len(expand([sent])) == 2


def test_the_report_is_json_and_chinese_text(workspace, sent):
    report = import_files(workspace, [sent], NOW)
    assert json.loads(json.dumps(report.to_json()))["totals"]["read"] == 3
    assert report.to_text().splitlines()[0] == "海口镇.csv"
    assert "低保对象台账(家庭)：读入2行，忽略2行（表头（含每页重复的表头）1、标题行1）" in report.to_text()


def test_every_row_of_every_sheet_is_accounted_for_whatever_became_of_the_sheet(workspace, tmp_path):
    path = books.xlsx(
        tmp_path / "绕二镇.xlsx",
        {
            "台账": [["绕二镇低保对象台账"], HEAD, *ROWS, ("", "绕二镇", "无证号", "", 1, 100)],
            "待答": [("低保证号", "发放月份", "发放金额"), ("D1", 2010.1, 330)],
            "会议": [("议题", "结果"), *[("第一项", "通过")] * 3],
            "缺列": [("低保证号", "户主姓名", "发放金额", "发放方式"), ("D1", "张三", 330, "银行")],
            "空": [],
        },
    )
    report = import_files(workspace, [path], NOW)
    told = {sheet.sheet: (sheet.rows, sheet.read, sheet.unread) for sheet in report.files[0].sheets}
    assert told == {"台账": (5, 2, 0), "待答": (2, 0, 0), "会议": (4, 0, 4), "缺列": (2, 0, 2)}
    assert all(sheet.accounted == sheet.rows for sheet in report.files[0].sheets)
    assert "2张表，未导入，共6行" in report.to_text()
    assert report.headline().startswith("导入1个文件、2张表：读入2行，忽略3行，隔离2行；有1个问题等待答复；")
    assert "；未识别或未采用的表共6行未导入" in report.headline()


def test_a_row_that_got_lost_on_the_way_stops_the_file(tmp_path, gazetteer, monkeypatch):
    from dibao_lib.evidence import file
    from dibao_lib.evidence.forms import FORMS
    from dibao_lib.evidence.mapping import Vocabulary

    path, whole = books.xlsx(tmp_path / "绕二镇.xlsx", {"台账": [HEAD, *ROWS]}), file.read_sheet

    def lossy(sheet, *rest):
        return whole(replace(sheet, rows=sheet.rows[:-1]), *rest)

    monkeypatch.setattr(file, "read_sheet", lossy)
    with pytest.raises(AssertionError, match="2 rows accounted for, 3 in the sheet"):
        file.read_file(path, path.name, Vocabulary(FORMS), gazetteer)


def test_wide_members_and_households_come_from_one_sheet(workspace, tmp_path):
    path = books.xlsx(
        tmp_path / "绕二镇.xlsx",
        {
            "花名册": [
                ("低保证号", "户主", "姓名1", "身份证号1", "姓名2", "身份证号2"),
                ("D1", "张三", "张三", P1, "李四", ""),
            ]
        },
    )
    import_files(workspace, [path], NOW)
    members = workspace.sql("SELECT hh_id, name, source_row FROM members ORDER BY name").values.tolist()
    assert members == [["D1", "张三", 2], ["D1", "李四", 2]]


def test_a_damaged_manifest_says_what_to_do(workspace, sent):
    from dibao_lib.errors import InputRefused

    import_files(workspace, [sent], NOW)
    (workspace.evidence / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"manifest\.json 已损坏"):
        import_files(workspace, [sent], NOW)


def test_hostile_values_reach_the_evidence_as_text(workspace, tmp_path):
    hostile = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "$x^{2}", '#read("x")', "../../etc", "a\tb\nc"]
    head = [*HEAD, "家庭住址"]
    rows = [(f"D{n}", "绕二镇", "张三", P1, 1, 330, value) for n, value in enumerate(hostile)]
    books_path = tmp_path / "绕二镇.xlsx"
    import_files(workspace, [books.xlsx(books_path, {"台账": [head, *rows]})], NOW)
    assert workspace.sql("SELECT addr FROM households ORDER BY source_row")["addr"].tolist() == hostile
